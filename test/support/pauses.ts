import { monitorEventLoopDelay } from 'node:perf_hooks'

/**
 * The longest time, in milliseconds, for which the event loop of this process stood still while the work was done: for so long a
 * server in it answered nobody. It takes in what the test itself does, so callers leave room.
 */
export async function longestPause(work: () => Promise<unknown>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 5 })
  delays.enable()
  try {
    await work()
    // The last pause is noted when the loop has turned once more.
    await new Promise((resolve) => setTimeout(resolve, 10))
  } finally {
    delays.disable()
  }
  return delays.max / 1e6
}
