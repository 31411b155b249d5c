import { policyNameKey } from '../authn/arn.ts'
import type { Services, Tx } from '../iam/call.ts'
import type { BuiltInPolicy } from '../iam/policies/built-in/index.ts'

const TRANSACTION = { maxWait: 60_000, timeout: 60_000 }

/**
 * Gives every account a row for each built-in policy, and the newer text where an older release wrote it. Being ordinary rows,
 * they are attached, listed and decided on like all others. Run at every start: gateways that start at once do it once, and one
 * of an older release takes nothing back. A new text is in force at once, hence the policy epoch rises. Returns how many
 * accounts it changed.
 */
export async function ensureBuiltInPolicies(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  policies: readonly BuiltInPolicy[],
): Promise<number> {
  const behind = await db.account.findMany({
    where: {
      OR: policies.map(({ id, version }) => ({
        policies: { none: { id, builtIn: true, latestVersion: { gte: version } } },
      })),
    },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  for (const { id } of behind) {
    await db.$transaction(async (tx) => {
      // The account's row is the lock that all its changes take.
      await tx.account.update({ where: { id }, data: { policyEpoch: { increment: 1 } } })
      await writeBuiltInPolicies(tx, id, policies, clock())
    }, TRANSACTION)
  }
  return behind.length
}

/** Writes what an account lacks of the built-in policies. The account must be locked, or not yet visible to others. */
export async function writeBuiltInPolicies(
  tx: Tx,
  accountId: string,
  policies: readonly BuiltInPolicy[],
  at: Date,
): Promise<void> {
  const rows = await tx.policy.findMany({
    where: { accountId, builtIn: true },
    select: { id: true, latestVersion: true },
  })
  const known = new Map(rows.map(({ id, latestVersion }) => [id, latestVersion]))
  const lacking = policies.filter(({ id, version }) => (known.get(id) ?? 0) < version)
  for (const { id, name, path = '/', description, version } of lacking) {
    const current = { description, defaultVersion: version, latestVersion: version, updatedAt: at }
    await tx.policy.upsert({
      where: { accountId_id: { accountId, id } },
      create: {
        accountId,
        id,
        name,
        nameKey: policyNameKey(name, true),
        path,
        builtIn: true,
        createdAt: at,
        ...current,
      },
      update: current,
      select: { id: true },
    })
  }
  await tx.policyVersion.createMany({
    data: lacking.map(({ id, version, document }) => {
      return { accountId, policyId: id, number: version, document, createdAt: at }
    }),
  })
}
