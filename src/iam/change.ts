import { payerOf } from '../budget/index.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { AuditDetail } from './audit-entry.ts'
import { eventOf, recordSuccess } from './audit/record.ts'
import { recordFailure } from './audit/record-within.ts'
import type { Call, Tx } from './call.ts'
import { ChangeNotBegun } from './change-queue.ts'
import { IamError } from './errors.ts'
import { holdForAnswer } from './held-statements.ts'

/** How often the decision on a change is repeated where that cannot be done under the account's lock. */
const MAX_ATTEMPTS = 50

class EpochMoved extends Error {}

/**
 * Runs one change of an account in one transaction with its audit event, and bumps the policy epoch.
 *
 * Changes of one account wait for their turn in this process, and not for its lock, each on a connection. The bump comes first, in
 * one round trip with the first statement of the work: it takes the lock on the account's row, which other processes wait for, so
 * changes of one account run one after another and every statement after it sees all earlier ones. That is what makes quotas and
 * uniqueness hold under concurrency, on both databases, without serialization failures. It also closes the gap between decision and
 * change: when the epoch is not the one that the caller was authorized at, the caller is authenticated and authorized again before
 * anything of the work is kept or told.
 *
 * A coded error of `work` rolls back and is recorded as a failed attempt. Throws ChangeNotBegun when the turn does not come in
 * time; those attempts are counted in the trail.
 */
export async function change<T>(call: Call, detail: AuditDetail, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { accountId } = call.principal
  try {
    return await call.changes.run(
      { accountId, caller: payerOf(call.principal, null).id, waited: call.request.cost?.waited },
      () => (call.changes.spareConnection ? decidedUnderLock(call, detail, work) : decidedBefore(call, detail, work)),
    )
  } catch (error) {
    if (error instanceof IamError) await recordFailure(call.db, call, error.code, detail)
    if (error instanceof ChangeNotBegun)
      call.tally.count({ ...eventOf(call), result: 'FAILURE', errorCode: error.code })
    throw error
  }
}

/**
 * Authorizes under the lock, on a second connection: nobody can move the epoch meanwhile, so that no attempt is in vain however
 * many other processes change the account.
 */
function decidedUnderLock<T>(call: Call, detail: AuditDetail, work: (tx: Tx) => Promise<T>): Promise<T> {
  return attempt(call, detail, work, async (before) => {
    if (call.principal.epoch === before) return
    if ((await call.reauthorize()) !== before) throw new Error('The epoch moved under the lock of its account.')
  })
}

/**
 * With one connection nobody can be authorized while the transaction has it. But then there is one process, which knows the epoch:
 * an attempt is in vain only after something else than a change has moved it.
 */
async function decidedBefore<T>(call: Call, detail: AuditDetail, work: (tx: Tx) => Promise<T>): Promise<T> {
  const known = call.changes.epochOf(call.principal.accountId) ?? 0n
  let authorizedAt = call.principal.epoch
  if (known > authorizedAt) authorizedAt = await call.reauthorize()
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt(call, detail, work, async (before) => {
        if (before !== authorizedAt) throw new EpochMoved()
      })
    } catch (error) {
      if (!(error instanceof EpochMoved)) throw error
      if (attempts === MAX_ATTEMPTS) throw new ChangeNotBegun()
      authorizedAt = await call.reauthorize()
    }
  }
}

/** @param decide makes sure of the caller's authority at the epoch that the change begins at, or throws */
async function attempt<T>(
  call: Call,
  detail: AuditDetail,
  work: (tx: Tx) => Promise<T>,
  decide: (epoch: bigint) => Promise<void>,
): Promise<T> {
  const { accountId } = call.principal
  let epoch = 0n
  const result = await call.db.$transaction(
    async (tx) => {
      const raised = await raiseEpoch(tx, accountId)
      // Nothing of the work is kept or told before the decision, which is why the lock can be taken with its first statement.
      const done = await settled(work(tx))
      epoch = await raised()
      await decide(epoch - 1n)
      if (done.refusal !== undefined) throw done.refusal
      await recordSuccess(tx, call, detail)
      return done.result
    },
    // Waiting for the account's lock, or for the one embedded connection, is not a failure.
    { isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted, maxWait: 30_000, timeout: 30_000 },
  )
  call.changes.left(accountId, epoch)
  return result
}

type Settled<T> = { readonly result: T; readonly refusal?: undefined } | { readonly refusal: IamError }

/** What work came to: done, or refused. Throws what else it throws. */
async function settled<T>(work: Promise<T>): Promise<Settled<T>> {
  try {
    return { result: await work }
  } catch (error) {
    if (error instanceof IamError) return { refusal: error }
    throw error
  }
}

/** Plain SQL, like what else happens with every change: Prisma would cost as much again. Answers how to know what it was raised to. */
async function raiseEpoch(tx: Tx, accountId: string): Promise<() => Promise<bigint>> {
  const held = await holdForAnswer<{ policy_epoch: bigint }>(
    tx,
    'epoch',
    Prisma.sql`update account set policy_epoch = policy_epoch + 1 where id = ${accountId} returning policy_epoch`,
    Prisma.sql`select policy_epoch from account where id = ${accountId}`,
  )
  return async () => {
    const [account] = await held.answer()
    if (account === undefined) throw new Error(`There is no account ${accountId}.`)
    return account.policy_epoch
  }
}
