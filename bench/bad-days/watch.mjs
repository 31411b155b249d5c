// What /readyz and /metrics say, over time.
import { setTimeout as pause } from 'node:timers/promises'

/** Asks /readyz four times a second until it is stopped; `changes` has each change of the answer. */
export function watchReadiness(port) {
  const changes = []
  const over = new AbortController()
  const done = (async () => {
    while (!over.signal.aborted) {
      const status = await fetch(`http://127.0.0.1:${port}/readyz`).then(
        async (response) => (await response.text(), response.status),
        () => 0,
      )
      if (changes.at(-1)?.status !== status) changes.push({ status, at: performance.now() })
      await pause(250)
    }
  })()
  return {
    changes,
    /** Milliseconds from `since` until it first said so afterwards; null when it never did. */
    after: (since, status) => {
      const change = changes.find((one) => one.at > since && one.status === status)
      return change === undefined ? null : change.at - since
    },
    stop: () => (over.abort(), done),
  }
}

/** The values of some metrics that have no labels, by name. */
export async function readMetrics(port, names) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Object.fromEntries(
    names.map((name) => [name, Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN)]),
  )
}
