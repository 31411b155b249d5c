import { camelCase } from '../camel-case.ts'
import type { Operation } from '../operation.ts'
import { at, entriesOf, placeByName, wholeList } from '../output.ts'
import { required, text } from '../parameters.ts'

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

const ALIAS = { AccountAlias: required(text('accountAlias')) }

export const ACCOUNT: readonly Operation[] = [
  {
    name: 'CreateAccountAlias',
    document: 'mutation ($input: CreateAccountAliasInput!) { createAccountAlias(input: $input) { __typename } }',
    parameters: ALIAS,
  },
  {
    name: 'DeleteAccountAlias',
    document: 'mutation ($input: DeleteAccountAliasInput!) { deleteAccountAlias(input: $input) { __typename } }',
    parameters: ALIAS,
  },
  {
    name: 'ListAccountAliases',
    document: 'query { accountAliases }',
    paged: true,
    result: wholeList('AccountAliases', '', placeByName('')),
  },
  {
    name: 'GetAccountSummary',
    document: `query { account { summary { ${SUMMARY_KEYS.map(camelCase).join(' ')} } } }`,
    result: { SummaryMap: at('summary', entriesOf(SUMMARY_KEYS.map((key) => [key, at(camelCase(key))]))) },
  },
]
