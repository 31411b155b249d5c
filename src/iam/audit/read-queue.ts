import type { AuditRow } from '../audit-entry.ts'
import type { Call, Services } from '../call.ts'
import { uuidv7 } from '../identifiers.ts'
import { insertEvents } from './insert-rows.ts'
import { createPeriodicWriter } from './periodic-writer.ts'
import { eventOf, storable } from './record.ts'

/** One read that the gate let through. */
export interface ReadEvent extends Pick<Call, 'principal' | 'request' | 'decision'> {
  readonly at: Date
  /** What the read failed with, after it was allowed. */
  errorCode: string | null
}

/** Takes the reads of a request. */
export interface ReadTrail {
  /** Remembers them. Answers nothing, or what to wait for when more comes in than can be written. Never throws. */
  record(reads: readonly ReadEvent[]): Promise<void> | undefined
}

export interface ReadQueue extends ReadTrail {
  /** Reads that are in memory, and those that were given up so far. */
  readonly figures: { readonly remembered: number; readonly lost: number }
  /** What is in memory, as it would be written. A statement that has no answer may have written its part already, under the same ids. */
  rest(): readonly AuditRow[]
  /** Writes what is remembered. Never throws: what could not be written is kept for the next time. */
  flush(): Promise<void>
  /** Ends the periodic writing and writes the rest. */
  close(): Promise<void>
}

interface QueueLog {
  warn(details: object, message: string): void
}

/** A few hundred bytes each. From half of it on it is written at once, and who brings more waits for that. */
const MAX_REMEMBERED = 20_000
/** Few enough that making them does not hold up requests. */
const ROWS_PER_STATEMENT = 500

/**
 * Writes reads to the audit trail without a write per request: they are kept in memory and written together every
 * `flushEveryMs`. A crash loses the reads of that time, a shutdown none. Denials, sign-ins and changes never go this way: they
 * are written before their caller has the answer (sign-ins that failed a second later at most: `event-notes.ts`).
 *
 * While the database refuses to write, the oldest beyond 20,000 are given up, and the log says how many.
 */
export function createReadQueue({
  db,
  random,
  log,
  flushEveryMs,
}: Pick<Services, 'db' | 'random'> & { readonly log: QueueLog; readonly flushEveryMs: number }): ReadQueue {
  let remembered: ReadEvent[] = []
  let lost = 0
  /** Of a statement that has no answer yet, and what is written after it. */
  let sent: readonly AuditRow[] = []
  let next: readonly ReadEvent[] = []
  const writer = createPeriodicWriter({ everyMs: flushEveryMs, isEmpty: () => remembered.length === 0, write })

  async function write(): Promise<void> {
    const reads = remembered
    remembered = []
    let written = 0
    try {
      for (; written < reads.length; written += ROWS_PER_STATEMENT) {
        next = reads.slice(written + ROWS_PER_STATEMENT)
        sent = reads.slice(written, written + ROWS_PER_STATEMENT).map((read) => rowOf(read, random))
        await db.$executeRaw(insertEvents(sent))
      }
    } catch (error) {
      const kept = [...reads.slice(written), ...remembered]
      remembered = kept.slice(-MAX_REMEMBERED)
      const reason = error instanceof Error ? error.message : String(error)
      lost += kept.length - remembered.length
      log.warn({ reason, kept: remembered.length, lost: kept.length - remembered.length }, 'audit of reads not written')
      writer.schedule()
    } finally {
      sent = []
      next = []
    }
  }

  return {
    get figures() {
      return { remembered: remembered.length + sent.length + next.length, lost }
    },
    rest: () => [...sent, ...[...next, ...remembered].map((read) => rowOf(read, random))],
    record(reads) {
      if (reads.length === 0) return undefined
      remembered.push(...reads)
      if (remembered.length >= MAX_REMEMBERED / 2) return writer.flush()
      writer.schedule()
      return undefined
    },
    flush: () => writer.flush(),
    close: () => writer.close(),
  }
}

/** Made when it is written, not while somebody waits. Its id is of the moment of the read, like those of other events. */
function rowOf(read: ReadEvent, random: Services['random']): AuditRow {
  const { at, errorCode } = read
  const result = errorCode === null ? ('SUCCESS' as const) : ('FAILURE' as const)
  return { ...storable({ ...eventOf(read), result, errorCode }), id: uuidv7(at, random), at }
}
