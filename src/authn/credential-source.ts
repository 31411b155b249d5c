import type { CredentialKind } from './principal.ts'

/**
 * What authentication asks of persistence. Each question is one indexed statement that also returns the account's policy
 * epoch, so that a request costs one statement before its own work begins.
 */
export interface CredentialSource {
  /** The long-term key and its owner; null when there is no such key. The secret comes back opened. */
  findAccessKey(accessKeyId: string): Promise<StoredAccessKey | null>
  /** The owner of a session and whether the session still stands; null when account or user is gone. */
  findSession(query: SessionQuery): Promise<StoredSession | null>
  /** The role of a session and whether the session still stands; null when account or role is gone. */
  findRoleSession(query: RoleSessionQuery): Promise<StoredRoleSession | null>
}

export interface StoredOwner {
  readonly accountId: string
  readonly userId: string
  readonly userName: string
  readonly path: string
  readonly root: boolean
  readonly epoch: bigint
}

export interface StoredAccessKey extends StoredOwner {
  readonly active: boolean
  readonly secretAccessKey: string
}

export interface SessionQuery {
  readonly accountId: string
  readonly userId: string
  readonly sessionId: string
  /** The long-term key that a session began with; it ends when the key is deactivated or deleted. */
  readonly issuingAccessKeyId: string | null
  /** The key that signed the session's token, by its kid; null where no token says so. It may have been revoked. */
  readonly tokenKeyId: string | null
}

/** The row of a session, as far as it is held against what a token says. */
export interface StoredSessionRow {
  readonly kind: CredentialKind
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly mfaAuthenticatedAt: Date | null
  /** The key that somebody signed in with. */
  readonly accessKeyId: string | null
  readonly revoked: boolean
}

export interface StoredSession extends StoredOwner {
  /** The session's row: always there for those that began with signing in, for temporary credentials only once revoked. */
  readonly row: StoredSessionRow | null
  readonly sessionsValidFrom: Date | null
  readonly passwordResetRequired: boolean
  /** When the password becomes too old for the account's policy; null when it never does. */
  readonly passwordExpiresAt: Date | null
  /** Null when no issuing key was asked for. */
  readonly issuingKeyActive: boolean | null
  /** Null when no key of tokens was asked for. */
  readonly tokenKeyStands: boolean | null
}

export interface RoleSessionQuery {
  readonly accountId: string
  /** `AROA…`: a role that was made again under an old name is another role. */
  readonly roleId: string
  /** `ASIA…` */
  readonly sessionId: string
  readonly tokenKeyId: string | null
}

export interface StoredRoleSession {
  readonly accountId: string
  readonly roleId: string
  readonly roleName: string
  readonly path: string
  readonly epoch: bigint
  readonly sessionsValidFrom: Date | null
  /** The session was signed out of. */
  readonly revoked: boolean
  readonly tokenKeyStands: boolean | null
}
