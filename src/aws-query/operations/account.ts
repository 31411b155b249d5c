import { camelCase } from '../camel-case.ts'
import type { AwsRow } from '../operation.ts'
import { at, entriesOf, placeByName, wholeList } from '../output.ts'
import { choice, required } from '../parameters.ts'

/** The keys of SummaryMap; the schema has them with small first letters. */
const SUMMARY_KEYS = [
  'Users',
  'UsersQuota',
  'Groups',
  'GroupsQuota',
  'Roles',
  'RolesQuota',
  'Policies',
  'PoliciesQuota',
  'PolicyVersionsInUse',
  'PolicyVersionsInUseQuota',
  'InstanceProfiles',
  'InstanceProfilesQuota',
  'ServerCertificates',
  'ServerCertificatesQuota',
  'Providers',
  'MFADevices',
  'MFADevicesInUse',
  'AccountMFAEnabled',
  'AccountAccessKeysPresent',
  'AccountPasswordPresent',
  'AccountSigningCertificatesPresent',
  'UserPolicySizeQuota',
  'GroupPolicySizeQuota',
  'RolePolicySizeQuota',
  'PolicySizeQuota',
  'AssumeRolePolicySizeQuota',
  'GroupsPerUserQuota',
  'AccessKeysPerUserQuota',
  'SigningCertificatesPerUserQuota',
  'AttachedPoliciesPerUserQuota',
  'AttachedPoliciesPerGroupQuota',
  'AttachedPoliciesPerRoleQuota',
  'VersionsPerPolicyQuota',
  'GlobalEndpointTokenVersion',
]

export const ACCOUNT: readonly AwsRow[] = [
  {
    name: 'ListAccountAliases',
    document: 'query { accountAliases }',
    paged: true,
    result: wholeList('AccountAliases', '', placeByName('')),
  },
  {
    name: 'SetSecurityTokenServicePreferences',
    parameters: { GlobalEndpointTokenVersion: required(choice({ v1Token: 'V1_TOKEN', v2Token: 'V2_TOKEN' })) },
  },
  {
    name: 'GetAccountSummary',
    document: `query { account { summary { ${SUMMARY_KEYS.map(camelCase).join(' ')} } } }`,
    result: { SummaryMap: at('summary', entriesOf(SUMMARY_KEYS.map((key) => [key, at(camelCase(key))]))) },
  },
]
