import { setTimeout as pause } from 'node:timers/promises'
import type { Application } from './application.ts'
import { complain, lineOf } from './complain.ts'
import type { Config } from './config.ts'
import type { Log } from './http/log.ts'
import type { Stoppable } from './http/stopping.ts'
import { spoolEvents } from './iam/audit/spool.ts'
import { DatabaseUnavailableError } from './store/database-unavailable.ts'
import type { Seat } from './workers/seat.ts'

/** The share of the time for a stop that requests under way have; the rest is for what they left to be written. */
const REQUESTS_SHARE = 0.7
/** How long `/readyz` refuses before the port is closed, if there is anybody to hear it. */
const LINGER_MS = 1_000
/** How long connections are kept for their next request, which tells them to go, where another worker takes the new ones. */
const HANDOVER_LINGER_MS = 5_000

export interface EndParts {
  readonly config: Pick<Config, 'stopTimeout' | 'dataDir'>
  readonly seat: Seat | null
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
  readonly clock: () => Date
}

export interface GatewayEnd {
  /** What has been opened so far. */
  readonly closers: Closers
  /** From now on it has something to lose. */
  serves(application: Pick<Application, 'endStreams' | 'unwritten'>): void
  onSignals(): void
  /** Closes what was opened, and ends the process with 1. */
  cannotStart(error: unknown): Promise<never>
}

interface Closers {
  server?: Stoppable['stop']
  application?: () => Promise<unknown>
  membership?: () => Promise<unknown>
  database?: () => Promise<unknown>
}

/** How the process of a gateway ends. */
export function createGatewayEnd({ config, seat, env, log, clock }: EndParts): GatewayEnd {
  const { dataDir } = config
  const stopMs = config.stopTimeout * 1000
  const closers: Closers = {}
  let application: Pick<Application, 'endStreams' | 'unwritten'> | undefined

  /** In the order in which they have to go: requests, what they left to be written, the place among the gateways, the database. */
  async function closeAll(handover: boolean): Promise<void> {
    const { server, application: writers, membership, database } = closers
    for (const name of ['server', 'application', 'membership', 'database'] as const) delete closers[name]
    if (server !== undefined) {
      application?.endStreams()
      const longest = handover ? HANDOVER_LINGER_MS : LINGER_MS
      const lingerMs = Math.min(longest, stopMs / 4)
      const cutOff = await server({ lingerMs, graceMs: stopMs * REQUESTS_SHARE, handover })
      if (cutOff > 0) log.warn({ requests: cutOff }, 'requests were cut off: they took longer than a stop may')
    }
    for (const close of [writers, membership, database]) await close?.()
  }

  /** Ends the process: with 0 when everything is closed and nothing lost, else with 1 and one line about it. */
  async function end(handover: boolean): Promise<never> {
    const faults = [await closeInTime(handover), await notWritten()].filter((text) => text !== null)
    if (faults.length > 0) process.stderr.write(`Latchkey did not stop cleanly: ${faults.join(' ')}\n`)
    process.exit(faults.length > 0 ? 1 : 0)
  }

  /** Closes everything, and waits for it no longer than a stop may take: a database that hangs keeps nobody. What went wrong, or null. */
  async function closeInTime(handover: boolean): Promise<string | null> {
    const late = pause(stopMs, `it took longer than ${stopMs / 1000} s (LATCHKEY_STOP_TIMEOUT).`)
    try {
      return await Promise.race([closeAll(handover).then(() => null), late])
    } catch (error) {
      log.error({ err: error }, 'did not stop cleanly')
      return 'closing failed, as the log says.'
    }
  }

  /** What the database did not take: events of the trail wait in a file for the next start, where there is a data directory. */
  async function notWritten(): Promise<string | null> {
    const { reads, events, uses } = application?.unwritten() ?? { reads: [], events: [], uses: 0 }
    if (reads.length + events.length + uses === 0) return null
    const file = await spoolOnce(dataDir, [...reads, ...events], clock()).catch((error: unknown) => {
      log.error({ err: error }, 'events of the audit trail cannot be kept in the data directory')
      return null
    })
    const rest = `${reads.length} reads and ${events.length} other events of the audit trail`
    const used = `the last use of ${uses} keys and roles`
    if (file === null) return `Lost, because the database did not take them: ${rest}, ${used}.`
    return `The database did not take ${rest}: they are in ${file}, and the next start with this data directory writes them. Lost: ${used}.`
  }

  return {
    closers,
    serves: (given) => void (application = given),
    /** The first signal lets requests end, the second does not; an error that nobody caught ends everything. */
    onSignals() {
      let stopping = false
      const stop = (how: object, handover: boolean) => {
        stopping = true
        log.info(how, 'stopping')
        void end(handover)
      }
      // SIGHUP: the terminal it was started from is closed.
      for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
        process.on(name, (signal) => {
          if (!stopping) stop({ signal }, false)
          // A terminal and systemd tell the workers as well as their primary, which decides when it is enough.
          else if (seat === null) process.exit(1)
        })
      seat?.onStop((handover) => {
        if (!stopping) stop(handover ? { reason: 'replaced' } : {}, handover)
      })
      process.on('uncaughtException', (error) => {
        complain('stopped', error, { env, log })
        process.exit(1)
      })
    },
    async cannotStart(error) {
      const what = 'cannot start'
      if (seat === null) complain(what, error, { env, log })
      else await seat.refuse(lineOf(what, error, { env, log }), error instanceof DatabaseUnavailableError)
      // What was opened is closed as far as it goes; the exit code does not wait for a database that hangs.
      await closeInTime(false)
      return process.exit(1)
    },
  }
}

/** The name of the file is the time: another worker may have taken that millisecond. */
async function spoolOnce(dataDir: string, rows: Parameters<typeof spoolEvents>[1], now: Date): Promise<string | null> {
  try {
    return await spoolEvents(dataDir, rows, now)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    return spoolOnce(dataDir, rows, new Date(now.getTime() + 1))
  }
}
