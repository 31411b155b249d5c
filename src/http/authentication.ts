import type { Authenticator } from '../authn/authenticate.ts'
import type { Principal } from '../authn/principal.ts'
import type { SignedRequest } from '../authn/sigv4/index.ts'
import type { BrowserToken } from '../iam/sessions/browser-session.ts'
import { inSpan } from '../tracing/index.ts'
import type { Exchange, Step } from './exchange.ts'
import { hasSessionCookie, responseCookies } from './session-cookie.ts'

/** Set to `1` by our own pages on what they ask by themselves, such as whether the session still stands. */
const BACKGROUND = 'latchkey-background'

export interface AuthenticationParts {
  readonly authenticator: Authenticator
  /** The next token for the cookie of a browser that asks for something; null when the one that it has is good enough. */
  readonly renewBrowser: (principal: Principal) => Promise<BrowserToken | null>
  /** An origin; cookies are `Secure` and HSTS is sent when it is https. */
  readonly publicUrl: string
}

/**
 * Finds out who is calling, over the raw bytes and before anything is parsed. A browser whose session has ended is anonymous
 * and loses its cookies; one that somebody is using gets a new one in time.
 */
export function authentication({ authenticator, renewBrowser, publicUrl }: AuthenticationParts): Step {
  return async (exchange) => {
    const principal = await inSpan('authentication', {}, () =>
      authenticator.authenticate(signedRequest(exchange), exchange.cost.charge),
    )
    exchange.principal = principal
    if (principal === null) {
      if (hasSessionCookie(exchange, publicUrl)) responseCookies(exchange, publicUrl).clearSession()
      return
    }
    const renewed = isAskedBySomebody(exchange) ? await renewBrowser(principal) : null
    if (renewed === null) return
    responseCookies(exchange, publicUrl).setSession(renewed.accessToken, renewed.expiresAt)
    exchange.principal = { ...principal, idleExpiresAt: renewed.expiresAt }
  }
}

/** Whether the request says that it is signed: whose it is is known when its body is there. All else is in the head. */
export function claimsSignature({ request: { url = '', headers } }: Exchange): boolean {
  const { authorization = 'bearer' } = headers
  return !/^bearer\b/i.test(authorization) || /[?&]X-Amz-/i.test(url)
}

/** A page that was left open must not keep its session alive: neither by a stream, which it reopens, nor by its timers. */
function isAskedBySomebody({ request: { headers } }: Exchange): boolean {
  return !(headers.accept ?? '').includes('text/event-stream') && headers[BACKGROUND] === undefined
}

/** The raw bytes, as authentication reads them. */
export function signedRequest({ request, body, address }: Exchange): SignedRequest {
  const { method = 'GET', url = '/', rawHeaders } = request
  return { method, url, rawHeaders, body, sourceIp: address.sourceIp }
}
