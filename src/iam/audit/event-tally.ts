import { addressGroup } from '../../budget/index.ts'
import type { AuditEntry, AuditRow, Tally } from '../audit-entry.ts'
import type { Services } from '../call.ts'
import { uuidv7 } from '../identifiers.ts'
import { createEventNotes } from './event-notes.ts'
import { createPeriodicWriter } from './periodic-writer.ts'
import { storable } from './record.ts'

export interface EventTally extends Tally {
  /** Writes what was noted. Never throws: what could not be written is kept for the next time. */
  writeNotes(): Promise<void>
  /** Writes what was counted, in the same way. */
  flush(): Promise<void>
  /** Events, and counts of events, that are not written yet. */
  readonly remembered: number
  /** The same, as they would be written. A statement that has no answer may have written its part already, under the same ids. */
  rest(): readonly AuditRow[]
  /** Ends the periodic writing and writes the rest. */
  close(): Promise<void>
}

interface TallyLog {
  warn(details: object, message: string): void
}

/** One event that stands for many. */
interface Group {
  readonly key: string
  readonly accountId: string
  sample: AuditEntry
  count: number
  readonly first: Date
  last: Date
  /** How often each error code; those are ours, and few. */
  readonly errors: Map<string, number>
}

/** Groups in memory, some 1,000 bytes each; of one account, so that none pushes the others out. What is beyond is counted together. */
const MOST_GROUPS = 5_000
const MOST_OF_AN_ACCOUNT = 200
const ROWS_PER_STATEMENT = 200
const SEVERAL = 'anonymous'

/** The action of events that count wrong signatures. */
export const WRONG_SIGNATURE = 'signin:VerifySignature'

/**
 * Keeps counts in memory by account, action, result, caller, key and address group, and writes one event for each every
 * `flushEveryMs`: `detail` has `count`, `first`, `last` and `errors`. A crash loses the counts of that time, a shutdown none.
 */
export function createEventTally({
  db,
  clock,
  random,
  log,
  flushEveryMs,
  notesEveryMs,
}: Pick<Services, 'db' | 'clock' | 'random'> & {
  readonly log: TallyLog
  readonly flushEveryMs: number
  readonly notesEveryMs: number
}): EventTally {
  const notes = createEventNotes({ db, clock, random, log, everyMs: notesEveryMs })
  let groups = new Map<string, Group>()
  let ofAccount = new Map<string, number>()
  /** Of a statement that has no answer yet, and what is written after it. */
  let sent: readonly AuditRow[] = []
  let next: readonly Group[] = []
  const writer = createPeriodicWriter({ everyMs: flushEveryMs, isEmpty: () => groups.size === 0, write })

  function groupOf(entry: AuditEntry, at: Date): Group {
    const own = keyOf(entry)
    const known = groups.get(own)
    if (known !== undefined) return known
    const { accountId } = entry
    const held = ofAccount.get(accountId) ?? 0
    const room = groups.size < MOST_GROUPS && held < MOST_OF_AN_ACCOUNT
    const sample = room ? entry : withoutCaller(entry)
    const key = room ? own : keyOf(sample)
    const found = groups.get(key)
    if (found !== undefined) return found
    const group = { key, accountId, sample: sampleOf(sample), count: 0, first: at, last: at, errors: new Map() }
    groups.set(key, group)
    ofAccount.set(accountId, held + 1)
    return group
  }

  function add(group: Group, entry: AuditEntry, times: number, at: Date): void {
    group.count += times
    group.last = at
    group.sample = common(group.sample, entry)
    const code = entry.errorCode ?? 'none'
    group.errors.set(code, (group.errors.get(code) ?? 0) + times)
  }

  async function write(): Promise<void> {
    const counted = [...groups.values()]
    groups = new Map()
    ofAccount = new Map()
    for (const group of counted) warnOf(group)
    for (let from = 0; from < counted.length; from += ROWS_PER_STATEMENT) {
      sent = counted.slice(from, from + ROWS_PER_STATEMENT).map(rowOf)
      next = counted.slice(from + ROWS_PER_STATEMENT)
      try {
        await db.auditEvent.createMany({ data: [...sent] })
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        log.warn({ reason, kept: counted.length - from }, 'counted events not written')
        for (const group of counted.slice(from)) putBack(group)
        writer.schedule()
        break
      }
    }
    sent = []
    next = []
  }

  /** Those who watch the log need not read the trail. */
  function warnOf({ sample, count, first, last }: Group): void {
    if (sample.action !== WRONG_SIGNATURE) return
    const { accessKeyId, sourceIp, accountId } = sample
    log.warn({ accessKeyId, address: sourceIp, accountId, count, first, last }, 'wrong signatures')
  }

  function rowOf({ sample, count, first, last, errors }: Group): AuditRow {
    const detail = {
      count,
      first: first.toISOString(),
      last: last.toISOString(),
      errors: [...errors].map(([code, times]) => `${code}: ${times}`),
    }
    return { ...storable({ ...sample, detail }), at: last, id: uuidv7(last, random) }
  }

  function putBack(group: Group): void {
    const since = groups.get(group.key)
    groups.set(group.key, since === undefined ? group : merged(group, since))
  }

  function count(entry: AuditEntry, times = 1): void {
    const at = clock()
    add(groupOf(entry, at), entry, times, at)
    writer.schedule()
  }

  return {
    count,
    note(entry) {
      if (!notes.add(entry)) count({ ...entry, decisionId: null })
    },
    get remembered() {
      return groups.size + sent.length + next.length + notes.remembered
    },
    rest: () => [...notes.rest(), ...sent, ...[...next, ...groups.values()].map(rowOf)],
    writeNotes: () => notes.flush(),
    flush: () => writer.flush(),
    async close() {
      await notes.close()
      await writer.close()
    },
  }
}

/** What was counted earlier and later. */
function merged(earlier: Group, later: Group): Group {
  const errors = new Map(earlier.errors)
  for (const [code, times] of later.errors) errors.set(code, (errors.get(code) ?? 0) + times)
  return { ...later, count: earlier.count + later.count, first: earlier.first, errors }
}

/** A caller that is not authenticated is known by its address only: a claimed identity does not make another group. */
function keyOf({ accountId, action, result, principalId, accessKeyId, sourceIp, decisionId }: AuditEntry): string {
  const caller = decisionId == null ? null : principalId
  return JSON.stringify([
    accountId,
    action,
    result,
    caller,
    accessKeyId ?? null,
    sourceIp == null ? null : addressGroup(sourceIp),
  ])
}

function withoutCaller(entry: AuditEntry): AuditEntry {
  const unknown = { principalArn: SEVERAL, principalId: SEVERAL, accessKeyId: null, sourceIdentity: null }
  return { ...entry, ...unknown, decisionId: null, resource: '*', sourceIp: null, userAgent: null }
}

/** What is kept of an event: its texts are bounded, and of its detail nothing is left. */
function sampleOf({ detail: _detail, ...entry }: AuditEntry): AuditEntry {
  return storable(entry)
}

/** What an event of the group has in common with the others. */
function common(sample: AuditEntry, entry: AuditEntry): AuditEntry {
  if (sample.sourceIp === null && sample.principalId === SEVERAL) return sample
  const samePrincipal = sample.principalId === entry.principalId
  return {
    ...sample,
    // One of these events, to begin with.
    requestId: entry.requestId,
    decisionId: null,
    ...(!samePrincipal && { principalArn: SEVERAL, principalId: SEVERAL }),
    ...(sample.resource !== entry.resource && { resource: '*' }),
    ...(sample.userAgent !== entry.userAgent && { userAgent: null }),
  }
}
