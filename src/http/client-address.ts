import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, isIPv4 } from 'node:net'

/** Which senders of X-Forwarded-For and X-Forwarded-Proto are believed: nobody, a number of hops, or networks. */
export type TrustProxy =
  | { readonly kind: 'none' }
  | { readonly kind: 'hops'; readonly hops: number }
  | { readonly kind: 'networks'; readonly networks: BlockList }

export interface ClientAddress {
  /** IPv4 or IPv6 without zone or brackets; null when the socket is gone. */
  readonly sourceIp: string | null
  /** Whether the client spoke TLS to the outermost proxy that is believed. */
  readonly secureTransport: boolean
}

/** Reads LATCHKEY_TRUST_PROXY: `1`, or `10.0.0.0/8, fd00::/8, 192.0.2.1`. Null when it is neither. */
export function parseTrustProxy(text: string): TrustProxy | null {
  if (/^\d{1,2}$/.test(text)) return text === '0' ? { kind: 'none' } : { kind: 'hops', hops: Number(text) }
  const networks = parseNetworks(text)
  return networks && { kind: 'networks', networks }
}

/** Reads `10.0.0.0/8, fd00::/8, 192.0.2.1`; null when it is no such list. */
export function parseNetworks(text: string): BlockList | null {
  const networks = new BlockList()
  for (const part of text.split(',').map((item) => item.trim())) {
    const [address = '', prefix, ...rest] = part.split('/')
    const family = isIP(address)
    const width = family === 4 ? 32 : 128
    const bits = prefix === undefined ? width : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
    if (family === 0 || rest.length > 0 || !(bits <= width)) return null
    networks.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6')
  }
  return networks
}

/**
 * Who is at the other end. Each proxy appends the address that it saw, so the list is read from the right and only as far
 * as the senders are believed: anything further left is what the client itself wrote and may be forged.
 */
export function clientAddress(request: IncomingMessage, trust: TrustProxy): ClientAddress {
  const chain = [normalizeIp(request.socket.remoteAddress), ...forwardedFor(request).toReversed()]
  let hops = 0
  while (hops + 1 < chain.length && believes(trust, chain[hops], hops) && chain[hops + 1] !== null) hops++
  return { sourceIp: chain[hops] ?? null, secureTransport: isSecure(request, trust, hops) }
}

/** IPv4 addresses that arrive on an IPv6 socket become plain IPv4 again, so that policies with IPv4 ranges match. */
export function normalizeIp(address: string | undefined): string | null {
  if (address === undefined) return null
  const bare = address.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]
  if (mapped !== undefined && isIPv4(mapped)) return mapped
  return isIP(bare) === 0 ? null : bare.toLowerCase()
}

/** Whether this peer is a proxy that is believed about those behind it. */
export function isBelieved(trust: TrustProxy, peer: string | null): boolean {
  return believes(trust, peer, 0)
}

function believes(trust: TrustProxy, address: string | null | undefined, hop: number): boolean {
  if (trust.kind === 'none' || address === null || address === undefined) return false
  if (trust.kind === 'hops') return hop < trust.hops
  return trust.networks.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
}

function forwardedFor(request: IncomingMessage): (string | null)[] {
  return listHeader(request, 'x-forwarded-for').map((entry) => normalizeIp(withoutPort(entry)))
}

/** Some proxies append the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(entry: string): string {
  return entry.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1').replace(/^(\[.*\]):\d+$/, '$1')
}

function isSecure(request: IncomingMessage, trust: TrustProxy, hops: number): boolean {
  const encrypted = 'encrypted' in request.socket && request.socket.encrypted === true
  if (!believes(trust, normalizeIp(request.socket.remoteAddress), 0)) return encrypted
  const protocols = listHeader(request, 'x-forwarded-proto').toReversed()
  const seen = protocols[Math.min(Math.max(hops, 1), protocols.length) - 1]
  return seen === undefined ? encrypted : seen.toLowerCase() === 'https'
}

function listHeader(request: IncomingMessage, name: string): string[] {
  const value = request.headers[name]
  const text = Array.isArray(value) ? value.join(',') : (value ?? '')
  return text === '' ? [] : text.split(',').map((item) => item.trim())
}
