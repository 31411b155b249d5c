import { Prisma, type PrismaClient } from '../generated/prisma/client.ts'
import type { AuditDetail } from './audit-entry.ts'
import { recordSuccess } from './audit/record.ts'
import { recordFailure } from './audit/record-within.ts'
import type { Call, Tx } from './call.ts'
import { IamError } from './errors.ts'

/**
 * Runs a change of sessions in one transaction with its audit event. Sessions decide nothing about permissions and are read at
 * every request, so the account's policy epoch need not move. A coded error rolls back and is recorded as a failed attempt.
 */
export async function recorded<T>(call: Call, detail: AuditDetail, work: (tx: Tx) => Promise<T>): Promise<T> {
  return await recordingFailure(call, detail, () =>
    inTransaction(call.db, async (tx) => {
      const result = await work(tx)
      await recordSuccess(tx, call, detail)
      return result
    }),
  )
}

/** Does work of which a coded error is recorded as a failed attempt. What it did is recorded elsewhere. */
export async function recordingFailure<T>(call: Call, detail: AuditDetail, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof IamError) await recordFailure(call.db, call, error.code, detail)
    throw error
  }
}

/** Waiting for a user's lock, or for the one embedded connection, is not a failure. */
export function inTransaction<T>(db: PrismaClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.$transaction(work, {
    isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted,
    maxWait: 30_000,
    timeout: 30_000,
  })
}
