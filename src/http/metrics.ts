import { createHash, timingSafeEqual } from 'node:crypto'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { answer } from './answer.ts'
import { normalizeIp } from './client-address.ts'
import { HttpError } from './coded-error.ts'
import type { Exchange, Step } from './exchange.ts'
import { isLoopback } from './http-server.ts'

export interface MetricsParts {
  /** Paths that are counted by their name. */
  readonly paths: readonly string[]
  /** Whoever bears it may read the figures from anywhere. */
  readonly token: string | null
}

export interface Metrics {
  /** Counts an exchange whose answer is out. */
  observe(exchange: Exchange, ms: number): void
  readonly endpoint: Step
}

/**
 * Counts by operation and status. The operation is a root field of the schema or `several`, and the path one that is served:
 * a caller cannot invent labels and fill the memory with them.
 */
export function createMetrics({ paths, token }: MetricsParts): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const labelNames = ['path', 'operation', 'status'] as const
  const requests = new Counter({
    name: 'latchkey_requests_total',
    help: 'Requests answered.',
    labelNames,
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'latchkey_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labelNames: ['path', 'operation'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  return {
    observe(exchange, ms) {
      const path = paths.includes(exchange.path) ? exchange.path : 'other'
      const operation = operationLabel(exchange.operation)
      requests.inc({ path, operation, status: String(exchange.response.statusCode) })
      seconds.observe({ path, operation }, ms / 1000)
    },
    endpoint: async (exchange) => {
      if (!bearsToken(exchange, token) && !isOfThisMachine(exchange)) throw new HttpError('NotFound', 'Not found.')
      answer(
        exchange,
        200,
        { 'content-type': registry.contentType, 'cache-control': 'no-store' },
        await registry.metrics(),
      )
    },
  }
}

/**
 * Without a token the figures are for a scraper on this machine, by its address and by the name that it uses: a proxy that forwards
 * everything would publish them, and so would a browser here, to a page whose name was made to lead to this machine (DNS rebinding).
 * The name of the public address is no exception: a proxy beside the server passes it on.
 */
function isOfThisMachine({ request: { headers, socket } }: Exchange): boolean {
  const proxied = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined
  const host = (headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
  return !proxied && isLoopback(normalizeIp(socket.remoteAddress)) && ['127.0.0.1', 'localhost', '[::1]'].includes(host)
}

function bearsToken({ request: { headers } }: Exchange, token: string | null): boolean {
  const borne = /^bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1]
  return token !== null && borne !== undefined && timingSafeEqual(digest(borne), digest(token))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function operationLabel(operation: string | null): string {
  if (operation === null) return 'none'
  return operation.includes(',') ? 'several' : operation
}
