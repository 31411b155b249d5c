import { describe, expect, test } from 'vitest'
import { checkQuota, QUOTAS, type QuotaName } from '../../src/iam/quotas.ts'
import { refusal } from '../support/call.ts'

const MESSAGES: Readonly<Record<QuotaName, string>> = {
  AccessKeysPerUser: 'Cannot exceed quota for AccessKeysPerUser: 2',
  SSHPublicKeysPerUser: 'Cannot exceed quota for SSHPublicKeysPerUser: 5',
  UsersPerAccount: 'Cannot exceed quota for UsersPerAccount: 5000',
  PoliciesPerAccount: 'Cannot exceed quota for PoliciesPerAccount: 1500',
  PoliciesPerUser: 'Cannot exceed quota for PoliciesPerUser: 10',
  GroupsPerAccount: 'Cannot exceed quota for GroupsPerAccount: 300',
  GroupsPerUser: 'Cannot exceed quota for GroupsPerUser: 10',
  PoliciesPerGroup: 'Cannot exceed quota for PoliciesPerGroup: 10',
  InlinePolicySizePerGroup: 'Maximum policy size of 5120 bytes exceeded for group Bob',
  RolesPerAccount: 'Cannot exceed quota for RolesPerAccount: 1000',
  PoliciesPerRole: 'Cannot exceed quota for PoliciesPerRole: 10',
  ACLSizePerRole: 'Cannot exceed quota for ACLSizePerRole: 2048',
  InlinePolicySizePerRole: 'Maximum policy size of 10240 bytes exceeded for role Bob',
  TagsPerRole: 'The number of tags has reached the maximum limit.',
  TagsPerPolicy: 'The number of tags has reached the maximum limit.',
  TagsPerMFADevice: 'The number of tags has reached the maximum limit.',
  TagsPerOpenIdConnectProvider: 'The number of tags has reached the maximum limit.',
  OpenIdConnectProvidersPerAccount: 'Cannot exceed quota for OpenIdConnectProvidersPerAccount: 100',
  TagsPerSAMLProvider: 'The number of tags has reached the maximum limit.',
  SAMLProvidersPerAccount: 'Cannot exceed quota for SAMLProvidersPerAccount: 100',
  ClientIdsPerOpenIdConnectProvider: 'Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100',
  VersionsPerPolicy:
    'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
  PolicySize: 'Cannot exceed quota for PolicySize: 6144',
  InlinePolicySizePerUser: 'Maximum policy size of 2048 bytes exceeded for user Bob',
  TagsPerUser: 'The number of tags has reached the maximum limit.',
  MFADevicesPerUser: 'Cannot exceed quota for MFADevicesPerUser: 8',
  VirtualMFADevicesPerAccount: 'Cannot exceed quota for VirtualMFADevicesPerAccount: 5000',
  PolicyVersionsInUse: 'Cannot exceed quota for PolicyVersionsInUse: 10000',
  InstanceProfilesPerAccount: 'Cannot exceed quota for InstanceProfilesPerAccount: 1000',
  InstanceSessionsPerInstanceProfile: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
  TagsPerInstanceProfile: 'The number of tags has reached the maximum limit.',
  ServiceSpecificCredentialsPerService: 'Cannot exceed quota for ServiceSpecificCredentialsPerService: 2',
  ServiceSpecificCredentialsPerUser: 'Cannot exceed quota for ServiceSpecificCredentialsPerUser: 100',
  TagsPerServerCertificate: 'The number of tags has reached the maximum limit.',
  ServerCertificatesPerAccount: 'Cannot exceed quota for ServerCertificatesPerAccount: 20',
  SigningCertificatesPerUser: 'Cannot exceed quota for SigningCertificatesPerUser: 2',
}

describe.each(Object.entries(QUOTAS))('the quota %s', (name, { limit }) => {
  const quota = Object.keys(QUOTAS).find((key): key is QuotaName => key === name)!

  test('is exhausted, not exceeded, by the limit itself', () => {
    expect(() => checkQuota(quota, limit, 'Bob')).not.toThrow()
  })

  test("answers one more with IAM's text", async () => {
    expect(await refusal(() => checkQuota(quota, limit + 1, 'Bob'))).toEqual({
      code: 'LimitExceeded',
      message: MESSAGES[quota],
    })
  })
})
