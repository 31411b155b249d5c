import type { RecordableVerdict } from '../../access/verdict.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Services, Tx } from '../call.ts'
import { detailsOf, outcomeOf } from './decision-details.ts'
import type { DecisionDetails } from './decision-shapes.ts'
import { insertDecisions, insertEvents } from './insert-rows.ts'
import { fit, storableResource } from './storable-text.ts'

/** Decisions explain what happened lately; the trail itself stays. */
const KEPT_MS = 90 * 86_400_000

/** What `trace` holds beside the columns. */
export type RecordedTrace = Pick<DecisionDetails, 'statements' | 'missingContextValues'> & {
  readonly message: string | null
  readonly mfaRequired: boolean
  readonly cut?: string
}

/** Keeps what is needed to explain a decision afterwards, and drops what has become old. */
export function recordDecision(db: Tx, services: Pick<Services, 'clock'>, verdict: RecordableVerdict): Promise<void> {
  return writeDecisions(db, services, verdict.principal.accountId, [decisionRow(verdict)])
}

/** Writes records of one account's decisions in one statement. */
export async function writeDecisions(
  db: Tx,
  { clock }: Pick<Services, 'clock'>,
  accountId: string,
  rows: readonly ReturnType<typeof decisionRow>[],
): Promise<void> {
  if (rows.length === 0) return
  const at = clock()
  await db.decisionRecord.createMany({ data: rows.map((row) => ({ ...row, at })) })
  await db.decisionRecord.deleteMany({ where: { accountId, at: { lt: keptFrom(at) } } })
}

/** One statement that writes an event and the decision that let it through, both of one moment, and drops what has become old. */
export function decidedEvent(event: { readonly at: Date }, verdict: RecordableVerdict): Prisma.Sql {
  const row = { ...decisionRow(verdict), at: event.at }
  return Prisma.sql`with old as (
  delete from decision_record where account_id = ${row.accountId} and at < ${keptFrom(event.at)}),
event as (${insertEvents([event])})
${insertDecisions([row])}`
}

function keptFrom(at: Date): Date {
  return new Date(at.getTime() - KEPT_MS)
}

/** A decision as it is stored, of at most 32,000 bytes. Costs a second evaluation. */
export function decisionRow(verdict: RecordableVerdict) {
  const { id, principal, action, resource, mfaRequired } = verdict
  const { effect, reason, message } = outcomeOf(verdict)
  const { context, ...looked } = detailsOf(verdict)
  const trace = { message: message === null ? null : fit(message), mfaRequired, ...looked }
  return {
    accountId: principal.accountId,
    id,
    principal: fit(principal.arn),
    action: fit(action),
    resource: storableResource(resource),
    effect,
    reason: reason ?? verdict.decision.reason,
    context,
    trace,
  }
}
