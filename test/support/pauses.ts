import { performance } from 'node:perf_hooks'

const LOOK_EVERY_MS = 5

/**
 * The longest time, in milliseconds, for which the event loop of this process stood still while the work was done: for so long a
 * server in it answered nobody. It takes in what the test itself does, so callers leave room. Time that the processor gave to other
 * processes is left out: between two turns of the loop no more counts than the processor worked for this process.
 */
export async function longestPause(work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let [seenAt, worked] = [performance.now(), processorMs()]
  const look = () => {
    const [now, by] = [performance.now(), processorMs()]
    longest = Math.max(longest, Math.min(now - seenAt, by - worked))
    seenAt = now
    worked = by
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  try {
    await work()
    // The last pause is noted when the loop has turned once more.
    await new Promise((resolve) => setTimeout(resolve, 2 * LOOK_EVERY_MS))
  } finally {
    clearInterval(timer)
  }
  return longest
}

/** Of all threads of this process, in user and system mode. */
function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
