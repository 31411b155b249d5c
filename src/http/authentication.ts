import type { Authenticator } from '../authn/authenticate.ts'
import type { SignedRequest } from '../authn/sigv4/index.ts'
import type { Exchange, Step } from './exchange.ts'
import { hasSessionCookie, responseCookies } from './session-cookie.ts'

/**
 * Finds out who is calling, over the raw bytes and before anything is parsed. A browser whose session has ended is anonymous
 * and loses its cookie.
 */
export function authentication({ authenticate }: Pick<Authenticator, 'authenticate'>, publicUrl: string): Step {
  return async (exchange) => {
    exchange.principal = await authenticate(signedRequest(exchange))
    if (exchange.principal === null && hasSessionCookie(exchange)) responseCookies(exchange, publicUrl).clearSession()
  }
}

/** The raw bytes, as authentication reads them. */
export function signedRequest({ request, body }: Exchange): SignedRequest {
  const { method = 'GET', url = '/', rawHeaders } = request
  return { method, url, rawHeaders, body }
}
