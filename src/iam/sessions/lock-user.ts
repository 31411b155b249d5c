import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { holdBack } from '../held-statements.ts'

const STANDING = { account: { include: { passwordPolicy: true } }, loginProfile: true } satisfies Prisma.UserInclude

/** A user with what decides about sessions: password, the account and its rules for passwords, and since when sessions count. */
export type UserStanding = Prisma.UserGetPayload<{ include: typeof STANDING }>

/**
 * Takes the lock on a user's row and reads the user as it stands then; null when it is gone. Whoever starts sessions and
 * whoever ends them takes this lock first, so that no sign-in that began before a password was changed can finish after it.
 */
export async function lockUser(tx: Tx, accountId: string, id: string): Promise<UserStanding | null> {
  // Not FOR UPDATE: rows that merely refer to the user may still be inserted meanwhile.
  await holdBack(tx, Prisma.sql`SELECT 1 FROM "user" WHERE account_id = ${accountId} AND id = ${id} FOR NO KEY UPDATE`)
  return await tx.user.findUnique({ where: { accountId_id: { accountId, id } }, include: STANDING })
}
