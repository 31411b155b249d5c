import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer, Server as TlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { addressGroup } from '../budget/index.ts'
import { isBelieved, normalizeIp, type TrustProxy } from './client-address.ts'
import { CONNECTION_LIMITS, type ConnectionLimits } from './limits.ts'
import type { Log } from './log.ts'

export interface ServerParts {
  readonly trustProxy: TrustProxy
  readonly log: Pick<Log, 'warn'>
  /** In place of those that are there. */
  readonly limits?: Partial<ConnectionLimits>
  /** Speaks TLS with this certificate; plain HTTP when absent. */
  readonly tls?: TlsPair | null
  /**
   * Whether a primary deals connections out (node:cluster): one that this process does not take for its limit would be dealt to the
   * others, and when all are full round and round. It is taken and closed instead.
   */
  readonly dealt?: boolean
  /** Whose connections are only bounded in all; by default this machine's, where a proxy may be. */
  readonly spares?: (address: string | null) => boolean
}

/** PEM. */
export interface TlsPair {
  /** The certificate, and after it those of the authorities in between. */
  readonly cert: Buffer
  readonly key: Buffer
}

/** RFC 8996: earlier ones are no longer to be used. */
export const TLS_VERSIONS = { minVersion: 'TLSv1.2' } as const

/** How often it is logged that connections were refused, in milliseconds. */
const COMPLAINS_EVERY_MS = 60_000

/**
 * The server with its limits of time and of connections. Connections beyond them are closed without a word: an answer would cost what
 * the limit is there to save. When all are taken, those go that are only kept for a next request.
 */
export function createHttpServer(handler: RequestListener, parts: ServerParts): Server {
  const { trustProxy, log, limits: given, spares = isLoopback, tls, dealt = false } = parts
  const limits = { ...CONNECTION_LIMITS, ...given }
  const { headersTimeout, requestTimeout, keepAliveTimeout, connectionsCheckingInterval, maxHeaderSize } = limits
  const timing = { headersTimeout, requestTimeout, keepAliveTimeout, connectionsCheckingInterval }
  const options = { ...timing, maxHeaderSize }
  const server = tls
    ? createTlsServer({ ...options, ...TLS_VERSIONS, ...tls, handshakeTimeout: headersTimeout }, handler)
    : createServer(options, handler)
  // Node drops headers beyond its count without a word, and the last ones are those that a proxy adds: the chain counts them.
  server.maxHeadersCount = 0
  if (!dealt) server.maxConnections = limits.maxConnections
  server.timeout = limits.idleTimeout
  const complain = complaints(log)
  const open = new Map<string, number>()
  let taken = 0

  server.on('connection', (socket: Socket) => {
    if (dealt && taken >= limits.maxConnections) {
      socket.destroy()
      server.emit('drop')
      return
    }
    taken++
    socket.once('close', () => taken--)
    const address = normalizeIp(socket.remoteAddress)
    if (spares(address) || isBelieved(trustProxy, address)) return
    const group = addressGroup(address)
    const connections = (open.get(group) ?? 0) + 1
    if (connections > limits.maxConnectionsPerAddress) {
      complain(group)
      socket.destroy()
      return
    }
    open.set(group, connections)
    socket.once('close', () => {
      const left = (open.get(group) ?? 1) - 1
      if (left > 0) open.set(group, left)
      else open.delete(group)
    })
  })
  server.on('drop', () => {
    server.closeIdleConnections()
    complain('all')
  })
  return server
}

/** Exchanges the certificate: connections that are open keep theirs, the next ones get this one. */
export function exchangeCertificate(server: Server, pair: TlsPair): void {
  if (!(server instanceof TlsServer)) throw new TypeError('The server does not speak TLS.')
  server.setSecureContext({ ...TLS_VERSIONS, ...pair })
}

export function isLoopback(address: string | null): boolean {
  return address === '::1' || (address?.startsWith('127.') ?? false)
}

/** One line a minute: whoever is refused can try as often as they like. */
function complaints(log: Pick<Log, 'warn'>): (from: string) => void {
  let refused = 0
  let timer: NodeJS.Timeout | undefined
  return (from) => {
    refused++
    timer ??= setTimeout(() => {
      log.warn({ refused, from }, 'connections refused')
      refused = 0
      timer = undefined
    }, COMPLAINS_EVERY_MS).unref()
  }
}
