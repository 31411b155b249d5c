import type { summarizeAccount } from '../../iam/reports/summarize-account.ts'
import { builder } from '../builder.ts'

type Summary = Awaited<ReturnType<typeof summarizeAccount>>['summary']

const FLAG = '1 or 0.'
const CHARACTERS = 'A limit in characters, white space between tokens not counted.'

/** IAM's SummaryMap (AWS IAM API reference, GetAccountSummary), its keys with a small first letter. */
export const AccountSummary = builder.objectRef<Summary>('AccountSummary').implement({
  description: 'Counts and quotas of an account, as `GetAccountSummary` of IAM returns them.',
  fields: (t) => ({
    users: t.exposeInt('users', { description: 'IAM users of the account; the root user is not counted.' }),
    usersQuota: t.exposeInt('usersQuota'),
    groups: t.exposeInt('groups'),
    groupsQuota: t.exposeInt('groupsQuota'),
    roles: t.exposeInt('roles'),
    rolesQuota: t.exposeInt('rolesQuota'),
    policies: t.exposeInt('policies', {
      description: 'Customer managed policies of the account; built-in policies are not counted.',
    }),
    policiesQuota: t.exposeInt('policiesQuota'),
    policyVersionsInUse: t.exposeInt('policyVersionsInUse', {
      description: 'Default versions of the managed policies that are attached or are a permissions boundary.',
    }),
    policyVersionsInUseQuota: t.exposeInt('policyVersionsInUseQuota'),
    instanceProfiles: t.exposeInt('instanceProfiles'),
    instanceProfilesQuota: t.exposeInt('instanceProfilesQuota'),
    serverCertificates: t.exposeInt('serverCertificates'),
    serverCertificatesQuota: t.exposeInt('serverCertificatesQuota'),
    providers: t.exposeInt('providers', {
      description: 'Identity providers of the account, of OpenID Connect and of SAML.',
    }),
    mfaDevices: t.exposeInt('mfaDevices', { description: 'Virtual MFA devices of the account, enabled or not.' }),
    mfaDevicesInUse: t.exposeInt('mfaDevicesInUse', {
      description: 'MFA devices that are enabled for a user or for the root user.',
    }),
    accountMfaEnabled: t.exposeInt('accountMfaEnabled', { description: `Whether the root user has MFA: ${FLAG}` }),
    accountAccessKeysPresent: t.exposeInt('accountAccessKeysPresent', {
      description: `Whether the root user has access keys: ${FLAG}`,
    }),
    accountPasswordPresent: t.exposeInt('accountPasswordPresent', {
      description: `Whether the root user has a password: ${FLAG}`,
    }),
    accountSigningCertificatesPresent: t.exposeInt('accountSigningCertificatesPresent', {
      description: `Whether the root user has signing certificates: ${FLAG}`,
    }),
    userPolicySizeQuota: t.exposeInt('userPolicySizeQuota', { description: CHARACTERS }),
    groupPolicySizeQuota: t.exposeInt('groupPolicySizeQuota', { description: CHARACTERS }),
    rolePolicySizeQuota: t.exposeInt('rolePolicySizeQuota', { description: CHARACTERS }),
    policySizeQuota: t.exposeInt('policySizeQuota', { description: CHARACTERS }),
    assumeRolePolicySizeQuota: t.exposeInt('assumeRolePolicySizeQuota', { description: CHARACTERS }),
    groupsPerUserQuota: t.exposeInt('groupsPerUserQuota'),
    accessKeysPerUserQuota: t.exposeInt('accessKeysPerUserQuota'),
    signingCertificatesPerUserQuota: t.exposeInt('signingCertificatesPerUserQuota'),
    attachedPoliciesPerUserQuota: t.exposeInt('attachedPoliciesPerUserQuota'),
    attachedPoliciesPerGroupQuota: t.exposeInt('attachedPoliciesPerGroupQuota'),
    attachedPoliciesPerRoleQuota: t.exposeInt('attachedPoliciesPerRoleQuota'),
    versionsPerPolicyQuota: t.exposeInt('versionsPerPolicyQuota'),
    globalEndpointTokenVersion: t.exposeInt('globalEndpointTokenVersion', {
      description: 'Version of the session tokens of STS that the account has set, in the meaning of IAM: 1 or 2.',
    }),
  }),
})
