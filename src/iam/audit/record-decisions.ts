import type { RecordableVerdict } from '../../access/verdict.ts'
import type { Services, Tx } from '../call.ts'
import { type DecisionDetails, detailsOf, outcomeOf } from './decision-details.ts'
import { fit, storableResource } from './storable-text.ts'

/** Decisions explain what happened lately; the trail itself stays. */
const KEPT_MS = 90 * 86_400_000

/** A page of a thousand things that are all denied for one reason needs no thousand explanations. */
const MOST_OF_A_REQUEST = 100

/** What `trace` holds beside the columns. */
export type RecordedTrace = Pick<DecisionDetails, 'statements' | 'missingContextValues'> & {
  readonly message: string | null
  readonly mfaRequired: boolean
}

/** Keeps what is needed to explain the decisions of a request afterwards, and drops what has become old. */
export async function recordDecisions(
  db: Tx,
  { clock }: Pick<Services, 'clock'>,
  verdicts: readonly RecordableVerdict[],
): Promise<void> {
  const [first] = verdicts
  if (first === undefined) return
  const at = clock()
  await db.decisionRecord.createMany({
    data: verdicts.slice(0, MOST_OF_A_REQUEST).map((verdict) => ({ ...rowOf(verdict), at })),
  })
  const { accountId } = first.principal
  await db.decisionRecord.deleteMany({ where: { accountId, at: { lt: new Date(at.getTime() - KEPT_MS) } } })
}

function rowOf(verdict: RecordableVerdict) {
  const { id, principal, action, resource, mfaRequired } = verdict
  const { effect, reason, message } = outcomeOf(verdict)
  const { context, statements, missingContextValues } = detailsOf(verdict)
  const trace = { message: message === null ? null : fit(message), mfaRequired, statements, missingContextValues }
  return {
    accountId: principal.accountId,
    id,
    principal: principal.arn,
    action,
    resource: storableResource(resource),
    effect,
    reason: reason ?? verdict.decision.reason,
    context,
    trace,
  }
}
