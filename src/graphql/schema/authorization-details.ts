import { everything } from '../../access/declaration.ts'
import { groupArn, managedPolicyArn, roleArn, userArn } from '../../authn/arn.ts'
import {
  groupDetails,
  managedPolicyDetails,
  roleDetails,
  userDetails,
} from '../../iam/reports/authorization-details.ts'
import { DETAIL_FILTERS, pageOfDetails } from '../../iam/reports/page-of-details.ts'
import { builder } from '../builder.ts'
import { Tag } from './tag.ts'

type Node<Read extends (...args: never[]) => Promise<{ edges: { node: unknown }[] }>> = Awaited<
  ReturnType<Read>
>['edges'][number]['node']

type UserRow = Node<typeof userDetails>
type GroupRow = Node<typeof groupDetails>
type RoleRow = Node<typeof roleDetails>
type PolicyRow = Node<typeof managedPolicyDetails>
type Attached = UserRow['attachedPolicies'][number]['policy']

const PolicyDetail = builder.objectRef<{ name: string; document: string }>('PolicyDetail').implement({
  description: 'An inline policy of a user, group or role, with its document.',
  fields: (t) => ({
    policyName: t.exposeString('name'),
    policyDocument: t.expose('document', { type: 'PolicyDocument' }),
    policyText: t.exposeString('document', { description: 'The document as it was written, white space included.' }),
  }),
})

export const AttachedPolicy = builder.objectRef<Attached>('AttachedPolicy').implement({
  description: 'A managed policy that is attached, by name and ARN.',
  fields: (t) => ({
    policyName: t.exposeString('name'),
    policyArn: t.field({ type: 'ARN', resolve: (policy) => managedPolicyArn(policy) }),
  }),
})

const UserDetail = builder.objectRef<UserRow>('UserDetail').implement({
  description: 'An IAM user with all policies that apply to it.',
  fields: (t) => ({
    userId: t.exposeString('id', { description: 'The unique id, `AIDA…`.' }),
    arn: t.field({ type: 'ARN', resolve: (user) => userArn(user) }),
    userName: t.exposeString('name'),
    path: t.exposeString('path'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    userPolicyList: t.field({
      type: [PolicyDetail],
      description: 'Inline policies of the user, by name.',
      access: 'parent',
      resolve: ({ inlinePolicies }) => inlinePolicies,
    }),
    groupList: t.stringList({
      description: 'Names of the groups that the user is a member of.',
      resolve: ({ groups }) => groups.map(({ group }) => group.name),
    }),
    attachedManagedPolicies: t.field({
      type: [AttachedPolicy],
      description: 'Managed policies that are attached, by name.',
      access: 'parent',
      resolve: attached,
    }),
    permissionsBoundary: t.field({
      type: 'ARN',
      nullable: true,
      description: 'ARN of the permissions boundary; null when there is none.',
      resolve: boundary,
    }),
    tags: t.field({ type: [Tag], access: 'parent', resolve: ({ tags }) => tags }),
  }),
})

const GroupDetail = builder.objectRef<GroupRow>('GroupDetail').implement({
  description: 'A group with its policies.',
  fields: (t) => ({
    groupId: t.exposeString('id', { description: 'The unique id, `AGPA…`.' }),
    arn: t.field({ type: 'ARN', resolve: (group) => groupArn(group) }),
    groupName: t.exposeString('name'),
    path: t.exposeString('path'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    groupPolicyList: t.field({
      type: [PolicyDetail],
      description: 'Inline policies of the group, by name.',
      access: 'parent',
      resolve: ({ inlinePolicies }) => inlinePolicies,
    }),
    attachedManagedPolicies: t.field({
      type: [AttachedPolicy],
      description: 'Managed policies that are attached, by name.',
      access: 'parent',
      resolve: attached,
    }),
  }),
})

const RoleDetail = builder.objectRef<RoleRow>('RoleDetail').implement({
  description: 'A role with its trust policy and its policies.',
  fields: (t) => ({
    roleId: t.exposeString('id', { description: 'The unique id, `AROA…`.' }),
    arn: t.field({ type: 'ARN', resolve: (role) => roleArn(role) }),
    roleName: t.exposeString('name'),
    path: t.exposeString('path'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    assumeRolePolicyDocument: t.field({
      type: 'PolicyDocument',
      description: 'The trust policy.',
      resolve: ({ trustPolicy }) => trustPolicy,
    }),
    assumeRolePolicyText: t.exposeString('trustPolicy', {
      description: 'The trust policy as it was written, white space included.',
    }),
    rolePolicyList: t.field({
      type: [PolicyDetail],
      description: 'Inline policies of the role, by name.',
      access: 'parent',
      resolve: ({ inlinePolicies }) => inlinePolicies,
    }),
    attachedManagedPolicies: t.field({
      type: [AttachedPolicy],
      description: 'Managed policies that are attached, by name.',
      access: 'parent',
      resolve: attached,
    }),
    permissionsBoundary: t.field({
      type: 'ARN',
      nullable: true,
      description: 'ARN of the permissions boundary; null when there is none.',
      resolve: boundary,
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a session of the role last made a request; null when none ever did.',
    }),
    lastUsedRegion: t.exposeString('lastUsedRegion', {
      nullable: true,
      description: 'The region of the last request of a session of the role; null when there was none.',
    }),
    tags: t.field({ type: [Tag], access: 'parent', resolve: ({ tags }) => tags }),
  }),
})

const PolicyVersionDetail = builder
  .objectRef<PolicyRow['versions'][number] & { isDefault: boolean }>('PolicyVersionDetail')
  .implement({
    description: 'A version of a managed policy, with its document.',
    fields: (t) => ({
      versionId: t.string({ description: 'The version: `v1`, `v2` and so on.', resolve: ({ number }) => `v${number}` }),
      isDefaultVersion: t.exposeBoolean('isDefault', { description: 'Whether this version is in force.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime' }),
      document: t.expose('document', { type: 'PolicyDocument' }),
      policyText: t.exposeString('document', { description: 'The document as it was written, white space included.' }),
    }),
  })

const ManagedPolicyDetail = builder.objectRef<PolicyRow>('ManagedPolicyDetail').implement({
  description: 'A managed policy with its versions.',
  fields: (t) => ({
    policyId: t.exposeString('id', { description: 'The unique id, `ANPA…`.' }),
    arn: t.field({ type: 'ARN', resolve: (policy) => managedPolicyArn(policy) }),
    policyName: t.exposeString('name'),
    path: t.exposeString('path'),
    description: t.exposeString('description', { nullable: true, description: 'Null when the policy has none.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When the last version was created.' }),
    defaultVersionId: t.string({
      description: 'The version in force: `v1`, `v2` and so on.',
      resolve: ({ defaultVersion }) => `v${defaultVersion}`,
    }),
    attachmentCount: t.int({
      description:
        'How many users, groups and roles the policy is attached to. Uses as a permissions boundary are not counted.',
      resolve: ({ _count }) => _count.attachments + _count.groupAttachments + _count.roleAttachments,
    }),
    permissionsBoundaryUsageCount: t.int({
      description: 'How many users and roles have the policy as their permissions boundary.',
      resolve: ({ _count }) => _count.boundaryOf + _count.boundaryOfRoles,
    }),
    isAttachable: t.boolean({ description: 'Always true.', resolve: () => true }),
    policyVersionList: t.field({
      type: [PolicyVersionDetail],
      description: 'The versions of the policy.',
      access: 'parent',
      resolve: ({ versions, defaultVersion }) =>
        versions.map((version) => ({ ...version, isDefault: version.number === defaultVersion })),
    }),
    tags: t.field({ type: [Tag], access: 'parent', resolve: ({ tags }) => tags }),
  }),
})

const UserDetailConnection = builder.connectionObject(
  { type: UserDetail, name: 'UserDetailConnection' },
  { name: 'UserDetailEdge' },
)
const GroupDetailConnection = builder.connectionObject(
  { type: GroupDetail, name: 'GroupDetailConnection' },
  { name: 'GroupDetailEdge' },
)
const RoleDetailConnection = builder.connectionObject(
  { type: RoleDetail, name: 'RoleDetailConnection' },
  { name: 'RoleDetailEdge' },
)
const ManagedPolicyDetailConnection = builder.connectionObject(
  { type: ManagedPolicyDetail, name: 'ManagedPolicyDetailConnection' },
  { name: 'ManagedPolicyDetailEdge' },
)

const AuthorizationDetail = builder.unionType('AuthorizationDetail', {
  description: 'A user, group, role or managed policy with everything that decides about permissions.',
  types: [UserDetail, GroupDetail, RoleDetail, ManagedPolicyDetail],
  resolveType: (row) => ('kind' in row && typeof row.kind === 'string' ? `${row.kind}Detail` : undefined),
})
const AuthorizationDetailConnection = builder.connectionObject(
  { type: AuthorizationDetail, name: 'AuthorizationDetailConnection' },
  { name: 'AuthorizationDetailEdge' },
)
const AuthorizationDetailFilter = builder.enumType('AuthorizationDetailFilter', {
  description:
    'A kind of entity. LOCAL_MANAGED_POLICY: managed policies of the account. AWS_MANAGED_POLICY: built-in managed policies that are in use.',
  values: DETAIL_FILTERS,
})

/** What is not selected is not read: that is IAM's `Filter`. */
const AccountAuthorizationDetails = builder.objectRef<{ accountId: string }>('AccountAuthorizationDetails').implement({
  description:
    'Users, groups, roles and managed policies of the account with all policy documents. Each list has pages of its own.',
  fields: (t) => ({
    userDetailList: t.connection(
      {
        type: UserDetail,
        nullable: true,
        description: 'The IAM users by name.',
        access: 'parent',
        resolve: ({ accountId }, args, { db }) => userDetails(db, accountId, args),
      },
      UserDetailConnection,
    ),
    groupDetailList: t.connection(
      {
        type: GroupDetail,
        nullable: true,
        description: 'The groups by name.',
        access: 'parent',
        resolve: ({ accountId }, args, { db }) => groupDetails(db, accountId, args),
      },
      GroupDetailConnection,
    ),
    roleDetailList: t.connection(
      {
        type: RoleDetail,
        nullable: true,
        description: 'The roles by name.',
        access: 'parent',
        resolve: ({ accountId }, args, { db }) => roleDetails(db, accountId, args),
      },
      RoleDetailConnection,
    ),
    details: t.connection(
      {
        type: AuthorizationDetail,
        nullable: true,
        description:
          'Entities of all kinds in one list, as IAM pages them: users, then groups, roles and managed policies. Pages go forwards only: `last` and `before` are refused.',
        access: 'parent',
        args: {
          filter: t.arg({
            type: [AuthorizationDetailFilter],
            description: 'Lists only entities of these kinds. Left out, null or empty: all kinds.',
          }),
        },
        resolve: ({ accountId }, args, { db }) => pageOfDetails(db, accountId, args),
      },
      AuthorizationDetailConnection,
    ),
    policies: t.connection(
      {
        type: ManagedPolicyDetail,
        nullable: true,
        description: 'The managed policies by name: those of the account, and built-in ones that are in use.',
        access: 'parent',
        resolve: ({ accountId }, args, { db }) => managedPolicyDetails(db, accountId, args),
      },
      ManagedPolicyDetailConnection,
    ),
  }),
})

builder.queryField('accountAuthorizationDetails', (t) =>
  t.field({
    type: AccountAuthorizationDetails,
    nullable: true,
    description: 'Everything in the account that decides about permissions.',
    access: { action: 'iam:GetAccountAuthorizationDetails', resource: () => everything() },
    resolve: (_parent, _args, { principal }) => ({ accountId: principal.accountId }),
  }),
)

function attached({ attachedPolicies }: { attachedPolicies: { policy: Attached }[] }): Attached[] {
  return attachedPolicies.map(({ policy }) => policy)
}

function boundary({ boundary: policy }: { boundary: Attached | null }): string | null {
  return policy && managedPolicyArn(policy)
}
