import { createHash, timingSafeEqual } from 'node:crypto'
import { expiredToken, invalidClientToken, invalidSessionToken } from '../authentication-error.ts'
import { openSession } from '../session-token/index.ts'
import type { AuthenticationContext, Claim } from './strategy.ts'
import { temporarySessionClaim } from './temporary-session-claim.ts'

/** Temporary credentials that are shown whole, secret included, in place of a signature. */
export interface ShownCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

/**
 * Who shown temporary credentials stand for. Wrong secrets count as wrong signatures do, in the same budget. Throws
 * AuthenticationError.
 */
export function shownCredentials(
  shown: ShownCredentials,
  {
    sessionKeyring,
    signatureLimits,
    now,
    sourceIp,
  }: Pick<AuthenticationContext, 'sessionKeyring' | 'signatureLimits' | 'now'> & { readonly sourceIp: string | null },
): Claim {
  const session = openSession(shown.sessionToken, sessionKeyring)
  if (session === null || session.accessKeyId !== shown.accessKeyId) throw invalidSessionToken()
  if (now >= session.expiresAt) throw expiredToken()
  const claim = temporarySessionClaim(session, { signedFor: null, tokenKeyId: null })
  return async (credentials, at) => {
    const principal = await claim(credentials, at)
    const { accountId, arn: ownerArn } = principal
    const tell = signatureLimits.admit({ accountId, accessKeyId: session.accessKeyId, ownerArn, sourceIp })
    const right = timingSafeEqual(digest(shown.secretAccessKey), digest(session.secretAccessKey))
    tell(right)
    if (!right) throw invalidClientToken()
    return principal
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
