import { OutageError } from './outage.ts'

/** Whoever looks at a server must hear within some seconds, or takes it for dead. */
export const LOOK_MS = 2_000

/**
 * Asks the database something, once at a time however many want to know, who all get that answer. Throws what `ask` threw, or an
 * OutageError when it took longer than `timeoutMs`. A question that hangs is not asked a second time.
 */
export function askedOnce<T>(ask: () => Promise<T>, timeoutMs: number = LOOK_MS): () => Promise<T> {
  let asking: Promise<T> | undefined
  return async () => {
    asking ??= ask().finally(() => (asking = undefined))
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new OutageError(`The database did not answer within ${timeoutMs} ms.`)),
        timeoutMs,
      )
    })
    try {
      return await Promise.race([asking, late])
    } finally {
      clearTimeout(timer)
    }
  }
}
