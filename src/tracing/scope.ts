import { AsyncLocalStorage } from 'node:async_hooks'
import { type Measuring, meterOfAll } from './meter.ts'
import type { Span, SpanAttributes } from './span.ts'

/** What goes with a request wherever it goes: through batches, the pool of connections and Prisma, none of which pass anything on. */
interface Scope {
  readonly meter: Measuring
  /** What is being done now; absent while nobody traces. */
  readonly span: Span | undefined
}

/**
 * Of requests that somebody traces, from their beginning to their end. On Node 20 a store that is in use costs 15 % of the processor
 * time of every request, whether it is traced or not, so that there is none as long as nobody traces.
 */
const traced = new AsyncLocalStorage<Scope>()
/** What is asked for at this moment; until the first wait only. */
let asking: Scope | undefined

function scopeNow(): Scope | undefined {
  return traced.getStore() ?? asking
}

function within<T>(scope: Scope | undefined, work: () => T): T {
  if (scope?.span !== undefined || traced.getStore() !== undefined)
    return scope === undefined ? traced.exit(work) : traced.run(scope, work)
  const before = asking
  asking = scope
  try {
    return work()
  } finally {
    asking = before
  }
}

/** Does the work of one request. While somebody traces, `span` is the whole of it, and all of it is measured by `meter`. */
export function inRequest<T>(meter: Measuring, span: Span | undefined, work: () => T): T {
  return span === undefined ? work() : traced.run({ meter, span }, work)
}

/** Where what a request has of the database is counted, by those who ask for it. */
export interface Cost extends Measuring {
  /** Asks the database: what is sent before the first wait is the request's. */
  readonly charge: <T>(ask: () => T) => T
}

export function costOf(meter: Measuring): Cost {
  const scope: Scope = { meter, span: undefined }
  return {
    begin: (what) => meter.begin(what),
    waited: (milliseconds) => meter.waited(milliseconds),
    charge: (ask) => (traced.getStore() === undefined ? within(scope, ask) : ask()),
  }
}

/** Does a part of a request's work as a span of its own, or as it is while nobody traces. It ends when the work has ended. */
export function inSpan<T>(name: string, attributes: SpanAttributes, work: (span?: Span) => T): T {
  const scope = traced.getStore()
  const span = scope?.span?.begin(name, attributes)
  if (scope === undefined || span === undefined) return work()
  return traced.run({ ...scope, span }, () => ending(span, () => work(span)))
}

/** Whether what is done now is part of a trace. */
export function isTraced(): boolean {
  return traced.getStore()?.span !== undefined
}

/** Begins to wait for a connection; what is returned ends it. Undefined outside of a request. */
export function waitingForConnection(): (() => void) | undefined {
  return scopeNow()?.meter.begin('connection')
}

/**
 * Begins a statement; what is returned ends it, with its error if it failed. Undefined outside of a request.
 *
 * @param summary says what it is, without its values; only asked while somebody traces
 */
export function statement(summary: () => string): ((error?: unknown) => void) | undefined {
  const scope = scopeNow()
  if (scope === undefined) return undefined
  const ended = scope.meter.begin('statement')
  const text = scope.span && summary()
  const span = text === undefined ? undefined : scope.span?.begin(text, attributesOf(text), 'client')
  return (error) => {
    ended()
    span?.end(error)
  }
}

function attributesOf(summary: string): SpanAttributes {
  return { 'db.system.name': 'postgresql', 'db.query.summary': summary }
}

export type Asker = Scope | undefined

/** For work that several requests share, such as one statement that answers all of them: each remembers who asks … */
export function asker(): Asker {
  return scopeNow()
}

/** … and the work is done for all of them: each is measured as if it had done it alone. The spans are those of the first. */
export function forAll<T>(askers: readonly Asker[], work: () => T): T {
  const known = [...new Set(askers)].filter((scope) => scope !== undefined)
  const [first, ...others] = known
  if (first === undefined) return within(undefined, work)
  if (others.length === 0) return within(first, work)
  const meter = meterOfAll(known.map((scope) => scope.meter))
  return within({ meter, span: known.find(({ span }) => span !== undefined)?.span }, work)
}

/** Binds a callback to the request that it was made for: whoever calls it may be serving another one. */
export function ofThisRequest<Args extends unknown[], Result>(
  callback: (...args: Args) => Result,
): (...args: Args) => Result {
  const scope = scopeNow()
  return scope === undefined ? callback : (...args) => within(scope, () => callback(...args))
}

function ending<T>(span: Span, work: () => T): T {
  try {
    const result = work()
    if (!(result instanceof Promise)) {
      span.end()
      return result
    }
    result.then(
      () => span.end(),
      (error: unknown) => span.end(error),
    )
    return result
  } catch (error) {
    span.end(error)
    throw error
  }
}
