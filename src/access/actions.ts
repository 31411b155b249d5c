/**
 * The kind of thing that an action is checked on. `account` actions have no resource type of their own: policies name them
 * with `"Resource": "*"`, or with the ARN that IAM evaluates in place (`user/` for ListUsers).
 */
export type ResourceKind = 'user' | 'policy' | 'mfa' | 'account'

/** As in the service authorization reference. */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Permissions management' | 'Tagging'

export interface ActionFacts {
  readonly resource: ResourceKind
  readonly level: AccessLevel
  /** Lists: the type whose root IAM evaluates in place of a resource, `arn:aws:iam::A:user/`. */
  readonly listed?: 'user' | 'policy' | 'mfa'
  /** Condition keys beyond the global ones that the gate fills for this action. */
  readonly keys?: readonly string[]
}

const REQUEST_TAGS = ['aws:RequestTag/', 'aws:TagKeys'] as const
const TAG_KEYS = ['aws:TagKeys'] as const
const ATTACHED_POLICY = ['iam:PolicyARN', 'iam:PermissionsBoundary'] as const
const BOUNDARY = ['iam:PermissionsBoundary'] as const

/**
 * The catalogue: every action that a field of the schema needs, with the kind of resource it is checked on. A field's access
 * declaration compiles only when action and resource kind agree.
 */
export const ACTIONS = {
  'iam:AttachUserPolicy': { resource: 'user', level: 'Permissions management', keys: ATTACHED_POLICY },
  'iam:ChangePassword': { resource: 'user', level: 'Write' },
  'iam:CreateAccessKey': { resource: 'user', level: 'Write' },
  'iam:CreateLoginProfile': { resource: 'user', level: 'Write' },
  'iam:CreatePolicy': { resource: 'policy', level: 'Permissions management' },
  'iam:CreatePolicyVersion': { resource: 'policy', level: 'Permissions management' },
  'iam:CreateUser': { resource: 'user', level: 'Write', keys: [...REQUEST_TAGS, ...BOUNDARY] },
  'iam:CreateVirtualMFADevice': { resource: 'mfa', level: 'Write' },
  'iam:DeactivateMFADevice': { resource: 'user', level: 'Write' },
  'iam:DeleteAccessKey': { resource: 'user', level: 'Write' },
  'iam:DeleteLoginProfile': { resource: 'user', level: 'Write' },
  'iam:DeletePolicy': { resource: 'policy', level: 'Permissions management' },
  'iam:DeletePolicyVersion': { resource: 'policy', level: 'Permissions management' },
  'iam:DeleteUser': { resource: 'user', level: 'Write' },
  'iam:DeleteUserPolicy': { resource: 'user', level: 'Permissions management', keys: BOUNDARY },
  'iam:DeleteVirtualMFADevice': { resource: 'mfa', level: 'Write' },
  'iam:DetachUserPolicy': { resource: 'user', level: 'Permissions management', keys: ATTACHED_POLICY },
  'iam:EnableMFADevice': { resource: 'user', level: 'Write' },
  'iam:GetAccessKeyLastUsed': { resource: 'user', level: 'Read' },
  'iam:GetAccountSummary': { resource: 'account', level: 'List' },
  'iam:GetLoginProfile': { resource: 'user', level: 'List' },
  'iam:GetPolicy': { resource: 'policy', level: 'Read' },
  'iam:GetPolicyVersion': { resource: 'policy', level: 'Read' },
  'iam:GetUser': { resource: 'user', level: 'Read' },
  'iam:GetUserPolicy': { resource: 'user', level: 'Read' },
  'iam:ListAccessKeys': { resource: 'user', level: 'List' },
  'iam:ListAttachedUserPolicies': { resource: 'user', level: 'List' },
  'iam:ListMFADevices': { resource: 'user', level: 'List' },
  'iam:ListPolicies': { resource: 'account', level: 'List', listed: 'policy' },
  'iam:ListPolicyVersions': { resource: 'policy', level: 'List' },
  'iam:ListUserPolicies': { resource: 'user', level: 'List' },
  'iam:ListUserTags': { resource: 'user', level: 'List' },
  'iam:ListUsers': { resource: 'account', level: 'List', listed: 'user' },
  'iam:ListVirtualMFADevices': { resource: 'account', level: 'List', listed: 'mfa' },
  'iam:PutUserPolicy': { resource: 'user', level: 'Permissions management', keys: BOUNDARY },
  'iam:ResyncMFADevice': { resource: 'user', level: 'Write' },
  'iam:SetDefaultPolicyVersion': { resource: 'policy', level: 'Permissions management' },
  'iam:TagUser': { resource: 'user', level: 'Tagging', keys: REQUEST_TAGS },
  'iam:UntagUser': { resource: 'user', level: 'Tagging', keys: TAG_KEYS },
  'iam:UpdateAccessKey': { resource: 'user', level: 'Write' },
  'iam:UpdateLoginProfile': { resource: 'user', level: 'Write' },
  'iam:UpdateUser': { resource: 'user', level: 'Write' },
  'sts:GetAccessKeyInfo': { resource: 'account', level: 'Read' },
} as const satisfies Record<string, ActionFacts>

export type Action = keyof typeof ACTIONS

/** The kind of resource that `A` is checked on. */
export type ResourceKindOf<A extends Action> = (typeof ACTIONS)[A]['resource']
