import { type Outage, outageError, OutageError, outageOf, type OutageKind } from './outage.ts'
import type { StoreLog } from './store-log.ts'

export interface OutageWatch {
  /** Runs it; an error that means an outage is noted and becomes an OutageError. */
  guard<T>(work: () => Promise<T>, committing?: boolean): Promise<T>
  /** The error that goes on in place of this one. */
  replace(error: unknown, committing?: boolean): unknown
  /** How often something found the database away. */
  timesAway(): number
}

/** How often an outage that goes on is logged, in milliseconds. */
const EVERY_MS = 10_000

const REMEDIES: Readonly<Record<OutageKind, string>> = {
  away: 'see that PostgreSQL runs, can be reached and has the database; the server goes on by itself when it does',
  busy: 'see what holds locks or connections: select * from pg_stat_activity',
  'cannot-write': 'free space on the disk of the database, or make it writable; the server goes on by itself',
  damaged: 'restore the backup, an embedded database while the server is stopped',
}

/** One line when the database stops working, and one every ten seconds while it does not, however many requests fail. */
export function createOutageWatch(log: StoreLog, now: () => number = () => performance.now()): OutageWatch {
  let away = 0
  const episodes = new Map<OutageKind, { loggedAt: number; failures: number }>()

  function note({ kind, reason }: Outage): void {
    const episode = episodes.get(kind) ?? { loggedAt: -Infinity, failures: 0 }
    episodes.set(kind, episode)
    episode.failures++
    if (kind === 'away') away++
    if (now() - episode.loggedAt < EVERY_MS) return
    log.warn(
      { outage: kind, reason, failures: episode.failures, remedy: REMEDIES[kind] },
      'the database is not available',
    )
    episode.loggedAt = now()
    episode.failures = 0
  }

  function replace(error: unknown, committing = false): unknown {
    if (error instanceof OutageError) return error
    const outage = outageOf(error)
    if (outage === null) return error
    note(outage)
    return outageError(outage, error, committing)
  }

  return {
    replace,
    timesAway: () => away,
    async guard(work, committing) {
      try {
        return await work()
      } catch (error) {
        throw replace(error, committing)
      }
    },
  }
}
