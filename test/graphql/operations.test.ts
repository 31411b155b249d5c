import { type GraphQLField, isInterfaceType, isObjectType } from 'graphql'
import { describe, expect, test } from 'vitest'
import { ACTIONS } from '../../src/access/actions.ts'
import { AWS_NAMES } from '../../src/access/aws-names.ts'
import { camelCase } from '../../src/aws-query/camel-case.ts'
import { operationFactsOf } from '../../src/graphql/operation-facts.ts'
import { buildSchema } from '../../src/graphql/schema.ts'
import { declaredAccess } from './declared-access.ts'

/** Reads, and what is no declared mutation: every other operation of IAM and STS, by its action, and the fields that are it. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  // Users.
  'iam:GetUser': ['Query.user'],
  'iam:ListUsers': ['Query.users'],
  'iam:ListUserTags': ['User.tags', 'Query.userTags'],
  // Access keys.
  'iam:ListAccessKeys': ['User.accessKeys', 'Query.accessKeys'],
  'iam:GetAccessKeyLastUsed': ['AccessKey.lastUsed', 'Query.accessKey'],
  'iam:ListServiceSpecificCredentials': ['Query.serviceSpecificCredentials'],
  // SSH public keys.
  'iam:GetSSHPublicKey': ['Query.sshPublicKey'],
  'iam:ListSSHPublicKeys': ['Query.sshPublicKeys'],
  // Signing certificates.
  'iam:ListSigningCertificates': ['Query.signingCertificates'],
  // Passwords.
  'iam:GetLoginProfile': ['User.loginProfile'],
  // The password policy.
  'iam:GetAccountPasswordPolicy': ['Query.passwordPolicy'],
  // Groups.
  'iam:GetGroup': ['Query.group', 'Group.users'],
  'iam:ListGroups': ['Query.groups'],
  'iam:ListGroupsForUser': ['User.groups'],
  // Managed policies.
  'iam:GetPolicy': ['Query.policy'],
  'iam:ListPolicies': ['Query.policies'],
  'iam:GetPolicyVersion': ['PolicyVersion.policyDocument', 'Query.policyVersion'],
  'iam:ListPolicyVersions': ['Policy.versions', 'Query.policyVersions'],
  'iam:ListPolicyTags': ['Policy.tags'],
  'iam:ListEntitiesForPolicy': ['Policy.entities'],
  'iam:ListAttachedUserPolicies': ['User.attachedPolicies', 'Query.attachedUserPolicies'],
  'iam:ListAttachedGroupPolicies': ['Group.attachedPolicies'],
  'iam:ListAttachedRolePolicies': ['Role.attachedPolicies'],
  // Inline policies.
  'iam:GetUserPolicy': ['InlinePolicy.policyDocument', 'Query.userPolicy'],
  'iam:ListUserPolicies': ['User.inlinePolicies', 'Query.userPolicyNames'],
  'iam:GetGroupPolicy': ['InlinePolicy.policyDocument'],
  'iam:ListGroupPolicies': ['Group.inlinePolicies'],
  'iam:GetRolePolicy': ['InlinePolicy.policyDocument'],
  'iam:ListRolePolicies': ['Role.inlinePolicies'],
  // Roles.
  'iam:GetRole': ['Query.role'],
  'iam:ListRoles': ['Query.roles'],
  'iam:ListRoleTags': ['Role.tags'],
  'iam:GetInstanceProfile': ['Query.instanceProfile'],
  'iam:ListInstanceProfiles': ['Query.instanceProfiles'],
  'iam:ListInstanceProfilesForRole': ['Query.instanceProfilesForRole'],
  'iam:ListInstanceProfileTags': ['InstanceProfile.tags', 'Query.instanceProfileTags'],
  // Server certificates.
  'iam:GetServerCertificate': ['Query.serverCertificate', 'ServerCertificate.certificateBody'],
  'iam:GetServiceLinkedRoleDeletionStatus': ['Query.serviceLinkedRoleDeletion'],
  'iam:ListServerCertificates': ['Query.serverCertificates'],
  'iam:ListServerCertificateTags': ['ServerCertificate.tags', 'Query.serverCertificateTags'],
  // MFA devices.
  'iam:ListMFADevices': ['User.mfaDevices'],
  'iam:GetMFADevice': ['Query.mfaDevice'],
  'iam:ListVirtualMFADevices': ['Query.virtualMfaDevices'],
  'iam:ListMFADeviceTags': ['MfaDevice.tags'],
  // The account.
  'iam:ListAccountAliases': ['Query.accountAliases'],
  'iam:GetAccountSummary': ['Query.account'],
  'iam:GetAccountAuthorizationDetails': ['Query.accountAuthorizationDetails'],
  'iam:GetCredentialReport': ['Query.credentialReport'],
  // Last access.
  'iam:GetServiceLastAccessedDetails': ['Query.serviceLastAccessedDetails'],
  'iam:GetServiceLastAccessedDetailsWithEntities': ['Query.serviceLastAccessedDetailsWithEntities'],
  'iam:ListPoliciesGrantingServiceAccess': ['Query.policiesGrantingServiceAccess'],
  // Simulation.
  'iam:SimulateCustomPolicy': ['Query.simulateCustomPolicy'],
  'iam:SimulatePrincipalPolicy': ['Query.simulatePrincipalPolicy'],
  'iam:GetContextKeysForCustomPolicy': ['Query.contextKeysForCustomPolicy'],
  'iam:GetContextKeysForPrincipalPolicy': ['Query.contextKeysForPrincipalPolicy'],
  // Identity providers.
  'iam:GetOpenIDConnectProvider': ['Query.openIdConnectProvider'],
  'iam:ListOpenIDConnectProviders': ['Query.openIdConnectProviders'],
  'iam:ListOpenIDConnectProviderTags': ['OpenIdConnectProvider.tags'],
  'iam:GetOutboundWebIdentityFederationInfo': ['Query.outboundWebIdentityFederation'],
  'iam:GetSAMLProvider': ['Query.samlProvider'],
  'iam:ListSAMLProviders': ['Query.samlProviders'],
  'iam:ListSAMLProviderTags': ['SamlProvider.tags'],
  // STS.
  'sts:GetCallerIdentity': ['Query.viewer'],
  'sts:GetSessionToken': ['Mutation.getSessionToken'],
  'sts:AssumeRole': ['Mutation.assumeRole'],
  'sts:AssumeRoleWithSAML': ['Mutation.assumeRoleWithSaml'],
  'sts:AssumeRoleWithWebIdentity': ['Mutation.assumeRoleWithWebIdentity'],
  'sts:GetFederationToken': ['Mutation.getFederationToken'],
  'sts:GetAccessKeyInfo': ['Query.accessKeyInfo'],
  'sts:DecodeAuthorizationMessage': ['Query.decodeAuthorizationMessage'],
}

/** Operations that no policy decides on, or not a policy of the caller alone: what their field says instead, and why. */
const OPEN: Readonly<Record<string, { readonly rule: string; readonly why: string }>> = {
  'sts:GetCallerIdentity': { rule: 'authenticated', why: 'It works even under an explicit deny.' },
  'sts:GetSessionToken': { rule: 'authenticated', why: 'Policies cannot control it.' },
  'sts:AssumeRole': {
    rule: 'authenticated',
    why: 'The trust policy of the role decides, with the policies of the caller.',
  },
  'sts:AssumeRoleWithWebIdentity': {
    rule: 'public',
    why: 'The trust policy of the role decides on a token; nobody signs.',
  },
  'sts:AssumeRoleWithSAML': {
    rule: 'public',
    why: 'The trust policy of the role decides on an assertion; nobody signs.',
  },
}

/** Actions that are no operation here: a permission beside one, or one of another service. */
const BESIDE: Readonly<Record<string, string>> = {
  'cloudtrail:LookupEvents': 'The audit trail is read with the permission of CloudTrail.',
  'latchkey:ListSessions': 'AWS shows nobody where a user is signed in.',
  'latchkey:RevokeSession': 'AWS ends sessions of users by policies that look at the time of the token.',
  'iam:PassRole': 'It lets a role be handed to a machine.',
  'sts:TagGetWebIdentityToken': 'It lets tokens have tags.',
  'sts:TagSession': 'It lets sessions have tags.',
}

const schema = buildSchema()

/** Mutations that carry out the action whose name they have: they declare it. */
const DECLARED = Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) => {
  const action = operationFactsOf(field)?.action
  return action !== undefined && camelCase(action.split(':')[1] ?? '') === field.name
    ? [[action, [`Mutation.${field.name}`]] as const]
    : []
})

const OPERATIONS: Readonly<Record<string, readonly string[]>> = { ...WRITTEN, ...Object.fromEntries(DECLARED) }

function fieldAt(place: string): GraphQLField<unknown, unknown> | undefined {
  const [typeName = '', fieldName = ''] = place.split('.')
  const type = schema.getType(typeName)
  return isObjectType(type) ? type.getFields()[fieldName] : undefined
}

/** Actions that a field names. */
function actionsOf(field: Pick<GraphQLField<unknown, unknown>, 'extensions'>): string[] {
  return (declaredAccess(field)?.requirements ?? []).map(({ action }) => action)
}

const named = new Set(
  Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) => Object.values(type.getFields()).flatMap(actionsOf)),
)

describe('every operation of IAM and STS has a field that names its action:', () => {
  test.each(Object.entries(OPERATIONS).flatMap(([action, places]) => places.map((place) => [action, place] as const)))(
    '%s is %s',
    (action, place) => {
      const field = fieldAt(place)
      expect(field, 'a field of the schema').toBeDefined()
      const open = OPEN[action]
      if (open === undefined) expect(actionsOf(field!)).toContain(action)
      else expect(declaredAccess(field!)?.rule, open.why).toBe(open.rule)
    },
  )

  test('those that the list of AWS’s names offers', () => {
    const offered = AWS_NAMES.filter(({ notOffered }) => notOffered === null)
    const names = offered.map(({ service, name }) => `${service}:${name}`)
    const here = Object.keys(OPERATIONS).filter((action) => /^(?:iam|sts):/.test(action))
    expect(here.toSorted()).toEqual(names.toSorted())
  })
})

describe('the catalogue of actions', () => {
  test('knows every operation that policies decide on', () => {
    expect(Object.keys(OPERATIONS).filter((action) => !(action in ACTIONS) && !(action in OPEN))).toEqual([])
  })

  test('has nothing that is neither an operation nor said to be something else', () => {
    expect(Object.keys(ACTIONS).filter((action) => !(action in OPERATIONS) && !(action in BESIDE))).toEqual([])
  })

  test('has nothing that no field needs', () => {
    expect(Object.keys(ACTIONS).filter((action) => !named.has(action))).toEqual([])
  })
})
