/**
 * How the caller proved who it is: signed in with a password or with a long-term key, signed this very request with a long-term
 * key, or holds temporary credentials.
 */
export type CredentialKind = SignInKind | 'ACCESS_KEY' | 'SESSION'

/** What a session of the console can begin with. */
export type SignInKind = 'PASSWORD' | 'ACCESS_KEY_SIGN_IN'

/** Who is calling, as authentication found it at this request. Immutable; lives for one request. */
export interface Principal {
  /** `federated`: a caller with temporary credentials of GetFederationToken. */
  readonly kind: 'root' | 'user' | 'role-session' | 'federated'
  readonly accountId: string
  /** What GetCallerIdentity says: `AIDA…`, `AROA…:session`, `123456789012:name` when federated, for root the account id. */
  readonly id: string
  /** User name without path; null for everybody who is no user. */
  readonly name: string | null
  readonly path: string
  /** User ARN with path, assumed-role ARN, federated-user ARN, or the account's root ARN. */
  readonly arn: string
  readonly credential: CredentialKind
  /**
   * `AKIA…` for a long-term key and for a session that began with one, `ASIA…` for temporary credentials, null for a password
   * session.
   */
  readonly accessKeyId: string | null
  /** `jti` of the bearer token, or the `ASIA…` id of temporary credentials; null for a long-term key. */
  readonly sessionId: string | null
  /** Temporary credentials and sessions that began with signing in only. */
  readonly issuedAt: Date | null
  readonly expiresAt: Date | null
  /** Exactly when a browser's cookie was the credential: when its session ends unless the browser asks for something before. */
  readonly idleExpiresAt?: Date
  readonly mfaAuthenticatedAt: Date | null
  readonly sourceIdentity: string | null
  /** A password session whose password must be changed before anything else. */
  readonly passwordResetPending: boolean
  /** Region and service of the credential scope of a signed request; null for bearer tokens. */
  readonly signedFor: { readonly region: string; readonly service: string } | null
  /** The account's policy epoch at the moment of authentication. */
  readonly epoch: bigint
  /** Exactly for `role-session` and `federated`. */
  readonly delegation?: Delegation
}

/** What stands behind a caller that acts with permissions of somebody else. */
export interface Delegation {
  /** Whose policies decide: the role, `AROA…`, or the user behind a federated one, `AIDA…` (the account id for root). */
  readonly ownerId: string
  /** The federated user was named by the root user. */
  readonly ownerIsRoot: boolean
  /** aws:PrincipalArn: the role's ARN with path, or the federated user's own. */
  readonly principalArn: string
  /** Name of the role session or of the federated user. */
  readonly sessionName: string
  readonly session: SessionLimits
  /** Role sessions that somebody got with a token of an identity provider. */
  readonly webIdentity?: WebIdentitySession
  /** Role sessions that somebody got with an assertion of SAML. */
  readonly saml?: SamlSession
}

/** Whom an identity provider vouched for. It travels with the session token, so it is no more than policies need. */
export interface WebIdentitySession {
  /** Address of the provider without `https://`: registered in the role's account. */
  readonly provider: string
  /** The registered client that the token was for. */
  readonly audience: string
  readonly subject: string
}

/** Whom an identity provider of SAML vouched for. It travels with the session token, so it is no more than policies need. */
export interface SamlSession {
  /** Name of the provider, which is registered in the role's account. */
  readonly provider: string
  /** `NameID` of the assertion. */
  readonly subject: string
  /** The form of that name: `persistent`, `transient`, or the whole of another. */
  readonly subjectType: string
  /** Tells subjects of one provider in one account from those of others. */
  readonly nameQualifier: string
}

/** What was passed along when temporary credentials were made. */
export interface SessionLimits {
  /** Session policies as text, and managed ones, which count as they are now. */
  readonly policies: readonly string[]
  readonly policyArns: readonly string[]
  /** They override the tags of the role or user. Transitive ones follow into roles that the session assumes. */
  readonly tags: readonly SessionTag[]
}

export interface SessionTag {
  readonly key: string
  readonly value: string
  readonly transitive: boolean
}

/** Whether the caller is in a session that began with signing in: a row, which can be revoked and stepped up. */
export function isSignedIn(principal: Principal): principal is Principal & { readonly credential: SignInKind } {
  return principal.credential === 'PASSWORD' || principal.credential === 'ACCESS_KEY_SIGN_IN'
}

/** Whether the caller is a user, root included, by any credential of its own. */
export function isUser({ kind }: Pick<Principal, 'kind'>): boolean {
  return kind === 'user' || kind === 'root'
}
