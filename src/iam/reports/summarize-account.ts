import type { Tx } from '../call.ts'
import { QUOTAS } from '../quotas.ts'

/** Counts of an account beside their quotas (iam:GetAccountSummary). The root user is not counted among the users. */
export async function summarizeAccount(db: Tx, accountId: string) {
  const account = await db.account.findUniqueOrThrow({ where: { id: accountId }, omit: { policyEpoch: true } })
  const root = { accountId, userId: accountId }
  const [users, policies, mfaDevices, mfaDevicesInUse, rootDevices, rootKeys] = await Promise.all([
    db.user.count({ where: { accountId, root: false } }),
    db.policy.count({ where: { accountId, builtIn: false } }),
    db.mfaDevice.count({ where: { accountId } }),
    db.mfaDevice.count({ where: { accountId, userId: { not: null } } }),
    db.mfaDevice.count({ where: root }),
    db.accessKey.count({ where: root }),
  ])
  return {
    ...account,
    users: { used: users, limit: QUOTAS.UsersPerAccount.limit },
    policies: { used: policies, limit: QUOTAS.PoliciesPerAccount.limit },
    mfaDevices,
    mfaDevicesInUse,
    rootMfaEnabled: rootDevices > 0,
    rootAccessKeysPresent: rootKeys > 0,
  }
}
