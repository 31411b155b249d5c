import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { answer } from './answer.ts'
import { HttpError } from './coded-error.ts'
import type { Exchange, Step } from './exchange.ts'

export interface Metrics {
  /** Counts an exchange whose answer is out. */
  observe(exchange: Exchange, ms: number): void
  readonly endpoint: Step
}

/**
 * Counts by operation and status. The operation is a root field of the schema or `several`, and the path one that is served:
 * a caller cannot invent labels and fill the memory with them.
 */
export function createMetrics(paths: readonly string[]): Metrics {
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
      refuseProxied(exchange)
      answer(
        exchange,
        200,
        { 'content-type': registry.contentType, 'cache-control': 'no-store' },
        await registry.metrics(),
      )
    },
  }
}

/** A proxy that forwards everything would publish the figures: they are for a scraper that connects directly. */
function refuseProxied({ request }: Exchange): void {
  const { headers } = request
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined)
    throw new HttpError('NotFound', 'Not found.')
}

function operationLabel(operation: string | null): string {
  if (operation === null) return 'none'
  return operation.includes(',') ? 'several' : operation
}
