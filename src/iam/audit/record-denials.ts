import type { Verdict } from '../../access/verdict.ts'
import { payerOf } from '../../budget/index.ts'
import type { RequestInfo, Services } from '../call.ts'
import { decisionRow, writeDecisions } from './record-decisions.ts'
import type { AuditEntry } from '../audit-entry.ts'
import { eventOf, recordEvents } from './record.ts'
import { bytesOfJson } from './storable-json.ts'

/**
 * Denials of one request that are recorded each by itself, with what explains it: a page has about so many parts. Of a thousand things
 * that are all denied for one reason the first twenty tell all there is to know.
 */
const MOST_OF_A_REQUEST = 20

/**
 * Writes the denied attempts of one request, with what explains them. Nothing is written when nothing was denied. Explaining costs a
 * second evaluation and writing costs space: both are done for the first twenty only, and while the caller's budget of bytes lasts. One
 * more event counts the others by action; when even for that nothing is left, they are counted with those of other requests.
 */
export async function recordDenials(
  services: Services,
  request: RequestInfo,
  denials: readonly Verdict[],
): Promise<void> {
  const [first] = denials
  if (first === undefined) return
  const { db, clock, budgets, tally } = services
  const budget = budgets.of(payerOf(first.principal, null))
  const decisions: ReturnType<typeof decisionRow>[] = []
  for (const verdict of denials.slice(0, MOST_OF_A_REQUEST)) {
    if (budget.left('recordBytes') <= 0) break
    const row = decisionRow(verdict)
    budget.owe('recordBytes', bytesOfJson(row))
    decisions.push(row)
  }
  const kept = denials.slice(0, decisions.length).map((verdict) => entryOf(verdict, request))
  const others = denials.slice(decisions.length)
  const counted = countByAction(others)
  const [next] = others
  if (next !== undefined && budget.left('recordBytes') > 0) kept.push(entryOfOthers(next, request, counted))
  else for (const { verdict, count } of counted) tally.count(entryOf(verdict, request), count)

  await writeDecisions(db, { clock }, first.principal.accountId, decisions)
  const rows = await recordEvents(db, services, kept)
  budget.owe('recordBytes', bytesOfJson(rows))
}

function entryOf(verdict: Verdict, request: RequestInfo): AuditEntry {
  const { decision, mfaRequired } = verdict
  return {
    ...eventOf({ principal: verdict.principal, request, decision: verdict }),
    result: 'DENIED',
    errorCode: 'AccessDenied',
    detail: { effect: decision.effect, reason: decision.reason, mfaRequired },
  }
}

interface Counted {
  /** The first of them. */
  readonly verdict: Verdict
  readonly count: number
}

function countByAction(verdicts: readonly Verdict[]): Counted[] {
  const counted = new Map<string, Counted>()
  for (const verdict of verdicts) {
    const { verdict: first, count } = counted.get(verdict.action) ?? { verdict, count: 0 }
    counted.set(verdict.action, { verdict: first, count: count + 1 })
  }
  return [...counted.values()]
}

/** One event for all that a request was denied beyond what is recorded by itself. */
function entryOfOthers(verdict: Verdict, request: RequestInfo, counted: readonly Counted[]): AuditEntry {
  const [only] = counted
  return {
    ...entryOf(verdict, request),
    decisionId: null,
    action: counted.length === 1 && only ? only.verdict.action : '*',
    resource: '*',
    detail: {
      count: counted.reduce((sum, { count }) => sum + count, 0),
      actions: counted.map(({ verdict: { action }, count }) => `${action}: ${count}`),
    },
  }
}
