import { type Exchange, isSameOrigin } from './exchange.ts'

const NAME = 'latchkey_session'

/** What resolvers may do with the browser's session. Both do nothing unless a page of this origin is asking. */
export interface ResponseCookies {
  /** Keeps the bearer token of a sign-in in the browser until it expires. */
  setSession(accessToken: string, expiresAt: Date): void
  clearSession(): void
}

/**
 * The cookie is out of reach of scripts (HttpOnly), is not sent from pages of other sites (SameSite=Strict), and is honoured
 * only when the browser says that a page of this very origin is asking: another port or subdomain is the same site.
 */
export function responseCookies(exchange: Exchange, publicUrl: string): ResponseCookies {
  const attributes = `Path=/; HttpOnly; SameSite=Strict${publicUrl.startsWith('https:') ? '; Secure' : ''}`
  const write = (value: string, expires: Date) => {
    if (!isSameOrigin(exchange)) return
    exchange.response.setHeader('set-cookie', `${NAME}=${value}; ${attributes}; Expires=${expires.toUTCString()}`)
  }
  return {
    setSession: (accessToken, expiresAt) => write(accessToken, expiresAt),
    clearSession: () => write('', new Date(0)),
  }
}

/** The bearer token of the browser's session; null when there is none or the request is not one of our own pages'. */
export function sessionCookie(exchange: Exchange): string | null {
  if (!isSameOrigin(exchange)) return null
  const pairs = (exchange.request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  const value = pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1)
  return value || null
}
