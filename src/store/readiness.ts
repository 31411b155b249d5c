import { OutageError } from './outage.ts'

/** Whoever asks for readiness must hear within some seconds, or takes the server for dead. */
export const READINESS_MS = 2_000

/**
 * Asks the database whether it works, once at a time however many want to know. Resolves when it does; throws what the probe
 * threw, or an OutageError when it took longer than `timeoutMs`. A probe that hangs is not begun a second time.
 */
export function createReadiness(probe: () => Promise<unknown>, timeoutMs: number = READINESS_MS): () => Promise<void> {
  let running: Promise<unknown> | undefined
  return async () => {
    running ??= probe().finally(() => (running = undefined))
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new OutageError(`The database did not answer within ${timeoutMs} ms.`)),
        timeoutMs,
      )
    })
    try {
      await Promise.race([running, late])
    } finally {
      clearTimeout(timer)
    }
  }
}
