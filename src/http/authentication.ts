import type { Authenticator } from '../authn/authenticate.ts'
import type { Step } from './exchange.ts'
import { hasSessionCookie, responseCookies } from './session-cookie.ts'

/**
 * Finds out who is calling, over the raw bytes and before anything is parsed. A browser whose session has ended is anonymous
 * and loses its cookie.
 */
export function authentication({ authenticate }: Pick<Authenticator, 'authenticate'>, publicUrl: string): Step {
  return async (exchange) => {
    const { method = 'GET', url = '/', rawHeaders } = exchange.request
    exchange.principal = await authenticate({ method, url, rawHeaders, body: exchange.body })
    if (exchange.principal === null && hasSessionCookie(exchange)) responseCookies(exchange, publicUrl).clearSession()
  }
}
