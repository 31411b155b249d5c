// Loaded into the server before anything else (`--import`): tells its parent, on request, how long the event loop was held up and
// how much memory is in use after a collection.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()

const EVERY_MS = 5
/** The longest pause since the last reset: milliseconds, and when it ended (of the clock that all processes share). */
let longest = { ms: 0, endedAt: 0 }
let last = Date.now()
setInterval(() => {
  const now = Date.now()
  if (now - last - EVERY_MS > longest.ms) longest = { ms: now - last - EVERY_MS, endedAt: now }
  last = now
}, EVERY_MS).unref()

process.on('message', (question) => {
  if (question === 'reset') {
    delay.reset()
    longest = { ms: 0, endedAt: 0 }
  }
  if (question === 'memory') globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  process.send?.([delay.max / 1e6, delay.percentile(99) / 1e6, heapUsed + external, rss, longest.endedAt])
})
// The channel must not keep a server alive that has been told to stop.
process.channel?.unref()
