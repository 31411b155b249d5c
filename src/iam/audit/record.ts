import type { Call, Services, Tx } from '../call.ts'
import { decidedEvent } from './record-decisions.ts'
import { insertEvents } from './insert-rows.ts'
import { storableJson } from './storable-json.ts'
import { cutText, LONGEST_USER_AGENT, storableResource } from './storable-text.ts'
import { holdBack } from '../held-statements.ts'
import { uuidv7 } from '../identifiers.ts'
import type { AuditDetail, AuditEntry } from '../audit-entry.ts'

/**
 * Writes the event of a change, with what explains why it was allowed, inside the transaction of the change, while others wait for
 * that to end: in one statement.
 */
export async function recordSuccess(tx: Tx, call: Call, detail: AuditDetail): Promise<void> {
  const { clock, random, decision } = call
  const event: AuditEntry = { ...eventOf(call), result: 'SUCCESS', detail }
  const row = rowOf(event, clock(), random)
  await holdBack(tx, 'explain' in decision ? decidedEvent(row, decision) : insertEvents([row]))
}

/** Writes events in the transaction of what they tell of, with its next statement or its COMMIT: nobody waits for them alone. */
export async function recordAlong(
  tx: Tx,
  { clock, random }: Pick<Services, 'clock' | 'random'>,
  entries: readonly AuditEntry[],
): Promise<void> {
  const at = clock()
  await holdBack(tx, insertEvents(entries.map((entry) => rowOf(entry, at, random))))
}

/** Writes events in one statement, and answers them as they were written. */
export async function recordEvents(
  db: Tx,
  services: Pick<Services, 'clock' | 'random'>,
  entries: readonly AuditEntry[],
): Promise<readonly object[]> {
  const at = services.clock()
  const data = entries.map((entry) => rowOf(entry, at, services.random))
  if (data.length > 0) await db.auditEvent.createMany({ data })
  return data
}

function rowOf(entry: AuditEntry, at: Date, random: Services['random']) {
  return { ...storable(entry), at, id: uuidv7(at, random) }
}

/** Bytes that the columns of an event hold at most. Those of an index are shorter than what an index can take. */
const LONGEST = {
  requestId: 128,
  decisionId: 128,
  principalArn: 2_000,
  principalId: 2_000,
  accessKeyId: 200,
  sourceIdentity: 200,
  sourceIp: 64,
  userAgent: LONGEST_USER_AGENT,
  action: 256,
  errorCode: 128,
} as const

/** The longest document that a quota lets through is in the event of its change, whole. */
const LONGEST_DETAIL = 16_000
/** What was not done need not be kept to the letter; whoever is refused may try again and again. */
const LONGEST_DETAIL_OF_REFUSED = 4_000

/**
 * An entry as the database can take it: every column has a bound, with a mark where something was cut, and is rid of what text in a
 * database cannot be. A trail must not fail, or grow without bound, because of what it has to tell. All that writes events comes
 * through here: a row has at most 24,000 bytes, 11,000 when nothing was done.
 */
export function storable<Entry extends Omit<AuditEntry, 'detail'>>(entry: Entry): Entry {
  const bounded = Object.entries(LONGEST).map(([name, bytes]) => {
    const value: unknown = Reflect.get(entry, name)
    return [name, typeof value === 'string' ? cutText(value, bytes) : value] as const
  })
  const detail: unknown = Reflect.get(entry, 'detail')
  const refused = entry.result !== 'SUCCESS'
  const most = refused ? LONGEST_DETAIL_OF_REFUSED : LONGEST_DETAIL
  return {
    ...entry,
    ...Object.fromEntries(bounded.filter(([, value]) => value !== undefined)),
    resource: storableResource(entry.resource, refused),
    ...(detail != null && { detail: storableJson(detail, most) }),
  }
}

interface Decided extends Pick<Call, 'principal' | 'request'> {
  readonly decision: { readonly id: string | null; readonly action: string; readonly resource: string }
}

/** Who did what, and what let it through: the same in every event of a decided operation. */
export function eventOf({ principal, request, decision }: Decided) {
  return {
    accountId: principal.accountId,
    requestId: request.id,
    decisionId: decision.id,
    principalArn: principal.arn,
    principalId: principal.id,
    accessKeyId: principal.accessKeyId,
    sourceIdentity: principal.sourceIdentity,
    mfa: principal.mfaAuthenticatedAt !== null,
    sourceIp: request.sourceIp,
    userAgent: request.userAgent,
    action: decision.action,
    resource: decision.resource,
  }
}
