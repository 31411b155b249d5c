// The bad days themselves. Each answers rows of a table.
import { setTimeout as pause } from 'node:timers/promises'
import { findLost, outcomes, quantile, startClients } from './clients.mjs'
import { readMetrics, watchReadiness } from './watch.mjs'

const SLOW_MS = 1_000
const BEFORE_MS = 10_000
const AFTER_MS = 20_000
const ms = (value) => (value === null ? 'never' : `${Math.round(value)} ms`)
const list = (counts) =>
  Object.entries(counts)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ') || 'none'

const longest = (asked, outcome) =>
  ms(Math.max(0, ...asked.filter((one) => one.outcome === outcome).map((one) => one.ended - one.began)))

/** The database is cut off, or hangs, for so many seconds, and comes back. */
export async function outage({ kind, seconds, proxy, server, taggers, pool }) {
  const readiness = watchReadiness(server.port)
  const clients = startClients({ ports: [server.port], taggers, clients: 20, changeEvery: 5, pauseMs: 50 })
  await pause(BEFORE_MS)
  const began = performance.now()
  if (kind === 'cut') proxy.cut()
  else proxy.pause()
  await pause(seconds * 1000)
  const ended = performance.now()
  if (kind === 'cut') proxy.mend()
  else proxy.resume()
  await pause(AFTER_MS)
  await clients.stop()
  await readiness.stop()
  const within = clients.asked.filter((one) => one.ended >= began)
  const failed = within.filter(({ outcome }) => outcome !== 'ok')
  const before = clients.asked.filter((one) => one.ended < began)
  return [
    ['requests before, failed', `${before.length}, ${before.filter(({ outcome }) => outcome !== 'ok').length}`],
    ['/readyz said 503 after', ms(readiness.after(began, 503))],
    ['first request refused after', ms(failed.length === 0 ? null : failed[0].ended - began)],
    ['requests during and after, by outcome', list(outcomes(within))],
    ['refusals without Retry-After', failed.filter((one) => one.outcome === '503' && !one.retryAfter).length],
    [
      `answered, but slower than ${SLOW_MS} ms`,
      within.filter((one) => one.outcome === 'ok' && one.ended - one.began > SLOW_MS).length,
    ],
    ['longest wait for an answer, for a refusal', `${longest(within, 'ok')}, ${longest(within, '503')}`],
    ['/readyz said 200 again after', ms(readiness.after(ended, 200))],
    ['last request refused, after the end', ms(Math.max(0, ...failed.map((one) => one.ended - ended)))],
    [
      'acknowledged changes, lost',
      `${clients.acknowledged.size} clients, ${await findLost(pool, clients.acknowledged)}`,
    ],
  ]
}

/** The server is told to stop while 200 clients keep their connections busy. */
export async function stopUnderLoad({ server, taggers, pool }) {
  const clients = startClients({ ports: [server.port], taggers, clients: 200, changeEvery: 10, pauseMs: 20 })
  await pause(BEFORE_MS)
  const began = performance.now()
  const before = clients.asked.length
  await server.stop()
  const took = performance.now() - began
  await clients.stop()
  const after = clients.asked.slice(before)
  // Nobody listens any more: that request was never taken.
  const refused = after.filter(({ outcome }) => outcome === 'ECONNREFUSED')
  const broken = after.filter(({ outcome }) => outcome.startsWith('E') && outcome !== 'ECONNREFUSED')
  return [
    ['requests before', before],
    ['ended after', ms(took)],
    ['answered during the stop', after.filter(({ outcome }) => outcome === 'ok').length],
    ['refused because nobody listens any more', refused.length],
    ['broken on a connection that had been used', broken.filter(({ reused }) => reused).length],
    ['broken on a new connection', broken.filter(({ reused }) => !reused).length],
    ['all others', list(outcomes(after.filter((one) => one.outcome !== 'ok' && !refused.includes(one))))],
    [
      'acknowledged changes, lost',
      `${clients.acknowledged.size} clients, ${await findLost(pool, clients.acknowledged)}`,
    ],
  ]
}

const WATCHED = [
  'process_resident_memory_bytes',
  'nodejs_heap_size_used_bytes',
  'nodejs_eventloop_lag_p99_seconds',
  'nodejs_active_handles_total',
]

/** Steady work for so many minutes; a row for each part of it. */
export async function soak({ server, taggers, pool, minutes }) {
  const clients = startClients({ ports: [server.port], taggers, clients: 20, changeEvery: 20, pauseMs: 150 })
  const rows = []
  const parts = 10
  const sizeOf = async () =>
    Number((await pool.query('select pg_database_size(current_database()) as size')).rows[0].size)
  for (let part = 1; part <= parts; part++) {
    const from = clients.asked.length
    const size = await sizeOf()
    await pause((minutes * 60_000) / parts)
    const seen = clients.asked.slice(from)
    const metrics = await readMetrics(server.port, WATCHED)
    const took = seen.map((one) => one.ended - one.began)
    rows.push([
      `${((part * minutes) / parts).toFixed(0)} min`,
      [
        `${seen.length} requests`,
        `not ok: ${list(outcomes(seen.filter(({ outcome }) => outcome !== 'ok')))}`,
        `p50 ${quantile(took, 0.5).toFixed(1)} ms, p99 ${quantile(took, 0.99).toFixed(1)} ms`,
        `memory ${(metrics.process_resident_memory_bytes / 1e6).toFixed(0)} MB, heap ${(metrics.nodejs_heap_size_used_bytes / 1e6).toFixed(0)} MB`,
        `lag p99 ${(metrics.nodejs_eventloop_lag_p99_seconds * 1000).toFixed(1)} ms`,
        `handles ${metrics.nodejs_active_handles_total}`,
        `database grew ${((await sizeOf()) - size) / 1000} kB`,
      ].join('; '),
    ])
  }
  await clients.stop()
  rows.push(['lost', await findLost(pool, clients.acknowledged)])
  return rows
}
