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

/** Milliseconds since the epoch for every instant. */
type Plain<T> = { [K in keyof T]: T[K] extends Date ? number : T[K] extends Date | null ? number | null : T[K] }

/** The payload as JSON. */
export function encodePayload(payload: SessionPayload): string {
  const plain: Plain<SessionPayload> = {
    kind: payload.kind,
    accessKeyId: payload.accessKeyId,
    secretAccessKey: payload.secretAccessKey,
    accountId: payload.accountId,
    userId: payload.userId,
    issuingAccessKeyId: payload.issuingAccessKeyId,
    issuedAt: payload.issuedAt.getTime(),
    expiresAt: payload.expiresAt.getTime(),
    mfaAt: payload.mfaAt?.getTime() ?? null,
    sourceIdentity: payload.sourceIdentity,
    role: payload.role,
  }
  return JSON.stringify(plain)
}

/** Reads what `encodePayload` wrote. The text is authentic, so its shape needs no second check. */
export function decodePayload(json: string): SessionPayload {
  const plain = JSON.parse(json) as Plain<SessionPayload>
  return {
    ...plain,
    issuedAt: new Date(plain.issuedAt),
    expiresAt: new Date(plain.expiresAt),
    mfaAt: plain.mfaAt === null ? null : new Date(plain.mfaAt),
  }
}
