import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { createFiguresExchange } from './figures-exchange.ts'
import type { Start } from './messages.ts'
import { forkWorker, StartFault, type Told, type WorkerProcess } from './worker-process.ts'

export interface SupervisorParts {
  /** The program that each of them is. */
  readonly exec: string
  readonly workers: number
  /** What a worker may take to stop, in milliseconds. */
  readonly stopMs: number
  readonly log: {
    info(details: object, message: string): void
    warn(details: object, message: string): void
    error(details: object, message: string): void
  }
  /** Told once, when nothing is left to be done, unless `stop` was called: the line for the operator. */
  readonly giveUp: (line: string) => void
}

export interface Supervisor {
  /** Starts the first, which prepares the database, then the others. Throws StartFault when one of them cannot start. */
  start(): Promise<void>
  /** Replaces one after the other: the new one answers before the old one takes no more. Never throws. */
  replaceAll(): Promise<void>
  /** Ends all of them in good order; the exit code: 0 when each of them ended with 0. */
  stop(): Promise<number>
  /** Ends all of them at once. */
  kill(): void
}

/** A worker that does not become ready in this time is given up, in the place of another; migrations are through by then. */
const START_MS = 120_000
/** What a worker has, beyond the time of a stop, until it is ended. */
const SLACK_MS = 2_000
/** Starts that fail one after the other until everything ends. */
const TRIES = 5
const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000
/** A database that is away is waited for: the others do so too. */
const OUTAGE_DELAY_MS = 5_000
/** Who lived for so long did not die of its start. */
const LONG_LIFE_MS = 60_000

/** The workers behind one port. Starts and stops happen one after the other, but for those of the first start and the last stop. */
export function createSupervisor({ exec, workers, stopMs, log, giveUp }: SupervisorParts): Supervisor {
  /** Everyone that lives. */
  const all = new Set<WorkerProcess>()
  /** Those that take connections, by seat. */
  const current = new Map<number, WorkerProcess>()
  /** Early ends one after the other, by seat. */
  const earlyEnds = new Map<number, number>()
  const stopping = new AbortController()
  let port: number | null = null
  let ends = 0
  let queue = Promise.resolve()
  let replacing: Promise<void> | undefined
  const exchange = createFiguresExchange({
    current: () => [...current.values()],
    all: () => [...all],
    ends: () => ends,
  })

  function begin(number: number, start: Start): Promise<number> {
    const worker = forkWorker({
      exec,
      place: { number, of: workers, start, port },
      onReady: (ready) => void current.set(number, ready),
      onTold: hear,
    })
    all.add(worker)
    void follow(worker)
    return start === 'again' ? inTime(worker) : worker.started
  }

  /** Starts another one when it ends by itself. */
  async function follow(worker: WorkerProcess): Promise<void> {
    const { code, signal } = await worker.ended
    const { seat, pid, readyAt } = worker
    all.delete(worker)
    if (current.get(seat) !== worker) return
    current.delete(seat)
    if (stopping.signal.aborted) return
    ends++
    log.warn({ worker: seat, pid, code, signal }, 'a worker ended by itself, and is started again')
    const livedMs = performance.now() - readyAt
    await inTurn(() => heal(seat, livedMs))
  }

  function hear(worker: WorkerProcess, told: Told): void {
    if (told.kind === 'ask-figures') exchange.ask(worker, told.id)
    else if (told.kind === 'figures') exchange.answer(worker, told.id, told.text)
    else for (const other of all) if (other !== worker) other.send({ kind: 'heard', news: told.news })
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    queue = queue.then(() => (stopping.signal.aborted ? undefined : work()))
    return queue
  }

  /** Starts a worker for a seat whose worker is gone, again and again; ends everything when that leads nowhere. */
  async function heal(number: number, livedMs: number): Promise<void> {
    const early = livedMs < LONG_LIFE_MS ? (earlyEnds.get(number) ?? 0) : 0
    earlyEnds.set(number, early + 1)
    let delay = early === 0 ? 0 : delayAfter(early)
    for (let failed = 0; ; ) {
      await pause(delay, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      const fault = await faultOf(begin(number, 'again'))
      if (fault === null || stopping.signal.aborted) return
      log.warn({ worker: number, reason: fault.message }, 'a worker cannot be started')
      const waits = fault.outage && current.size > 0
      if (!waits && ++failed === TRIES) {
        giveUp(fault.message)
        return
      }
      delay = waits ? OUTAGE_DELAY_MS : delayAfter(failed)
    }
  }

  async function replace(): Promise<void> {
    log.info({ workers }, 'workers are replaced')
    for (let number = 1; number <= workers && !stopping.signal.aborted; number++) {
      const old = current.get(number)
      // It has ended by itself, and is healed after this.
      if (old === undefined) continue
      const fault = await faultOf(begin(number, 'again'))
      if (stopping.signal.aborted) return
      if (fault !== null) {
        log.error({ worker: number, reason: fault.message }, 'a worker cannot be replaced, the old ones go on')
        return
      }
      old.stop(true)
      await endInTime(old)
    }
    if (!stopping.signal.aborted) log.info({ workers }, 'all workers were replaced')
  }

  /** Waits for the end of a worker that was told to stop; one that does not is ended. */
  async function endInTime(worker: WorkerProcess): Promise<void> {
    const late = setTimeout(() => worker.kill(), stopMs + SLACK_MS)
    const { code, signal } = await worker.ended
    clearTimeout(late)
    if (code !== 0) log.warn({ worker: worker.seat, code, signal }, 'a worker did not stop cleanly')
  }

  return {
    async start() {
      port = await begin(1, 'first')
      const others = Array.from({ length: workers - 1 }, (_, n) => begin(n + 2, 'next'))
      await Promise.all(others)
      log.info({ workers }, 'all workers are ready')
    },
    // Asked for twice while one is under way it is done once more: what changed meanwhile was perhaps not seen.
    replaceAll: () =>
      (replacing ??= inTurn(() => {
        replacing = undefined
        return replace()
      })),
    async stop() {
      stopping.abort()
      const living = [...all]
      for (const worker of living) worker.stop(false)
      await Promise.all(living.map(endInTime))
      const endings = await Promise.all(living.map(({ ended }) => ended))
      return endings.every(({ code }) => code === 0) ? 0 : 1
    },
    kill() {
      stopping.abort()
      for (const worker of all) worker.kill()
    },
  }
}

function delayAfter(failures: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1))
}

async function faultOf(starting: Promise<unknown>): Promise<StartFault | null> {
  try {
    await starting
    return null
  } catch (error) {
    if (error instanceof StartFault) return error
    throw error
  }
}

async function inTime(worker: WorkerProcess): Promise<number> {
  const late = setTimeout(() => worker.kill(), START_MS)
  try {
    return await worker.started
  } finally {
    clearTimeout(late)
  }
}
