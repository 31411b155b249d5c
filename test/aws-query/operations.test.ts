import { Kind, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { SERVICES } from '../support/aws-services.ts'
import { buildSchema } from '../../src/graphql/schema.ts'

const schema = buildSchema()
const operations = SERVICES.flatMap((service) => service.operations.map((operation) => ({ service, operation })))

/** What IAM and STS are to users, groups, roles, policies, keys, devices, reports and simulation (AWS API reference). */
const PROMISED = `
  iam: CreateUser GetUser ListUsers UpdateUser DeleteUser TagUser UntagUser ListUserTags
  CreateAccessKey UpdateAccessKey DeleteAccessKey ListAccessKeys GetAccessKeyLastUsed
  CreateLoginProfile GetLoginProfile UpdateLoginProfile DeleteLoginProfile ChangePassword
  UpdateAccountPasswordPolicy GetAccountPasswordPolicy DeleteAccountPasswordPolicy
  CreateGroup GetGroup ListGroups UpdateGroup DeleteGroup AddUserToGroup RemoveUserFromGroup ListGroupsForUser
  CreatePolicy GetPolicy ListPolicies DeletePolicy CreatePolicyVersion GetPolicyVersion ListPolicyVersions
  SetDefaultPolicyVersion DeletePolicyVersion TagPolicy UntagPolicy ListPolicyTags ListEntitiesForPolicy
  AttachUserPolicy DetachUserPolicy ListAttachedUserPolicies AttachGroupPolicy DetachGroupPolicy
  ListAttachedGroupPolicies AttachRolePolicy DetachRolePolicy ListAttachedRolePolicies
  PutUserPolicy GetUserPolicy ListUserPolicies DeleteUserPolicy PutGroupPolicy GetGroupPolicy ListGroupPolicies
  DeleteGroupPolicy PutRolePolicy GetRolePolicy ListRolePolicies DeleteRolePolicy
  PutUserPermissionsBoundary DeleteUserPermissionsBoundary PutRolePermissionsBoundary DeleteRolePermissionsBoundary
  CreateRole GetRole ListRoles UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy DeleteRole TagRole UntagRole
  ListRoleTags CreateVirtualMFADevice EnableMFADevice ResyncMFADevice DeactivateMFADevice DeleteVirtualMFADevice
  ListMFADevices GetMFADevice ListVirtualMFADevices TagMFADevice UntagMFADevice ListMFADeviceTags
  CreateAccountAlias DeleteAccountAlias ListAccountAliases GetAccountSummary GetAccountAuthorizationDetails
  GenerateCredentialReport GetCredentialReport SimulateCustomPolicy SimulatePrincipalPolicy
  GetContextKeysForCustomPolicy GetContextKeysForPrincipalPolicy
  CreateOpenIDConnectProvider GetOpenIDConnectProvider ListOpenIDConnectProviders DeleteOpenIDConnectProvider
  AddClientIDToOpenIDConnectProvider RemoveClientIDFromOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint
  TagOpenIDConnectProvider UntagOpenIDConnectProvider ListOpenIDConnectProviderTags
  sts: GetCallerIdentity GetSessionToken AssumeRole AssumeRoleWithWebIdentity GetFederationToken GetAccessKeyInfo DecodeAuthorizationMessage
`

const promised = PROMISED.split(/\s(?=iam:|sts:)/).flatMap((section) => {
  const [service, ...names] = section.trim().split(/:?\s+/)
  return names.map((name) => `${service}:${name}`)
})

describe('every action', () => {
  test('that is promised has one row, and no other has', () => {
    const names = operations.map(({ service, operation }) => `${service.name}:${operation.name}`)
    expect(new Set(names).size).toBe(names.length)
    expect(promised.length).toBeGreaterThan(110)
    expect(names.toSorted()).toEqual(promised.toSorted())
  })

  test.each(operations)('is an operation of the schema with one root field: $operation.name', ({ operation }) => {
    const document = parse(operation.document)
    expect(validate(schema, document)).toEqual([])
    expect(document.definitions).toMatchObject([
      { kind: Kind.OPERATION_DEFINITION, selectionSet: { selections: [{ kind: Kind.FIELD }] } },
    ])
  })
})
