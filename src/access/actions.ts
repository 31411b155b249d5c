import type { PathedKind, ResourceKind } from './entities.ts'

/** As in the service authorization reference. */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Permissions management' | 'Tagging'

export interface ActionFacts {
  /** What it is checked on. `account` actions have no resource type of their own. */
  readonly resource: ResourceKind
  readonly level: AccessLevel
  /** Lists: the kind whose root IAM evaluates in place of a resource, `arn:aws:iam::A:user/`. */
  readonly listed?: PathedKind
  /** Condition keys beyond the global ones that the gate fills for this action. */
  readonly keys?: readonly string[]
}

const REQUEST_TAGS = ['aws:RequestTag/', 'aws:TagKeys'] as const
const TAG_KEYS = ['aws:TagKeys'] as const
const ATTACHED_POLICY = ['iam:PolicyARN', 'iam:PermissionsBoundary'] as const
const POLICY_ARN = ['iam:PolicyARN'] as const
const BOUNDARY = ['iam:PermissionsBoundary'] as const

/**
 * The catalogue: every action that a field of the schema needs, with the kind of resource it is checked on. A field's access
 * declaration compiles only when action and resource kind agree.
 */
export const ACTIONS = {
  'cloudtrail:LookupEvents': { resource: 'account', level: 'Read' },
  'iam:AddClientIDToOpenIDConnectProvider': { resource: 'oidc-provider', level: 'Write' },
  'iam:AddRoleToInstanceProfile': { resource: 'instance-profile', level: 'Write' },
  'iam:AddUserToGroup': { resource: 'group', level: 'Permissions management' },
  'iam:AttachGroupPolicy': { resource: 'group', level: 'Permissions management', keys: POLICY_ARN },
  'iam:AttachRolePolicy': { resource: 'role', level: 'Permissions management', keys: ATTACHED_POLICY },
  'iam:AttachUserPolicy': { resource: 'user', level: 'Permissions management', keys: ATTACHED_POLICY },
  'iam:ChangePassword': { resource: 'user', level: 'Write' },
  'iam:CreateAccessKey': { resource: 'user', level: 'Write' },
  'iam:CreateAccountAlias': { resource: 'account', level: 'Write' },
  'iam:CreateGroup': { resource: 'group', level: 'Write' },
  'iam:CreateInstanceProfile': { resource: 'instance-profile', level: 'Write', keys: REQUEST_TAGS },
  'iam:CreateLoginProfile': { resource: 'user', level: 'Write' },
  'iam:CreateOpenIDConnectProvider': { resource: 'oidc-provider', level: 'Write', keys: REQUEST_TAGS },
  'iam:CreatePolicy': { resource: 'policy', level: 'Permissions management', keys: REQUEST_TAGS },
  'iam:CreatePolicyVersion': { resource: 'policy', level: 'Permissions management' },
  'iam:CreateRole': { resource: 'role', level: 'Write', keys: [...REQUEST_TAGS, ...BOUNDARY] },
  'iam:CreateUser': { resource: 'user', level: 'Write', keys: [...REQUEST_TAGS, ...BOUNDARY] },
  'iam:CreateVirtualMFADevice': { resource: 'mfa', level: 'Write', keys: REQUEST_TAGS },
  'iam:DeactivateMFADevice': { resource: 'user', level: 'Write' },
  'iam:DeleteAccessKey': { resource: 'user', level: 'Write' },
  'iam:DeleteAccountAlias': { resource: 'account', level: 'Write' },
  'iam:DeleteAccountPasswordPolicy': { resource: 'account', level: 'Permissions management' },
  'iam:DeleteGroup': { resource: 'group', level: 'Write' },
  'iam:DeleteGroupPolicy': { resource: 'group', level: 'Permissions management' },
  'iam:DeleteInstanceProfile': { resource: 'instance-profile', level: 'Write' },
  'iam:DeleteLoginProfile': { resource: 'user', level: 'Write' },
  'iam:DeleteOpenIDConnectProvider': { resource: 'oidc-provider', level: 'Write' },
  'iam:DeletePolicy': { resource: 'policy', level: 'Permissions management' },
  'iam:DeletePolicyVersion': { resource: 'policy', level: 'Permissions management' },
  'iam:DeleteRole': { resource: 'role', level: 'Write', keys: BOUNDARY },
  'iam:DeleteRolePermissionsBoundary': { resource: 'role', level: 'Permissions management', keys: BOUNDARY },
  'iam:DeleteRolePolicy': { resource: 'role', level: 'Permissions management', keys: BOUNDARY },
  'iam:DeleteUser': { resource: 'user', level: 'Write' },
  'iam:DeleteUserPermissionsBoundary': { resource: 'user', level: 'Permissions management', keys: BOUNDARY },
  'iam:DeleteUserPolicy': { resource: 'user', level: 'Permissions management', keys: BOUNDARY },
  'iam:DeleteVirtualMFADevice': { resource: 'mfa', level: 'Write' },
  'iam:DetachGroupPolicy': { resource: 'group', level: 'Permissions management', keys: POLICY_ARN },
  'iam:DetachRolePolicy': { resource: 'role', level: 'Permissions management', keys: ATTACHED_POLICY },
  'iam:DetachUserPolicy': { resource: 'user', level: 'Permissions management', keys: ATTACHED_POLICY },
  'iam:EnableMFADevice': { resource: 'user', level: 'Write' },
  'iam:GenerateCredentialReport': { resource: 'account', level: 'Read' },
  'iam:GetAccessKeyLastUsed': { resource: 'user', level: 'Read' },
  'iam:GetAccountAuthorizationDetails': { resource: 'account', level: 'Read' },
  'iam:GetAccountPasswordPolicy': { resource: 'account', level: 'Read' },
  'iam:GetAccountSummary': { resource: 'account', level: 'List' },
  'iam:GetContextKeysForCustomPolicy': { resource: 'account', level: 'Read' },
  'iam:GetContextKeysForPrincipalPolicy': { resource: 'principal', level: 'Read' },
  'iam:GetCredentialReport': { resource: 'account', level: 'Read' },
  'iam:GetGroup': { resource: 'group', level: 'Read' },
  'iam:GetGroupPolicy': { resource: 'group', level: 'Read' },
  'iam:GetInstanceProfile': { resource: 'instance-profile', level: 'Read' },
  'iam:GetLoginProfile': { resource: 'user', level: 'List' },
  'iam:GetMFADevice': { resource: 'user', level: 'Read' },
  'iam:GetOpenIDConnectProvider': { resource: 'oidc-provider', level: 'Read' },
  'iam:GetPolicy': { resource: 'policy', level: 'Read' },
  'iam:GetPolicyVersion': { resource: 'policy', level: 'Read' },
  'iam:GetRole': { resource: 'role', level: 'Read' },
  'iam:GetRolePolicy': { resource: 'role', level: 'Read' },
  'iam:GetUser': { resource: 'user', level: 'Read' },
  'iam:GetUserPolicy': { resource: 'user', level: 'Read' },
  'iam:ListAccessKeys': { resource: 'user', level: 'List' },
  'iam:ListAccountAliases': { resource: 'account', level: 'List' },
  'iam:ListAttachedGroupPolicies': { resource: 'group', level: 'List' },
  'iam:ListAttachedRolePolicies': { resource: 'role', level: 'List' },
  'iam:ListAttachedUserPolicies': { resource: 'user', level: 'List' },
  'iam:ListEntitiesForPolicy': { resource: 'policy', level: 'List' },
  'iam:ListGroupPolicies': { resource: 'group', level: 'List' },
  'iam:ListGroups': { resource: 'account', level: 'List', listed: 'group' },
  'iam:ListGroupsForUser': { resource: 'user', level: 'List' },
  'iam:ListInstanceProfileTags': { resource: 'instance-profile', level: 'List' },
  'iam:ListInstanceProfiles': { resource: 'account', level: 'List', listed: 'instance-profile' },
  'iam:ListInstanceProfilesForRole': { resource: 'role', level: 'List' },
  'iam:ListMFADeviceTags': { resource: 'mfa', level: 'List' },
  'iam:ListMFADevices': { resource: 'user', level: 'List' },
  'iam:ListOpenIDConnectProviderTags': { resource: 'oidc-provider', level: 'List' },
  'iam:ListOpenIDConnectProviders': { resource: 'account', level: 'List' },
  'iam:ListPolicies': { resource: 'account', level: 'List', listed: 'policy' },
  'iam:ListPolicyTags': { resource: 'policy', level: 'List' },
  'iam:ListPolicyVersions': { resource: 'policy', level: 'List' },
  'iam:ListRolePolicies': { resource: 'role', level: 'List' },
  'iam:ListRoleTags': { resource: 'role', level: 'List' },
  'iam:ListRoles': { resource: 'account', level: 'List', listed: 'role' },
  'iam:ListUserPolicies': { resource: 'user', level: 'List' },
  'iam:ListUserTags': { resource: 'user', level: 'List' },
  'iam:ListUsers': { resource: 'account', level: 'List', listed: 'user' },
  'iam:ListVirtualMFADevices': { resource: 'account', level: 'List', listed: 'mfa' },
  'iam:PassRole': { resource: 'role', level: 'Write', keys: ['iam:PassedToService'] },
  'iam:PutGroupPolicy': { resource: 'group', level: 'Permissions management' },
  'iam:PutRolePermissionsBoundary': { resource: 'role', level: 'Permissions management', keys: BOUNDARY },
  'iam:PutRolePolicy': { resource: 'role', level: 'Permissions management', keys: BOUNDARY },
  'iam:PutUserPermissionsBoundary': { resource: 'user', level: 'Permissions management', keys: BOUNDARY },
  'iam:PutUserPolicy': { resource: 'user', level: 'Permissions management', keys: BOUNDARY },
  'iam:RemoveClientIDFromOpenIDConnectProvider': { resource: 'oidc-provider', level: 'Write' },
  'iam:RemoveRoleFromInstanceProfile': { resource: 'instance-profile', level: 'Write' },
  'iam:RemoveUserFromGroup': { resource: 'group', level: 'Permissions management' },
  'iam:ResyncMFADevice': { resource: 'user', level: 'Write' },
  'iam:SetDefaultPolicyVersion': { resource: 'policy', level: 'Permissions management' },
  'iam:SimulateCustomPolicy': { resource: 'account', level: 'Read' },
  'iam:SimulatePrincipalPolicy': { resource: 'principal', level: 'Read' },
  'iam:TagInstanceProfile': { resource: 'instance-profile', level: 'Tagging', keys: REQUEST_TAGS },
  'iam:TagMFADevice': { resource: 'mfa', level: 'Tagging', keys: REQUEST_TAGS },
  'iam:TagOpenIDConnectProvider': { resource: 'oidc-provider', level: 'Tagging', keys: REQUEST_TAGS },
  'iam:TagPolicy': { resource: 'policy', level: 'Tagging', keys: REQUEST_TAGS },
  'iam:TagRole': { resource: 'role', level: 'Tagging', keys: REQUEST_TAGS },
  'iam:TagUser': { resource: 'user', level: 'Tagging', keys: REQUEST_TAGS },
  'iam:UntagInstanceProfile': { resource: 'instance-profile', level: 'Tagging', keys: TAG_KEYS },
  'iam:UntagMFADevice': { resource: 'mfa', level: 'Tagging', keys: TAG_KEYS },
  'iam:UntagOpenIDConnectProvider': { resource: 'oidc-provider', level: 'Tagging', keys: TAG_KEYS },
  'iam:UntagPolicy': { resource: 'policy', level: 'Tagging', keys: TAG_KEYS },
  'iam:UntagRole': { resource: 'role', level: 'Tagging', keys: TAG_KEYS },
  'iam:UntagUser': { resource: 'user', level: 'Tagging', keys: TAG_KEYS },
  'iam:UpdateAccessKey': { resource: 'user', level: 'Write' },
  'iam:UpdateAccountPasswordPolicy': { resource: 'account', level: 'Permissions management' },
  'iam:UpdateAssumeRolePolicy': { resource: 'role', level: 'Permissions management', keys: BOUNDARY },
  'iam:UpdateGroup': { resource: 'group', level: 'Write' },
  'iam:UpdateLoginProfile': { resource: 'user', level: 'Write' },
  'iam:UpdateOpenIDConnectProviderThumbprint': { resource: 'oidc-provider', level: 'Write' },
  'iam:UpdateRole': { resource: 'role', level: 'Write', keys: BOUNDARY },
  'iam:UpdateRoleDescription': { resource: 'role', level: 'Write', keys: BOUNDARY },
  'iam:UpdateUser': { resource: 'user', level: 'Write' },
  'latchkey:CreateRecoveryCodes': { resource: 'user', level: 'Write' },
  'latchkey:ListSessions': { resource: 'user', level: 'List' },
  'latchkey:RevokeSession': { resource: 'user', level: 'Write' },
  'latchkey:UpdateRootEmail': { resource: 'user', level: 'Write' },
  'sts:DecodeAuthorizationMessage': { resource: 'account', level: 'Write' },
  'sts:GetAccessKeyInfo': { resource: 'account', level: 'Read' },
  'sts:GetFederationToken': { resource: 'federated-user', level: 'Read', keys: REQUEST_TAGS },
  'sts:TagSession': { resource: 'federated-user', level: 'Tagging', keys: REQUEST_TAGS },
} as const satisfies Record<string, ActionFacts>

export type Action = keyof typeof ACTIONS

/** The kind of resource that `A` is checked on. */
export type ResourceKindOf<A extends Action> = (typeof ACTIONS)[A]['resource']
