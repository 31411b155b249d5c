import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import { costOf, createMeter, inRequest, type Tracing } from '../tracing/index.ts'
import { answerError } from './answer.ts'
import { clientAddress, type TrustProxy } from './client-address.ts'
import { HttpError } from './http-error.ts'
import { type Exchange, isAnswered, type Step } from './exchange.ts'
import type { Log } from './log.ts'
import { traced } from './traced.ts'

export interface ChainParts {
  readonly trustProxy: TrustProxy
  readonly log: Log
  /** Absent while nobody traces. */
  readonly tracing?: Tracing | undefined
}

/** What answers requests by the chain; what a step throws becomes the answer. */
export function listener(chain: readonly Step[], { trustProxy, log, tracing }: ChainParts): RequestListener {
  return (request, response) => {
    const exchange = openExchange(request, response, trustProxy)
    const span = tracing && traced(exchange, tracing)
    inRequest(exchange.meter, span, () => {
      run(chain, exchange).catch((error: unknown) => answerError(exchange, error, log))
    })
  }
}

function openExchange(request: IncomingMessage, response: ServerResponse, trustProxy: TrustProxy): Exchange {
  const meter = createMeter()
  return {
    request,
    response,
    id: randomUUID(),
    path: (request.url ?? '/').split('?', 1)[0] ?? '/',
    address: clientAddress(request, trustProxy),
    startedAt: performance.now(),
    body: Buffer.alloc(0),
    principal: null,
    operation: null,
    failures: [],
    meter,
    cost: costOf(meter),
  }
}

async function run(steps: readonly Step[], exchange: Exchange): Promise<void> {
  for (const step of steps) {
    if (isAnswered(exchange)) return
    const pending = step(exchange)
    // Most steps are done at once: waiting for those would cost a turn each.
    if (pending !== undefined) await pending
  }
}

export function route(path: string, methods: readonly string[], ...steps: readonly Step[]): Step {
  const allow = methods.join(', ')
  return (exchange) => {
    if (exchange.path !== path) return undefined
    if (!methods.includes(exchange.request.method ?? '')) {
      throw new HttpError('MethodNotAllowed', `Only ${allow} is allowed here.`, { allow })
    }
    return run(steps, exchange)
  }
}

export function when(condition: (exchange: Exchange) => boolean, step: Step): Step {
  return (exchange) => (condition(exchange) ? step(exchange) : undefined)
}

export function unless(condition: (exchange: Exchange) => boolean, step: Step): Step {
  return when((exchange) => !condition(exchange), step)
}

export function notFound(): never {
  throw new HttpError('NotFound', 'There is nothing at this address.')
}
