/** How the caller proved who it is: signed in with a password, signed with a long-term key, or holds temporary credentials. */
export type CredentialKind = 'PASSWORD' | 'ACCESS_KEY' | 'SESSION'

/** Who is calling, as authentication found it at this request. Immutable; lives for one request. */
export interface Principal {
  readonly kind: 'root' | 'user'
  readonly accountId: string
  /** `AIDA…`; for root the account id, as AWS has it. */
  readonly id: string
  /** User name without path; null for root. */
  readonly name: string | null
  readonly path: string
  /** User ARN with path, or the account's root ARN. */
  readonly arn: string
  readonly credential: CredentialKind
  /** `AKIA…` for a long-term key, `ASIA…` for temporary credentials, null for a password session. */
  readonly accessKeyId: string | null
  /** `jti` of the bearer token, or the `ASIA…` id of temporary credentials; null for a long-term key. */
  readonly sessionId: string | null
  /** Temporary credentials and password sessions only. */
  readonly issuedAt: Date | null
  readonly expiresAt: Date | null
  readonly mfaAuthenticatedAt: Date | null
  readonly sourceIdentity: string | null
  /** A password session whose password must be changed before anything else. */
  readonly passwordResetPending: boolean
  /** Region and service of the credential scope of a signed request; null for bearer tokens. */
  readonly signedFor: { readonly region: string; readonly service: string } | null
  /** The account's policy epoch at the moment of authentication. */
  readonly epoch: bigint
}
