import type { AuditEntry, AuditRow } from '../audit-entry.ts'
import type { Services } from '../call.ts'
import { uuidv7 } from '../identifiers.ts'
import { createPeriodicWriter } from './periodic-writer.ts'
import { storable } from './record.ts'

export interface EventNotes {
  /** Remembers an event until it is written. False when too many wait already; then it is for the caller to count. Never throws. */
  add(entry: AuditEntry): boolean
  /** Writes what is remembered. Never throws: what could not be written is kept for the next time. */
  flush(): Promise<void>
  /** Events that are not written yet. */
  readonly remembered: number
  /** The same, as they would be written. A statement that has no answer may have written its part already, under the same ids. */
  rest(): readonly AuditRow[]
  /** Ends the periodic writing and writes the rest. */
  close(): Promise<void>
}

interface NotesLog {
  warn(details: object, message: string): void
}

/** Some hundred bytes each, and never more than 11,000. */
const MOST = 2_000
const ROWS_PER_STATEMENT = 200

/**
 * Events that are written each by itself, but not while somebody waits for the answer: how long it takes must not tell whether
 * there was anybody to write about. A crash loses those of `everyMs`, a shutdown none.
 */
export function createEventNotes({
  db,
  clock,
  random,
  log,
  everyMs,
}: Pick<Services, 'db' | 'clock' | 'random'> & { readonly log: NotesLog; readonly everyMs: number }): EventNotes {
  let remembered: AuditRow[] = []
  /** Of statements that have no answer yet. */
  let underWay: readonly AuditRow[] = []
  const writer = createPeriodicWriter({ everyMs, isEmpty: () => remembered.length === 0, write })

  /** Its time and id are those of what happened, not of the writing. */
  function rowOf(entry: AuditEntry): AuditRow {
    const at = clock()
    return { ...storable(entry), at, id: uuidv7(at, random) }
  }

  async function write(): Promise<void> {
    const rows = remembered
    remembered = []
    for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
      underWay = rows.slice(from)
      try {
        await db.auditEvent.createMany({ data: rows.slice(from, from + ROWS_PER_STATEMENT) })
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        remembered = [...rows.slice(from), ...remembered]
        log.warn({ reason, kept: remembered.length }, 'audit events not written')
        writer.schedule()
        break
      }
    }
    underWay = []
  }

  return {
    add(entry) {
      if (remembered.length >= MOST) return false
      remembered.push(rowOf(entry))
      writer.schedule()
      return true
    },
    get remembered() {
      return remembered.length + underWay.length
    },
    rest: () => [...underWay, ...remembered],
    flush: () => writer.flush(),
    close: () => writer.close(),
  }
}
