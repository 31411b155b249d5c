import { addressGroup, payerOf } from '../../budget/index.ts'
import type { AuditDetail, AuditEntry } from '../audit-entry.ts'
import type { Call, Services, Tx } from '../call.ts'
import { eventOf, recordEvents } from './record.ts'
import { bytesOfJson } from './storable-json.ts'

/**
 * Writes the event of an authorized attempt that IAM refused, after its transaction was rolled back: as long as the caller's budget of
 * bytes lasts. Beyond it the event is counted, and written together with others of its kind. What was done is always written by
 * itself: its change bounds it.
 */
export async function recordFailure(db: Tx, call: Call, errorCode: string, detail: AuditDetail): Promise<void> {
  const entry: AuditEntry = { ...eventOf(call), result: 'FAILURE', errorCode, detail }
  const budget = call.budgets.of(payerOf(call.principal, null))
  if (budget.left('recordBytes') <= 0) {
    call.tally.count(entry)
    return
  }
  const rows = await recordEvents(db, call, [entry])
  budget.owe('recordBytes', bytesOfJson(rows))
}

/** Bytes of a detail that nobody pays for: more than ordinary use has. */
const FREE_DETAIL = 1_000

/**
 * Takes a large detail from the caller's budget of bytes before something is done of which the event is the only trace in the
 * database, so that nothing else bounds how often. Throws OverBudget.
 */
export function payForDetail({ budgets, principal }: Pick<Call, 'budgets' | 'principal'>, detail: AuditDetail): void {
  const beyond = bytesOfJson(detail) - FREE_DETAIL
  if (beyond > 0) budgets.of(payerOf(principal, null)).draw('recordBytes', beyond)
}

/**
 * Writes what was refused to somebody unknown, within a budget: there is a budget of the address, and one of the account, so that those who
 * come from many addresses fill nobody's trail. Answers whether the event was written by itself.
 */
export async function recordStranger(db: Tx, services: Services, entry: AuditEntry): Promise<boolean> {
  const affordable = isAffordable(services, entry)
  if (affordable) await recordEvents(db, services, [entry])
  return affordable
}

/** The same, and nobody waits for it: for an answer whose time must not tell whether there is a trail to write to. */
export function noteStranger(services: Services, entry: AuditEntry): void {
  if (isAffordable(services, entry)) services.tally.note(entry)
}

/** Takes one event from the budgets of strangers, or counts it. */
function isAffordable(services: Services, entry: AuditEntry): boolean {
  const address = services.budgets.of({ kind: 'address', id: addressGroup(entry.sourceIp ?? null) })
  const account = services.budgets.of({ kind: 'account', id: entry.accountId })
  if (address.left('strangerEvents') < 1 || account.left('accountStrangerEvents') < 1) {
    services.tally.count({ ...entry, decisionId: null })
    return false
  }
  address.draw('strangerEvents', 1)
  account.draw('accountStrangerEvents', 1)
  return true
}
