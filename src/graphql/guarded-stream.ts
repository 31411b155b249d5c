import type { AccessDeclaration } from '../access/declaration.ts'
import type { GraphQLContext } from './context.ts'

/** How long a caller who gets events is taken for who it was without asking again. */
const STANDS_FOR_MS = 1_000
/** The same while nothing comes: a session that has ended must not stay open. */
const STANDS_IDLE_FOR_MS = 30_000

/** The last thing that comes out of a stream whose caller may no longer have it. */
export class StreamEnd {
  readonly error: unknown

  constructor(error: unknown) {
    this.error = error
  }
}

/**
 * Hands on what the source has for as long as the caller is who it was and may have it: before anything is handed on that
 * comes more than a second after the caller was last authenticated and authorized, and at least every 30 seconds, both are
 * done again. When one of them refuses, or the source fails, the stream ends with a StreamEnd.
 *
 * The source gives null from time to time when it has nothing: without it an idle stream would never be looked at.
 */
export function guardedStream(
  source: AsyncIterator<unknown>,
  { caller, gate, clock }: Pick<GraphQLContext, 'caller' | 'gate' | 'clock'>,
  { declaration, args }: { readonly declaration: AccessDeclaration<unknown, object>; readonly args: object },
): AsyncIterableIterator<unknown, undefined> {
  let standsSince = clock()
  let over = false

  async function assertStanding(item: unknown): Promise<void> {
    const now = clock()
    if (now.getTime() - standsSince.getTime() < (item === null ? STANDS_IDLE_FOR_MS : STANDS_FOR_MS)) return
    await caller.refresh()
    await gate.authorize(declaration, undefined, args)
    standsSince = now
  }

  async function close(): Promise<IteratorResult<unknown, undefined>> {
    over = true
    await source.return?.()
    return { done: true, value: undefined }
  }

  return {
    async next() {
      while (!over) {
        try {
          const { done, value } = await source.next()
          if (done === true) break
          await assertStanding(value)
          if (value !== null) return { done: false, value }
        } catch (error) {
          await close()
          return { done: false, value: new StreamEnd(error) }
        }
      }
      return close()
    },
    // Not a generator, which would wait for the source before it ends.
    return: close,
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
