import type { AwsRow } from '../operation.ts'
import { type Asked, at, blob, kindsOfPage, list, type Members, policyText, structure, timestamp } from '../output.ts'
import { choice, list as listOf } from '../parameters.ts'
import type { Tree } from '../tree.ts'
import { ATTACHED_POLICY, boundary, connection, TAG } from './common.ts'
import { POLICY, POLICY_FIELDS, VERSION } from './policies.ts'

const INLINE = list(structure({ PolicyName: at('policyName'), PolicyDocument: at('policyText', policyText) }))
const ATTACHED: Members = { AttachedManagedPolicies: at('attachedManagedPolicies', list(ATTACHED_POLICY)) }
const LIMITED: Members = {
  PermissionsBoundary: at('permissionsBoundary', boundary(at(''))),
  Tags: at('tags', list(TAG)),
}

const USER_DETAIL = structure({
  Path: at('path'),
  UserName: at('userName'),
  UserId: at('userId'),
  Arn: at('arn'),
  CreateDate: at('createdAt', timestamp),
  UserPolicyList: at('userPolicyList', INLINE),
  GroupList: at('groupList', list()),
  ...ATTACHED,
  ...LIMITED,
})

const GROUP_DETAIL = structure({
  Path: at('path'),
  GroupName: at('groupName'),
  GroupId: at('groupId'),
  Arn: at('arn'),
  CreateDate: at('createdAt', timestamp),
  GroupPolicyList: at('groupPolicyList', INLINE),
  ...ATTACHED,
})

const ROLE_OF_PROFILE: Members = {
  Path: at('path'),
  RoleName: at('roleName'),
  RoleId: at('roleId'),
  Arn: at('arn'),
  CreateDate: at('createdAt', timestamp),
  AssumeRolePolicyDocument: at('assumeRolePolicyText', policyText),
}

const ROLE_DETAIL = structure({
  ...ROLE_OF_PROFILE,
  InstanceProfileList: profilesWithTheirRole,
  RolePolicyList: at('rolePolicyList', INLINE),
  ...ATTACHED,
  ...LIMITED,
  RoleLastUsed: structure({ LastUsedDate: at('lastUsedAt', timestamp), Region: at('lastUsedRegion') }),
})

/** Each instance profile has its role inside, which is the one that the list belongs to. */
function profilesWithTheirRole(role: unknown, asked: Asked): Tree | undefined {
  const profile = structure({
    Path: at('path'),
    InstanceProfileName: at('instanceProfileName'),
    InstanceProfileId: at('instanceProfileId'),
    Arn: at('arn'),
    CreateDate: at('createdAt', timestamp),
    Roles: () => list(structure(ROLE_OF_PROFILE))([role], asked),
  })
  return at('instanceProfileList', list(profile))(role, asked)
}

const POLICY_DETAIL = structure({
  ...POLICY,
  PolicyVersionList: at('policyVersionList', list(structure(VERSION))),
})

const ATTACHED_FIELDS = 'attachedManagedPolicies { policyName policyArn }'
const LIMITED_FIELDS = 'permissionsBoundary tags { key value }'
const INLINE_FIELDS = '{ policyName policyText }'
const DETAIL_FIELDS = `__typename
  ... on UserDetail {
    path userName userId arn createdAt userPolicyList ${INLINE_FIELDS} groupList ${ATTACHED_FIELDS} ${LIMITED_FIELDS}
  }
  ... on GroupDetail { path groupName groupId arn createdAt groupPolicyList ${INLINE_FIELDS} ${ATTACHED_FIELDS} }
  ... on RoleDetail {
    path roleName roleId arn createdAt assumeRolePolicyText
    instanceProfileList { path instanceProfileName instanceProfileId arn createdAt } rolePolicyList ${INLINE_FIELDS} ${ATTACHED_FIELDS}
    ${LIMITED_FIELDS} lastUsedAt lastUsedRegion
  }
  ... on ManagedPolicyDetail {
    ${POLICY_FIELDS} description policyVersionList { policyText versionId isDefaultVersion createdAt }
  }`

export const REPORTS: readonly AwsRow[] = [
  {
    name: 'GetAccountAuthorizationDetails',
    document: `query ($filter: [AuthorizationDetailFilter!], $first: Int, $after: String) {
      accountAuthorizationDetails {
        details(filter: $filter, first: $first, after: $after) { ${connection(DETAIL_FIELDS)} }
      }
    }`,
    parameters: {
      Filter: listOf(
        choice({
          User: 'USER',
          Role: 'ROLE',
          Group: 'GROUP',
          LocalManagedPolicy: 'LOCAL_MANAGED_POLICY',
          AWSManagedPolicy: 'AWS_MANAGED_POLICY',
        }),
      ),
    },
    paged: true,
    result: kindsOfPage('details', '__typename', {
      UserDetailList: ['UserDetail', USER_DETAIL],
      GroupDetailList: ['GroupDetail', GROUP_DETAIL],
      RoleDetailList: ['RoleDetail', ROLE_DETAIL],
      Policies: ['ManagedPolicyDetail', POLICY_DETAIL],
    }),
  },
  {
    name: 'GenerateCredentialReport',
    document: 'mutation { generateCredentialReport { state description } }',
    result: { State: at('state'), Description: at('description') },
  },
  {
    name: 'GetCredentialReport',
    document: 'query { credentialReport { content reportFormat generatedAt } }',
    result: {
      Content: at('content', blob),
      ReportFormat: at('reportFormat'),
      GeneratedTime: at('generatedAt', timestamp),
    },
  },
]
