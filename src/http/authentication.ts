import type { Exchange, Step } from './exchange.ts'
import type { AppParts } from './server.ts'
import { hasSessionCookie, responseCookies } from './session-cookie.ts'

/** Set to `1` by our own pages on what they ask by themselves, such as whether the session still stands. */
const BACKGROUND = 'latchkey-background'

/**
 * Finds out who is calling, over the raw bytes and before anything is parsed. A browser whose session has ended is anonymous
 * and loses its cookie; one that somebody is using gets a new one in time.
 */
export function authentication({
  authenticator,
  renewBrowser,
  publicUrl,
}: Pick<AppParts, 'authenticator' | 'renewBrowser' | 'publicUrl'>): Step {
  return async (exchange) => {
    const { method = 'GET', url = '/', rawHeaders } = exchange.request
    const principal = await authenticator.authenticate({ method, url, rawHeaders, body: exchange.body })
    exchange.principal = principal
    if (principal === null) {
      if (hasSessionCookie(exchange)) responseCookies(exchange, publicUrl).clearSession()
      return
    }
    const renewed = isAskedBySomebody(exchange) ? renewBrowser(principal) : null
    if (renewed === null) return
    responseCookies(exchange, publicUrl).setSession(renewed.accessToken, renewed.expiresAt)
    exchange.principal = { ...principal, idleExpiresAt: renewed.expiresAt }
  }
}

/** A page that was left open must not keep its session alive: neither by a stream, which it opens anew, nor by its timers. */
function isAskedBySomebody({ request: { headers } }: Exchange): boolean {
  return !(headers.accept ?? '').includes('text/event-stream') && headers[BACKGROUND] === undefined
}
