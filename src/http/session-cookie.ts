import { isIP } from 'node:net'
import { cookieValues, sessionCookieName } from '../authn/session-cookie.ts'
import type { ResponseCookies } from '../graphql/context.ts'
import { type Exchange, isFromOwnPage } from './exchange.ts'

/** The one address where the cookie counts. */
const GRAPHQL_PATH = '/graphql'
const LONG_AGO = new Date(0).toUTCString()

/**
 * The cookie is out of reach of scripts (HttpOnly), is not sent from pages of other sites (SameSite=Strict), and is set only
 * when the browser says that a page of this very origin is asking: another port or subdomain is the same site.
 */
export function responseCookies(exchange: Exchange, publicUrl: string): ResponseCookies {
  return cookiesOf(exchange, publicUrl, () => isFromOwnPage(exchange, publicUrl))
}

/**
 * The same for a browser that was sent here by a page of whoever signs it in: nothing vouches for that page but the one-time token that
 * it brought.
 */
export function navigationCookies(exchange: Exchange, publicUrl: string): ResponseCookies {
  return cookiesOf(exchange, publicUrl, () => true)
}

function cookiesOf(exchange: Exchange, publicUrl: string, mayWrite: () => boolean): ResponseCookies {
  const name = sessionCookieName(publicUrl)
  const secure = publicUrl.startsWith('https:')
  const write = (value: string, expires: string) => {
    if (!mayWrite()) return
    const own = `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}; Expires=${expires}`
    const planted = !secure && hasSessionCookie(exchange, publicUrl) ? placesOf(publicUrl) : []
    const removals = planted.map((place) => `${name}=; ${place}; Expires=${LONG_AGO}`)
    // Ours comes last: there are browsers to which `Domain` with the name of the host is the same place.
    exchange.response.setHeader('set-cookie', [...removals, own])
  }
  return {
    setSession: (accessToken, expiresAt) => write(accessToken, expiresAt.toUTCString()),
    clearSession: () => write('', LONG_AGO),
  }
}

/** Whether the browser holds a session, good or not. */
export function hasSessionCookie({ request }: Exchange, publicUrl: string): boolean {
  return cookieValues(request.rawHeaders, sessionCookieName(publicUrl)).length > 0
}

/**
 * Where others may have planted a cookie of the name over http: a sibling subdomain for a domain that both belong to, any other
 * port of the host, each for the root or for the path of ours (RFC 6265 §5.1.3, §5.1.4). Two cookies count as none, so whoever
 * plants one would keep the owner out if it stayed. The places are few and known, and this host may remove from all of them.
 */
function placesOf(publicUrl: string): string[] {
  const domains = domainsOf(new URL(publicUrl).hostname)
  const beside = domains.flatMap((domain) => [`Path=/; Domain=${domain}`, `Path=${GRAPHQL_PATH}; Domain=${domain}`])
  return [`Path=${GRAPHQL_PATH}`, ...beside]
}

/** The host and what it is part of; browsers take no cookies for a top-level domain, and an address is part of nothing. */
function domainsOf(host: string): string[] {
  if (isIP(host) !== 0 || host.startsWith('[')) return []
  const labels = host.split('.')
  return labels.map((_label, at) => labels.slice(at).join('.')).filter((domain) => domain.includes('.'))
}
