import { type AuthenticationError, expiredToken, invalidClientToken } from '../authentication-error.ts'
import { type AccessTokenClaims, type AccessTokenResult, verifyAccessToken } from '../jwt/index.ts'
import { openSession } from '../session-token/index.ts'
import { sessionClaim } from './session-claim.ts'
import type { AuthenticationContext, Claim } from './strategy.ts'
import { temporarySessionClaim } from './temporary-session-claim.ts'

/**
 * Verifies an access token. Answers the claim of its session, or the error that refuses it.
 *
 * @param kept where the token was: what a browser keeps may be renewed before it ends
 */
export async function accessTokenClaim(
  token: string,
  { tokens, now, sessionKeyring }: Pick<AuthenticationContext, 'tokens' | 'now' | 'sessionKeyring'>,
  kept: 'by-program' | 'by-browser' = 'by-program',
): Promise<Claim | AuthenticationError> {
  const { issuer, audience, seals, verified } = tokens
  const verify = (keyring = tokens.keyring()): AccessTokenResult =>
    verifyAccessToken(token, keyring, { issuer, audience, now, seals, verified })
  let result = verify()
  if (!result.ok && result.unknownKid !== undefined && tokens.reloadKeyring)
    result = verify(await tokens.reloadKeyring(result.unknownKid))
  if (!result.ok) return result.error
  const { kind, jti, session_token: sealed } = result.claims
  if (kind === 'root' || kind === 'user') {
    const facts = factsOf(result.claims, result.kid)
    return sessionClaim(kept === 'by-browser' ? { ...facts, idleExpiresAt: facts.expiresAt } : facts)
  }
  // Everything about these sessions is in their sealed token; the claims beside it are for whoever reads the JWT.
  const session = sealed === undefined ? null : openSession(sealed, sessionKeyring)
  if (session === null || session.accessKeyId !== jti || session.kind !== kind) return invalidClientToken()
  const claim = temporarySessionClaim(session, { signedFor: null, tokenKeyId: result.kid })
  return kept === 'by-browser' ? endingWith(claim, instant(result.claims.exp)) : claim
}

function factsOf(claims: AccessTokenClaims, tokenKeyId: string) {
  return {
    accountId: claims.account,
    userId: claims.sub,
    sessionId: claims.jti,
    issuingAccessKeyId: claims.issuing_key ?? null,
    tokenKeyId,
    root: claims.kind === 'root',
    credential: claims.credential,
    issuedAt: instant(claims.iat),
    expiresAt: instant(claims.exp),
    mfaAuthenticatedAt: claims.mfa_time === undefined ? null : instant(claims.mfa_time),
    sourceIdentity: claims.source_identity ?? null,
    signedFor: null,
  }
}

/** What a browser keeps of temporary credentials may end before they do. */
function endingWith(claim: Claim, idleExpiresAt: Date): Claim {
  return async (credentials, now) => {
    if (now >= idleExpiresAt) throw expiredToken()
    return { ...(await claim(credentials, now)), idleExpiresAt }
  }
}

const instant = (numericDate: number) => new Date(numericDate * 1000)
