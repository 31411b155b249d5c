import type { ResponseCookies } from '../graphql/context.ts'
import { type Exchange, isSameOrigin } from './exchange.ts'

/** The name under which authentication looks for it. */
const SESSION_COOKIE = 'latchkey_session'

/**
 * The cookie is out of reach of scripts (HttpOnly), is not sent from pages of other sites (SameSite=Strict), and is set only
 * when the browser says that a page of this very origin is asking: another port or subdomain is the same site.
 */
export function responseCookies(exchange: Exchange, publicUrl: string): ResponseCookies {
  const attributes = `Path=/; HttpOnly; SameSite=Strict${publicUrl.startsWith('https:') ? '; Secure' : ''}`
  const write = (value: string, expires: Date) => {
    if (!isSameOrigin(exchange, publicUrl)) return
    const cookie = `${SESSION_COOKIE}=${value}; ${attributes}; Expires=${expires.toUTCString()}`
    exchange.response.setHeader('set-cookie', cookie)
  }
  return {
    setSession: (accessToken, expiresAt) => write(accessToken, expiresAt),
    clearSession: () => write('', new Date(0)),
  }
}

/** Whether the browser holds a session, good or not. */
export function hasSessionCookie({ request }: Exchange): boolean {
  return (request.headers.cookie ?? '').split(';').some((pair) => pair.trim().startsWith(`${SESSION_COOKIE}=`))
}
