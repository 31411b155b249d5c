import type { Exchange } from './exchange.ts'
import { inOperation } from './traced.ts'

/** What one operation runs with. */
export interface OpenedContext {
  /** What resolvers get. */
  readonly context: object
  /**
   * Runs once all fields are resolved, before the answer leaves: what it records is recorded when the caller knows. Of a
   * subscription it runs when the stream is open, and once more when it has ended.
   */
  readonly finish?: () => Promise<void>
}

/** Executes one operation with the context of its request. A door gets no context otherwise, so that none can forget to finish. */
export type RunOperation = <Result>(
  exchange: Exchange,
  execute: (context: object) => Result | Promise<Result>,
) => Promise<Result>

export type RunSubscription = (exchange: Exchange, subscribe: (context: object) => unknown) => Promise<unknown>

/** How operations are run: what they must record is recorded whether they are answered, are refused, or throw. */
export function operationRunner(openContext: (exchange: Exchange) => OpenedContext): {
  readonly runOperation: RunOperation
  readonly runSubscription: RunSubscription
} {
  return {
    async runOperation(exchange, execute) {
      const { context, finish } = openContext(exchange)
      try {
        return await inOperation(exchange, async () => await execute(context))
      } finally {
        await finish?.()
      }
    },
    async runSubscription(exchange, subscribe) {
      const { context, finish } = openContext(exchange)
      let stream: unknown
      try {
        stream = await inOperation(exchange, async () => await subscribe(context))
      } finally {
        await finish?.()
      }
      return isAsyncIterable(stream) && finish ? finishing(stream, finish) : stream
    },
  }
}

/** The same stream, which runs `finish` when it has ended. */
function finishing(
  source: AsyncIterable<unknown>,
  finish: () => Promise<void>,
): AsyncIterableIterator<unknown, undefined> {
  const inner = source[Symbol.asyncIterator]()
  const end = async (): Promise<IteratorResult<unknown, undefined>> => {
    await finish()
    return { done: true, value: undefined }
  }
  return {
    async next() {
      const { done, value } = await inner.next()
      return done === true ? end() : { done: false, value }
    },
    async return() {
      await inner.return?.()
      return end()
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
