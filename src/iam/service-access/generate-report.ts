import { payerOf } from '../../budget/index.ts'
import type { Call, Tx } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { firstUuidOf, uuidv7 } from '../identifiers.ts'
import { recorded, recordingFailure } from '../recorded.ts'
import { type Granularity, makeReport } from './report.ts'
import { findSubject } from './subject.ts'

export interface GenerateServiceAccessReportInput {
  /** Of a user, a group, a role or a managed policy. */
  readonly arn: string
  /** About services alone when absent. */
  readonly granularity?: Granularity | null
}

/** As the documentation of IAM does not say how long jobs are kept: long enough for whoever begins with all and reads them then. */
const KEPT_FOR_MS = 24 * 60 * 60 * 1000
/** Of an account: more than it can have users, groups, roles and policies. */
const MOST_REPORTS = 10_000
/** What looking up one actor costs, in rows of a list. */
const ROWS_PER_ACTOR = 10

/**
 * Makes a report about when a user, group, role or managed policy last used the services that it has permissions for
 * (iam:GenerateServiceLastAccessedDetails). It is there at once, for its maker alone, for a day. Throws NoSuchEntity, InvalidInput,
 * ValidationError; OverBudget for what it looks up and keeps.
 */
export async function generateServiceLastAccessedDetails(
  call: Call,
  input: GenerateServiceAccessReportInput,
): Promise<{ readonly jobId: string }> {
  const { arn } = input
  const granularity = input.granularity ?? 'SERVICE_LEVEL'
  const { db, principal, clock, random } = call
  const { accountId, id: principalId } = principal
  const detail = { arn, granularity }
  const content = await recordingFailure(call, detail, async () => {
    checkConstraints({ arn })
    const budget = call.budgets.of(payerOf(principal, null))
    const subject = await findSubject(db, accountId, arn, budget)
    budget.draw('rows', subject.actors.length * ROWS_PER_ACTOR)
    const text = JSON.stringify(await makeReport(db, accountId, subject, granularity))
    budget.draw('recordBytes', text.length)
    return text
  })
  return await recorded(call, detail, async (tx) => {
    const createdAt = clock()
    const id = uuidv7(createdAt, random)
    await tx.serviceAccessReport.create({
      data: { accountId, id, principalId, arn, granularity, createdAt, content },
      select: { id: true },
    })
    await forgetOld(tx, accountId, createdAt)
    return { jobId: id }
  })
}

/** Whether a report is still to be read. */
export function isKept({ createdAt }: { readonly createdAt: Date }, now: Date): boolean {
  return now.getTime() - createdAt.getTime() < KEPT_FOR_MS
}

async function forgetOld(tx: Tx, accountId: string, now: Date): Promise<void> {
  const tooMany = await tx.serviceAccessReport.findFirst({
    where: { accountId },
    orderBy: { id: 'desc' },
    skip: MOST_REPORTS,
    select: { id: true },
  })
  const tooOld = { id: { lt: firstUuidOf(new Date(now.getTime() - KEPT_FOR_MS + 1)) } }
  await tx.serviceAccessReport.deleteMany({
    where: { accountId, OR: tooMany === null ? [tooOld] : [tooOld, { id: { lte: tooMany.id } }] },
  })
}
