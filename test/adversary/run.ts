/**
 * npm run adversary [-- --seconds 60] [--seed 1] [--pause 250]
 *
 * Sends hostile requests of every kind to all doors of the built server for some seconds, and fails when it answers with a fault,
 * holds up its event loop, keeps the memory that they took, or writes more than a stated part of what was sent. With
 * TEST_DATABASE_URL it runs on PostgreSQL, in a database of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import * as fc from 'fast-check'
import { createScratchDatabase } from '../durability/scratch-postgresql.ts'
import { buildServer } from '../durability/server-process.ts'
import { ACCOUNT_ID, type Caller, furnish, ROOT_EMAIL, ROOT_PASSWORD } from './callers.ts'
import { readStored } from './growth.ts'
import { HOSTILE_REQUESTS, type HostileRequest } from './hostile-requests.ts'
import { startWatchedServer, type Vitals, type WatchedServer } from './watched-server.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1e6) },
    /** Milliseconds that the event loop may be held up at most. */
    pause: { type: 'string', default: '250' },
  },
})
const [seconds, seed, pauseLimit] = [Number(values.seconds), Number(values.seed), Number(values.pause)]

const IN_FLIGHT = 16
/** Caches fill up and code is compiled in the first seconds: that is no leak. */
const WARM_UP_SECONDS = 10
/** Requests that took less did not hold anything up for long. */
const TELLING_MS = 100
const LONGEST_ANSWER_MS = 30_000
/** How much more may be in use ten seconds after the attack than before it. */
const KEPT_BYTES = 64_000_000
/** What a megabyte sent may leave in the database. */
const MOST_EVENTS_PER_MEGABYTE = 500
const MOST_BYTES_PER_MEGABYTE = 400_000

interface Seen {
  requests: number
  bytesSent: number
  readonly statuses: Map<number, number>
  readonly faults: string[]
  slowestMs: number
  slowest: string
  readonly answered: Answered[]
}

/** When a request was under way, milliseconds since 1970. */
interface Answered {
  readonly from: number
  readonly until: number
  readonly described: string
}

const faults: string[] = []
await buildServer()
const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-adversary-'))
const scratch = process.env.TEST_DATABASE_URL
  ? await createScratchDatabase(process.env.TEST_DATABASE_URL, 'adversary')
  : null
const place = { dataDir: path.join(folder, 'data'), databaseUrl: scratch?.url }
const environment = {
  LATCHKEY_DATA_DIR: place.dataDir,
  LATCHKEY_ACCOUNT_ID: ACCOUNT_ID,
  LATCHKEY_ROOT_EMAIL: ROOT_EMAIL,
  LATCHKEY_ROOT_PASSWORD: ROOT_PASSWORD,
  LATCHKEY_MASTER_KEY: 'ad'.repeat(32),
  ...(scratch && { DATABASE_URL: scratch.url }),
}
let server: WatchedServer | null = null
try {
  server = await startWatchedServer(environment)
  const callers = await furnish(server.url)
  await attack(server, callers, WARM_UP_SECONDS, seed + 1)
  await server.stop()
  const before = await readStored(place)

  server = await startWatchedServer(environment)
  await attack(server, callers, WARM_UP_SECONDS, seed + 2)
  const memoryBefore = await server.vitals('memory')
  await pause(100)
  await server.vitals('reset')
  const seen = await attack(server, callers, seconds, seed)
  const pauses = await server.vitals('pauses')
  const memoryAfter = await settled(server, memoryBefore.usedBytes + KEPT_BYTES)
  await server.stop()
  const after = await readStored(place)

  const megabytes = seen.bytesSent / 1e6
  const events = (after.events - before.events) / megabytes
  const bytes = (after.bytes - before.bytes) / megabytes
  const kept = memoryAfter.usedBytes - memoryBefore.usedBytes
  console.log(
    [
      `seed ${seed}, ${seconds} s on ${scratch ? 'PostgreSQL' : 'the embedded database'}: ${seen.requests} requests, ${megabytes.toFixed(1)} MB`,
      `answers: ${[...seen.statuses]
        .toSorted(([a], [b]) => a - b)
        .map(([status, count]) => `${status}: ${count}`)
        .join(', ')}`,
      `longest pause of the event loop ${pauses.longestPauseMs.toFixed(0)} ms, 99 % below ${pauses.pause99Ms.toFixed(0)} ms`,
      ...underWay(seen.answered, pauses).map((described) => `  under way then: ${described}`),
      `slowest answer ${seen.slowestMs.toFixed(0)} ms: ${seen.slowest}`,
      `memory kept ${(kept / 1e6).toFixed(1)} MB (in use before ${(memoryBefore.usedBytes / 1e6).toFixed(0)} MB, resident after ${(memoryAfter.residentBytes / 1e6).toFixed(0)} MB)`,
      `per megabyte sent ${events.toFixed(0)} events, ${(bytes / 1000).toFixed(1)} kB in the database`,
    ].join('\n'),
  )
  faults.push(...seen.faults.slice(0, 10))
  if (pauses.longestPauseMs > pauseLimit)
    faults.push(`the event loop was held up for ${pauses.longestPauseMs.toFixed(0)} ms`)
  if (kept > KEPT_BYTES) faults.push(`${(kept / 1e6).toFixed(1)} MB more are in use ten seconds after the attack`)
  if (events > MOST_EVENTS_PER_MEGABYTE) faults.push(`${events.toFixed(0)} events were written per megabyte sent`)
  if (bytes > MOST_BYTES_PER_MEGABYTE) faults.push(`${bytes.toFixed(0)} bytes were stored per megabyte sent`)
} catch (error) {
  // A server that hangs does not tell how it feels.
  faults.push(`the run was cut off: ${String(error)}`)
} finally {
  await server?.stop()
  await scratch?.drop()
  rmSync(folder, { recursive: true, force: true })
}
for (const fault of faults) console.error(`FAULT: ${fault}`)
process.exit(faults.length === 0 ? 0 : 1)

/** Keeps some requests under way until the time is over, and remembers what was wrong with their answers. */
async function attack(
  target: WatchedServer,
  callers: readonly Caller[],
  duration: number,
  from: number,
): Promise<Seen> {
  const seen: Seen = {
    requests: 0,
    bytesSent: 0,
    statuses: new Map(),
    faults: [],
    slowestMs: 0,
    slowest: '',
    answered: [],
  }
  const until = performance.now() + duration * 1000
  const chosen = fc.tuple(HOSTILE_REQUESTS, fc.nat(callers.length - 1))
  let next = from * 100_000
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      while (performance.now() < until && seen.faults.length < 20) {
        const [[request, who] = []] = fc.sample(chosen, { seed: next++, numRuns: 1 })
        const caller = callers[who ?? 0]
        if (request && caller) await send(target, caller, request, seen)
      }
    }),
  )
  return seen
}

async function send(
  { url, exitCode }: WatchedServer,
  caller: Caller,
  request: HostileRequest,
  seen: Seen,
): Promise<void> {
  const { door, path: at, method, headers, body, service } = request
  const began = performance.now()
  const from = Date.now()
  const described = `${caller.title}, ${door}: ${(body ?? at).slice(0, 160)}`
  seen.requests++
  seen.bytesSent += at.length + (body?.length ?? 0)
  try {
    const signal = AbortSignal.timeout(LONGEST_ANSWER_MS)
    const response = await caller.send(
      `${url}${at}`,
      { method, headers, signal, redirect: 'manual', ...(body !== undefined && { body }) },
      service,
    )
    seen.statuses.set(response.status, (seen.statuses.get(response.status) ?? 0) + 1)
    // A stream goes on until somebody leaves.
    if (response.headers.get('content-type')?.includes('text/event-stream')) await response.body?.cancel()
    else judge(response, await response.text(), described, seen)
  } catch (error) {
    // A server that is full may close a connection; one that is silent, or gone, is a fault.
    if (exitCode() !== null) seen.faults.push(`the server ended with ${exitCode()}: ${described}`)
    else if (error instanceof Error && error.name === 'TimeoutError') seen.faults.push(`no answer: ${described}`)
    else seen.statuses.set(0, (seen.statuses.get(0) ?? 0) + 1)
  }
  const took = performance.now() - began
  if (took > TELLING_MS) seen.answered.push({ from, until: Date.now(), described })
  if (took > seen.slowestMs) Object.assign(seen, { slowestMs: took, slowest: described })
}

/** The requests that may be what held everything up: those that began before the pause ended and were answered soon after it. */
function underWay(answered: readonly Answered[], { longestPauseEndedAt }: Vitals): string[] {
  return answered
    .filter(({ from, until }) => from < longestPauseEndedAt && until >= longestPauseEndedAt)
    .toSorted((a, b) => a.until - b.until)
    .slice(0, 6)
    .map(({ from, until, described }) => `${until - from} ms, ${described}`)
}

/** The one status above 499 that is meant says when to come back. */
function judge(response: Response, text: string, described: string, { faults: found }: Seen): void {
  const { status, headers } = response
  if (status >= 500 && !(status === 503 && headers.has('retry-after'))) found.push(`${status}: ${described}`)
  else if (text.includes('InternalFailure')) found.push(`an internal failure: ${described}`)
}

/** Memory once it has come down to what is allowed, or ten seconds later. */
async function settled(target: WatchedServer, allowed: number) {
  let vitals = await target.vitals('memory')
  for (let second = 0; second < 10 && vitals.usedBytes > allowed; second++) {
    await pause(1_000)
    vitals = await target.vitals('memory')
  }
  return vitals
}
