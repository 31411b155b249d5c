import { AuthenticationError } from '../authentication-error.ts'
import { accessTokenClaim } from './access-token-claim.ts'
import type { AuthenticationContext, Strategy } from './strategy.ts'

const NAME = 'latchkey_session'
const JSON_TYPE = /^application\/json\s*(?:;|$)/i

/**
 * The cookie that a sign-in left in the browser; it holds a token of the same session, which ends when the browser is idle. One that is stale or wrong counts as none: the
 * browser sends it whether anybody wants that or not, and could otherwise not even ask to sign in again.
 */
export const browserCookie: Strategy = {
  optional: true,
  async read(context) {
    const token = askedByOwnPage(context) ? cookieValue(context.headers.get('cookie') ?? '') : null
    if (token === null) return null
    const claim = await accessTokenClaim(token, context, 'by-browser')
    return claim instanceof AuthenticationError ? null : claim
  },
}

/**
 * A browser adds cookies to requests that other pages make it send, so a cookie alone proves nothing (OWASP, "Cross-Site
 * Request Forgery Prevention": Fetch Metadata, verifying the origin). Scripts can forge neither `Sec-Fetch-Site` nor `Origin`.
 * What a plain HTML form can send is not accepted either.
 */
function askedByOwnPage({ request, headers, publicOrigin }: AuthenticationContext): boolean {
  const site = headers.get('sec-fetch-site')
  // Only a browser without Fetch Metadata is judged by the origin.
  const sameOrigin = site === undefined ? headers.get('origin') === publicOrigin : site === 'same-origin'
  return sameOrigin && (request.method !== 'POST' || JSON_TYPE.test(headers.get('content-type') ?? ''))
}

function cookieValue(header: string): string | null {
  // Cookies of several header lines were joined by commas.
  const pairs = header.split(/[;,]/).map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1) || null
}
