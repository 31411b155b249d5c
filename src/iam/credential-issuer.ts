import { type AccessTokenClaims, type SealKeyring, type SigningKey, signAccessToken } from '../authn/jwt/index.ts'
import { type SessionKeyring, type SessionPayload, sealSession } from '../authn/session-token/index.ts'

/** What signing in hands out tokens with; one for the whole process. */
export interface CredentialIssuer {
  readonly issuer: string
  readonly audience: string
  /** The key that signs now what says that it is issued then. */
  readonly signingKey: (issuedAt: Date) => Promise<SigningKey>
  /** What ties bearer tokens to this installation, beside their signature. */
  readonly tokenSeals: SealKeyring
  readonly sessionKeyring: SessionKeyring
}

/** A session that began with signing in, as its token states it. */
export interface SignedInSession {
  readonly id: string
  readonly accountId: string
  readonly userId: string
  readonly kind: 'root' | 'user'
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly mfaAuthenticatedAt: Date | null
  /** The key that somebody signed in with; null with a password. */
  readonly accessKeyId: string | null
}

/** The bearer token of a session that began with signing in. */
export async function signedInToken(issuer: CredentialIssuer, session: SignedInSession): Promise<string> {
  const claims: AccessTokenClaims = {
    ...standardClaims(issuer, session.issuedAt, session.expiresAt),
    sub: session.userId,
    jti: session.id,
    account: session.accountId,
    kind: session.kind,
    credential: session.accessKeyId === null ? 'PASSWORD' : 'ACCESS_KEY_SIGN_IN',
    ...(session.accessKeyId !== null && { issuing_key: session.accessKeyId }),
    ...(session.mfaAuthenticatedAt && { mfa_time: numericDate(session.mfaAuthenticatedAt) }),
  }
  return signAccessToken(await issuer.signingKey(session.issuedAt), claims, issuer.tokenSeals)
}

/**
 * Temporary credentials in both forms: the sealed session token for signed requests, and the same as a bearer token. For roles
 * and federated users the bearer token carries the sealed one, because session policies and tags are nobody's to read.
 */
export async function temporaryCredentialTokens(
  issuer: CredentialIssuer,
  session: SessionPayload,
  random: (bytes: number) => Uint8Array,
): Promise<{ sessionToken: string; accessToken: string }> {
  const sessionToken = sealSession(session, issuer.sessionKeyring, random)
  return { sessionToken, accessToken: await temporaryAccessToken(issuer, session, sessionToken) }
}

/** The bearer token of temporary credentials that exist: it may end before they do. */
export async function temporaryAccessToken(
  issuer: CredentialIssuer,
  session: SessionPayload,
  sessionToken: string,
): Promise<string> {
  const { kind, mfaAt, issuingAccessKeyId, sourceIdentity, role } = session
  const claims: AccessTokenClaims = {
    ...standardClaims(issuer, session.issuedAt, session.expiresAt),
    sub: role?.roleId ?? session.userId,
    jti: session.accessKeyId,
    account: session.accountId,
    kind,
    credential: 'SESSION',
    ...(mfaAt && { mfa_time: numericDate(mfaAt) }),
    ...(issuingAccessKeyId !== null && { issuing_key: issuingAccessKeyId }),
    ...(sourceIdentity !== null && { source_identity: sourceIdentity }),
    ...((kind === 'role' || kind === 'federated') && { session_token: sessionToken }),
  }
  return signAccessToken(await issuer.signingKey(session.issuedAt), claims, issuer.tokenSeals)
}

function standardClaims({ issuer, audience }: CredentialIssuer, issuedAt: Date, expiresAt: Date) {
  return { iss: issuer, aud: audience, iat: numericDate(issuedAt), exp: numericDate(expiresAt) }
}

/** RFC 7519 §2. Rounded down: a token never claims to be younger or to live longer than it is and does. */
function numericDate(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}
