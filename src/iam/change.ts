import { Prisma } from '../generated/prisma/client.ts'
import type { AuditDetail } from './audit/audit-entry.ts'
import { recordSuccess } from './audit/record.ts'
import { recordFailure } from './audit/record-within.ts'
import type { Call, Tx } from './call.ts'
import { IamError } from './errors.ts'

/** How often a change is decided anew because others keep changing the same account. */
const MAX_ATTEMPTS = 50

class EpochMoved extends Error {}

/**
 * Runs one change of an account in one transaction with its audit event, and bumps the policy epoch.
 *
 * The bump comes first: it takes the lock on the account's row, so changes of one account run one after another and every
 * statement after it sees all earlier ones. That is what makes quotas and uniqueness hold under concurrency, on both
 * databases, without serialization failures. It also closes the gap between decision and change: when the epoch is not the
 * one that the caller was authorized at, the change is rolled back, authorized again, and only then retried.
 *
 * A coded error of `work` rolls back and is recorded as a failed attempt.
 */
export async function change<T>(call: Call, detail: AuditDetail, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    let authorizedAt = call.principal.epoch
    for (let attempt = 1; ; attempt++) {
      try {
        return await attemptChange(call, detail, authorizedAt, work)
      } catch (error) {
        if (!(error instanceof EpochMoved)) throw error
        if (attempt === MAX_ATTEMPTS)
          throw new IamError('ConcurrentModification', 'The account is being changed by others. Please try again.')
        authorizedAt = await call.reauthorize()
      }
    }
  } catch (error) {
    if (error instanceof IamError) await recordFailure(call.db, call, error.code, detail)
    throw error
  }
}

function attemptChange<T>(
  call: Call,
  detail: AuditDetail,
  authorizedAt: bigint,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return call.db.$transaction(
    async (tx) => {
      const { policyEpoch } = await tx.account.update({
        where: { id: call.principal.accountId },
        data: { policyEpoch: { increment: 1 } },
        select: { policyEpoch: true },
      })
      if (policyEpoch !== authorizedAt + 1n) throw new EpochMoved()
      const result = await work(tx)
      await recordSuccess(tx, call, detail)
      return result
    },
    // Waiting for the account's lock, or for the one embedded connection, is not a failure.
    { isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted, maxWait: 30_000, timeout: 30_000 },
  )
}
