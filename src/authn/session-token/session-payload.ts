import { z } from 'zod'

/** Everything that a session token says about its temporary credentials. */
export interface SessionPayload {
  /** Whose session it is; a role session also has `role`. */
  readonly kind: 'root' | 'user' | 'role'
  /** `ASIA…` */
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly accountId: string
  /** Unique id of the user behind the session: `AIDA…`, for root the account id. */
  readonly userId: string
  /** The long-term key that asked for the session; null when none did (a password session). */
  readonly issuingAccessKeyId: string | null
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** When a second factor was given; null without one. */
  readonly mfaAt: Date | null
  readonly sourceIdentity: string | null
  readonly role?: RoleSession
}

export interface RoleSession {
  /** `AROA…` */
  readonly roleId: string
  readonly sessionName: string
  /** Session policy documents, as text. */
  readonly policies: readonly string[]
  readonly policyArns: readonly string[]
  readonly tags: readonly { readonly key: string; readonly value: string; readonly transitive: boolean }[]
}

/** The payload as it is written: every instant in milliseconds since the epoch. */
const plainShape = z.object({
  kind: z.enum(['root', 'user', 'role']),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  accountId: z.string(),
  userId: z.string(),
  issuingAccessKeyId: z.string().nullable(),
  issuedAt: z.int(),
  expiresAt: z.int(),
  mfaAt: z.int().nullable(),
  sourceIdentity: z.string().nullable(),
  role: z
    .object({
      roleId: z.string(),
      sessionName: z.string(),
      policies: z.array(z.string()),
      policyArns: z.array(z.string()),
      tags: z.array(z.object({ key: z.string(), value: z.string(), transitive: z.boolean() })),
    })
    .optional(),
})

export function encodePayload({ issuedAt, expiresAt, mfaAt, ...payload }: SessionPayload): string {
  return JSON.stringify({
    ...payload,
    issuedAt: issuedAt.getTime(),
    expiresAt: expiresAt.getTime(),
    mfaAt: mfaAt?.getTime() ?? null,
  })
}

/** @throws when the text is not what `encodePayload` wrote, e.g. because another version of this service sealed it */
export function decodePayload(json: string): SessionPayload {
  const { issuedAt, expiresAt, mfaAt, ...payload } = plainShape.parse(JSON.parse(json))
  return {
    ...payload,
    issuedAt: new Date(issuedAt),
    expiresAt: new Date(expiresAt),
    mfaAt: mfaAt === null ? null : new Date(mfaAt),
  }
}
