import { AuthenticationError } from '../authentication-error.ts'
import { accessTokenClaim } from './access-token-claim.ts'
import type { Strategy } from './strategy.ts'

/** `Authorization: Bearer <JWT>` (RFC 6750 §2.1); the scheme's case does not matter (RFC 9110 §11.1). */
export const bearerToken: Strategy = {
  async read(context) {
    const match = /^bearer(?: +(.*))?$/i.exec(context.headers.get('authorization') ?? '')
    if (!match) return null
    // A token and a signature could name two callers: refused as AWS refuses two signatures, without a word.
    if (/[?&]X-Amz-Signature=/.test(context.request.url)) throw new AuthenticationError('SignatureDoesNotMatch', '')
    const claim = await accessTokenClaim(match[1] ?? '', context)
    if (claim instanceof AuthenticationError) throw claim
    return claim
  },
}
