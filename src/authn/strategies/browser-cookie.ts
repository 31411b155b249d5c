import { AuthenticationError } from '../authentication-error.ts'
import { isSameOrigin } from '../same-origin.ts'
import { cookieValues, sessionCookieName } from '../session-cookie.ts'
import { accessTokenClaim } from './access-token-claim.ts'
import type { AuthenticationContext, Strategy } from './strategy.ts'

const JSON_TYPE = /^application\/json\s*(?:;|$)/i

/**
 * The cookie that a sign-in left in the browser; it holds a token of the same session, which ends when the browser is idle. One that is stale or wrong counts as none: the
 * browser sends it whether anybody wants that or not, and could otherwise not even ask to sign in again.
 *
 * Two of the name are none as well: one of them was planted, and which one cannot be told, because whoever plants a cookie has
 * sessions of their own to put into it.
 */
export const browserCookie: Strategy = {
  optional: true,
  async read(context) {
    if (!askedByOwnPage(context)) return null
    const [token, ...others] = cookieValues(context.request.rawHeaders, sessionCookieName(context.publicOrigin))
    if (token === undefined || token === '' || others.length > 0) return null
    const claim = await accessTokenClaim(token, context, 'by-browser')
    return claim instanceof AuthenticationError ? null : claim
  },
}

/**
 * A browser adds cookies to requests that other pages make it send, so a cookie alone proves nothing: the
 * browser has to vouch for where they come from. What a plain HTML form can send is not accepted either.
 */
function askedByOwnPage({ request, headers, publicOrigin }: AuthenticationContext): boolean {
  const from = { secFetchSite: headers.get('sec-fetch-site'), origin: headers.get('origin') }
  const sameOrigin = isSameOrigin(from, publicOrigin)
  return sameOrigin && (request.method !== 'POST' || JSON_TYPE.test(headers.get('content-type') ?? ''))
}
