import { z } from 'zod'
import type { SamlSession, SessionLimits, WebIdentitySession } from '../principal.ts'

/** Everything that a session token says about its temporary credentials. */
export interface SessionPayload {
  /** Whose session it is; a role session also has `role`, that of a federated user `federated`. */
  readonly kind: 'root' | 'user' | 'role' | 'federated'
  /** `ASIA…` */
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly accountId: string
  /** Unique id of the user behind the session: `AIDA…`, for root the account id; of a role session whoever assumed the role. */
  readonly userId: string
  /** The long-term key that asked for the session; null when none did (a password session). */
  readonly issuingAccessKeyId: string | null
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** When a second factor was given; null without one. */
  readonly mfaAt: Date | null
  readonly sourceIdentity: string | null
  readonly role?: RoleSession
  readonly federated?: FederatedSession
}

interface RoleSession extends SessionLimits {
  /** `AROA…` */
  readonly roleId: string
  readonly sessionName: string
  readonly webIdentity?: WebIdentitySession | undefined
  readonly saml?: SamlSession | undefined
}

export interface FederatedSession extends SessionLimits {
  readonly name: string
}

const limits = {
  policies: z.array(z.string()),
  policyArns: z.array(z.string()),
  tags: z.array(z.object({ key: z.string(), value: z.string(), transitive: z.boolean() })),
}

const webIdentity = z.object({
  provider: z.string(),
  audience: z.string(),
  subject: z.string(),
})

const saml = z.object({
  provider: z.string(),
  subject: z.string(),
  subjectType: z.string(),
  nameQualifier: z.string(),
})

/** The payload as it is written: every instant in milliseconds since the epoch. */
const plainShape = z.object({
  kind: z.enum(['root', 'user', 'role', 'federated']),
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
      webIdentity: webIdentity.optional(),
      saml: saml.optional(),
      ...limits,
    })
    .optional(),
  federated: z.object({ name: z.string(), ...limits }).optional(),
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
