import type { Prisma } from '../../generated/prisma/client.ts'
import type { AccountRead } from '../call.ts'
import { QUOTAS } from '../quotas.ts'

/** What an attached policy, or one that is a boundary, has. Its default version is the one in use. */
const IN_USE = [
  { attachments: { some: {} } },
  { groupAttachments: { some: {} } },
  { roleAttachments: { some: {} } },
  { boundaryOf: { some: {} } },
  { boundaryOfRoles: { some: {} } },
] satisfies Prisma.PolicyWhereInput[]

const COUNTED = {
  users: { where: { root: false } },
  groups: true,
  roles: true,
  instanceProfiles: true,
  policies: { where: { builtIn: false } },
  mfaDevices: true,
  oidcProviders: true,
  samlProviders: true,
  serverCertificates: true,
} satisfies Prisma.AccountCountOutputTypeSelect

/**
 * Counts of an account beside their quotas (iam:GetAccountSummary), in four statements whatever the account holds. The root user
 * is not counted among the users. `summary` has the entries of IAM's SummaryMap; what this service does not have is there none of.
 */
export async function summarizeAccount({ db, principal: { accountId } }: AccountRead) {
  const [account, policyVersionsInUse, mfaDevicesInUse, root] = await Promise.all([
    db.account.findUniqueOrThrow({
      where: { id: accountId },
      select: { id: true, alias: true, createdAt: true, tokenVersion: true, _count: { select: COUNTED } },
    }),
    db.policy.count({ where: { accountId, OR: IN_USE } }),
    db.mfaDevice.count({ where: { accountId, userId: { not: null } } }),
    db.user.findUniqueOrThrow({
      relationLoadStrategy: 'join',
      where: { accountId_id: { accountId, id: accountId } },
      select: {
        _count: { select: { mfaDevices: true, accessKeys: true, signingCertificates: true } },
        loginProfile: { select: { createdAt: true, passwordChangedAt: true } },
      },
    }),
  ])
  const { _count: counts, tokenVersion, ...row } = account
  return {
    ...row,
    users: { used: counts.users, limit: QUOTAS.UsersPerAccount.limit },
    policies: { used: counts.policies, limit: QUOTAS.PoliciesPerAccount.limit },
    mfaDevices: counts.mfaDevices,
    mfaDevicesInUse,
    rootMfaEnabled: root._count.mfaDevices > 0,
    rootPasswordUnchanged:
      root.loginProfile !== null &&
      root.loginProfile.passwordChangedAt.getTime() === root.loginProfile.createdAt.getTime(),
    rootAccessKeysPresent: root._count.accessKeys > 0,
    summary: {
      users: counts.users,
      usersQuota: QUOTAS.UsersPerAccount.limit,
      groups: counts.groups,
      groupsQuota: QUOTAS.GroupsPerAccount.limit,
      roles: counts.roles,
      rolesQuota: QUOTAS.RolesPerAccount.limit,
      policies: counts.policies,
      policiesQuota: QUOTAS.PoliciesPerAccount.limit,
      policyVersionsInUse,
      policyVersionsInUseQuota: QUOTAS.PolicyVersionsInUse.limit,
      instanceProfiles: counts.instanceProfiles,
      instanceProfilesQuota: QUOTAS.InstanceProfilesPerAccount.limit,
      serverCertificates: counts.serverCertificates,
      serverCertificatesQuota: QUOTAS.ServerCertificatesPerAccount.limit,
      providers: counts.oidcProviders + counts.samlProviders,
      mfaDevices: counts.mfaDevices,
      mfaDevicesInUse,
      accountMfaEnabled: Number(root._count.mfaDevices > 0),
      accountAccessKeysPresent: Number(root._count.accessKeys > 0),
      accountPasswordPresent: Number(root.loginProfile !== null),
      accountSigningCertificatesPresent: Number(root._count.signingCertificates > 0),
      userPolicySizeQuota: QUOTAS.InlinePolicySizePerUser.limit,
      groupPolicySizeQuota: QUOTAS.InlinePolicySizePerGroup.limit,
      rolePolicySizeQuota: QUOTAS.InlinePolicySizePerRole.limit,
      policySizeQuota: QUOTAS.PolicySize.limit,
      assumeRolePolicySizeQuota: QUOTAS.ACLSizePerRole.limit,
      groupsPerUserQuota: QUOTAS.GroupsPerUser.limit,
      accessKeysPerUserQuota: QUOTAS.AccessKeysPerUser.limit,
      signingCertificatesPerUserQuota: QUOTAS.SigningCertificatesPerUser.limit,
      attachedPoliciesPerUserQuota: QUOTAS.PoliciesPerUser.limit,
      attachedPoliciesPerGroupQuota: QUOTAS.PoliciesPerGroup.limit,
      attachedPoliciesPerRoleQuota: QUOTAS.PoliciesPerRole.limit,
      versionsPerPolicyQuota: QUOTAS.VersionsPerPolicy.limit,
      globalEndpointTokenVersion: tokenVersion,
    },
  }
}
