import { setTimeout as pause } from 'node:timers/promises'
import type { Services } from '../call.ts'
import { retainEvents } from './retain-events.ts'

export interface Retention {
  /** Deletes now what is old enough. Never throws: what was not deleted is old enough the next time as well. */
  run(): Promise<void>
  /** Waits for the statement that is under way, and begins no other. */
  close(): Promise<void>
}

interface RetentionLog {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

/** So that neither other writers nor, on the embedded database, other requests wait long for one of them. */
const EVENTS_PER_STATEMENT = 500
/** Leaves most of the time to those who wait meanwhile. */
const PAUSE_MS = 50

/**
 * Keeps the audit trail of all accounts to so many days, looking every `everyMs`: what `audit:retain` does when asked. Gateways on one
 * database may all do it.
 */
export function createRetention({
  db,
  clock,
  log,
  days,
  everyMs,
}: Pick<Services, 'db' | 'clock'> & {
  readonly log: RetentionLog
  readonly days: number
  readonly everyMs: number
}): Retention {
  let closed = false
  let running = Promise.resolve()

  async function retain(): Promise<void> {
    if (closed) return
    try {
      const goOn = () => pause(PAUSE_MS, undefined, { ref: false }).then(() => !closed)
      const events = await retainEvents({ db, clock }, days, { perStatement: EVENTS_PER_STATEMENT, goOn })
      if (events > 0) log.info({ events, days }, 'old events of the audit trail deleted')
    } catch (error) {
      log.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        'old events of the audit trail not deleted',
      )
    }
  }

  function run(): Promise<void> {
    running = running.then(retain)
    return running
  }

  const timer = setInterval(() => void run(), everyMs).unref()
  return {
    run,
    async close() {
      closed = true
      clearInterval(timer)
      await running
    },
  }
}
