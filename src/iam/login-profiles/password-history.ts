import { verifyPassword } from '../../authn/password/index.ts'
import type { Tx } from '../call.ts'

/** No policy can look back farther. */
const REMEMBERED = 24

export interface PasswordOwner {
  readonly accountId: string
  readonly id: string
}

/** Compares one new password with stored hashes, each at most once. */
export type ReuseCheck = (hashes: readonly string[]) => Promise<boolean>

/**
 * Prepares the question whether a password was used before. Argon2 is slow on purpose, so the user's hashes are compared here,
 * before the account is locked; under the lock the check answers from memory, but for a hash that came in between.
 *
 * @param from the address group that asks, which waits in turn with others. Throws TooManyHashes, as the check does.
 */
export async function prepareReuseCheck(
  db: Tx,
  owner: PasswordOwner,
  password: string,
  from: string | null,
): Promise<ReuseCheck> {
  const compared = new Map<string, boolean>()
  const check: ReuseCheck = async (hashes) => {
    let reused = false
    for (const hash of hashes) {
      const known = compared.get(hash) ?? (await verifyPassword(hash, password, from))
      compared.set(hash, known)
      reused ||= known
    }
    return reused
  }
  await check(await refusedHashes(db, owner))
  return check
}

/** The hashes that a new password must not match: that of the current one, and as many former ones as the policy says. */
export async function refusedHashes(db: Tx, { accountId, id: userId }: PasswordOwner): Promise<string[]> {
  const policy = await db.passwordPolicy.findUnique({ where: { accountId }, select: { passwordReusePrevention: true } })
  const former = policy?.passwordReusePrevention ?? 0
  if (former === 0) return []
  const current = await db.loginProfile.findUnique({
    where: { accountId_userId: { accountId, userId } },
    select: { passwordHash: true },
  })
  const rows = await db.formerPassword.findMany({
    where: { accountId, userId },
    orderBy: { replacedAt: 'desc' },
    take: former,
    select: { passwordHash: true },
  })
  return [...(current === null ? [] : [current]), ...rows].map(({ passwordHash }) => passwordHash)
}

/** Remembers a password that goes out of use. Needs the user's lock. */
export async function rememberPassword(
  tx: Tx,
  { accountId, id: userId }: PasswordOwner,
  passwordHash: string,
  at: Date,
): Promise<void> {
  const known = await tx.formerPassword.findMany({
    where: { accountId, userId },
    orderBy: { replacedAt: 'desc' },
    select: { replacedAt: true },
  })
  // Times tell former passwords apart, so no two may be the same.
  const last = known[0]?.replacedAt.getTime() ?? 0
  const replacedAt = new Date(Math.max(at.getTime(), last + 1))
  await tx.formerPassword.create({ data: { accountId, userId, replacedAt, passwordHash } })
  const oldest = known[REMEMBERED - 2]
  if (oldest === undefined) return
  await tx.formerPassword.deleteMany({ where: { accountId, userId, replacedAt: { lt: oldest.replacedAt } } })
}
