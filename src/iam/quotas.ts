import { IamError } from './errors.ts'

interface Quota {
  readonly limit: number
  /** What LimitExceeded says; `entity` is the name of the user or thing that is full. */
  readonly exceeded: (limit: number, entity: string) => string
}

/** IAM's quotas, by the names that its messages use (AWS IAM user guide, "IAM and AWS STS quotas"). */
export const QUOTAS = {
  /** Inactive keys count. The root user has the same quota. */
  AccessKeysPerUser: ordinary('AccessKeysPerUser', 2),
  /** Inactive keys count. */
  SSHPublicKeysPerUser: ordinary('SSHPublicKeysPerUser', 5),
  /** Inactive ones count. The root user has the same quota. */
  SigningCertificatesPerUser: ordinary('SigningCertificatesPerUser', 2),
  UsersPerAccount: ordinary('UsersPerAccount', 5000),
  PoliciesPerAccount: ordinary('PoliciesPerAccount', 1500),
  PoliciesPerUser: ordinary('PoliciesPerUser', 10),
  GroupsPerAccount: ordinary('GroupsPerAccount', 300),
  GroupsPerUser: ordinary('GroupsPerUser', 10),
  PoliciesPerGroup: ordinary('PoliciesPerGroup', 10),
  RolesPerAccount: ordinary('RolesPerAccount', 1000),
  PoliciesPerRole: ordinary('PoliciesPerRole', 10),
  /** Characters of a trust policy, white space between tokens not counted. */
  ACLSizePerRole: ordinary('ACLSizePerRole', 2048),
  /** Of one user for one service; inactive and expired ones count. */
  ServiceSpecificCredentialsPerService: ordinary('ServiceSpecificCredentialsPerService', 2),
  /** Of one user for all services: here any host name can be one. */
  ServiceSpecificCredentialsPerUser: ordinary('ServiceSpecificCredentialsPerUser', 100),
  VersionsPerPolicy: {
    limit: 5,
    exceeded: (limit) =>
      `A managed policy can have up to ${limit} versions. Before you create a new version, you must delete an existing version.`,
  },
  /** Characters of one managed policy, white space between tokens not counted. */
  PolicySize: ordinary('PolicySize', 6144),
  /** Characters of all inline policies of one user together, white space between tokens not counted. */
  InlinePolicySizePerUser: {
    limit: 2048,
    exceeded: (limit, user) => `Maximum policy size of ${limit} bytes exceeded for user ${user}`,
  },
  /** Characters of all inline policies of one group together, white space between tokens not counted. */
  InlinePolicySizePerGroup: {
    limit: 5120,
    exceeded: (limit, group) => `Maximum policy size of ${limit} bytes exceeded for group ${group}`,
  },
  /** Characters of all inline policies of one role together, white space between tokens not counted. */
  InlinePolicySizePerRole: {
    limit: 10_240,
    exceeded: (limit, role) => `Maximum policy size of ${limit} bytes exceeded for role ${role}`,
  },
  InstanceProfilesPerAccount: ordinary('InstanceProfilesPerAccount', 1000),
  /** Roles in one instance profile. */
  InstanceSessionsPerInstanceProfile: ordinary('InstanceSessionsPerInstanceProfile', 1),
  TagsPerInstanceProfile: { limit: 50, exceeded: () => 'The number of tags has reached the maximum limit.' },
  ServerCertificatesPerAccount: ordinary('ServerCertificatesPerAccount', 20),
  TagsPerServerCertificate: { limit: 50, exceeded: () => 'The number of tags has reached the maximum limit.' },
  TagsPerRole: { limit: 50, exceeded: () => 'The number of tags has reached the maximum limit.' },
  TagsPerUser: { limit: 50, exceeded: () => 'The number of tags has reached the maximum limit.' },
  TagsPerPolicy: { limit: 50, exceeded: () => 'The number of tags has reached the maximum limit.' },
  TagsPerMFADevice: { limit: 50, exceeded: () => 'The number of tags has reached the maximum limit.' },
  TagsPerOpenIdConnectProvider: { limit: 50, exceeded: () => 'The number of tags has reached the maximum limit.' },
  OpenIdConnectProvidersPerAccount: ordinary('OpenIdConnectProvidersPerAccount', 100),
  TagsPerSAMLProvider: { limit: 50, exceeded: () => 'The number of tags has reached the maximum limit.' },
  SAMLProvidersPerAccount: ordinary('SAMLProvidersPerAccount', 100),
  ClientIdsPerOpenIdConnectProvider: ordinary('ClientIdsPerOpenIdConnectProvider', 100),
  /** Devices that are enabled for one user, or for root. */
  MFADevicesPerUser: ordinary('MFADevicesPerUser', 8),
  VirtualMFADevicesPerAccount: ordinary('VirtualMFADevicesPerAccount', 5000),
  // Only GetAccountSummary names these: nothing here can come near them.
  PolicyVersionsInUse: ordinary('PolicyVersionsInUse', 10_000),
} as const satisfies Readonly<Record<string, Quota>>

export type QuotaName = keyof typeof QUOTAS

/**
 * Refuses with LimitExceeded and IAM's text when `amount`, counted as it would be after the change, is over the quota.
 * Counting and writing must happen in one `change`: its lock is what makes the quota hold under concurrency.
 */
export function checkQuota(name: QuotaName, amount: number, entity = ''): void {
  const quota: Quota = QUOTAS[name]
  if (amount > quota.limit) throw new IamError('LimitExceeded', quota.exceeded(quota.limit, entity))
}

function ordinary(name: string, limit: number): Quota {
  return { limit, exceeded: () => `Cannot exceed quota for ${name}: ${limit}` }
}
