// Loaded into the server before anything else (`--import`): tells its parent, on request, how long the event loop was held up and
// how much memory is in use after a collection.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()

process.on('message', (question) => {
  if (question === 'reset') delay.reset()
  if (question === 'memory') globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  process.send?.([delay.max / 1e6, delay.percentile(99) / 1e6, heapUsed + external, rss])
})
// The channel must not keep a server alive that has been told to stop.
process.channel?.unref()
