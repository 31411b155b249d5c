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
  description: 'An inline policy.',
  fields: (t) => ({
    policyName: t.exposeString('name'),
    policyDocument: t.expose('document', { type: 'PolicyDocument' }),
    policyText: t.exposeString('document', { description: 'Exactly as it was written.' }),
  }),
})

export const AttachedPolicy = builder.objectRef<Attached>('AttachedPolicy').implement({
  fields: (t) => ({
    policyName: t.exposeString('name'),
    policyArn: t.field({ type: 'ARN', resolve: (policy) => managedPolicyArn(policy) }),
  }),
})

const UserDetail = builder.objectRef<UserRow>('UserDetail').implement({
  fields: (t) => ({
    userId: t.exposeString('id'),
    arn: t.field({ type: 'ARN', resolve: (user) => userArn(user) }),
    userName: t.exposeString('name'),
    path: t.exposeString('path'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    userPolicyList: t.field({
      type: [PolicyDetail],
      access: 'parent',
      resolve: ({ inlinePolicies }) => inlinePolicies,
    }),
    groupList: t.stringList({ resolve: ({ groups }) => groups.map(({ group }) => group.name) }),
    attachedManagedPolicies: t.field({ type: [AttachedPolicy], access: 'parent', resolve: attached }),
    permissionsBoundary: t.field({ type: 'ARN', nullable: true, resolve: boundary }),
    tags: t.field({ type: [Tag], access: 'parent', resolve: ({ tags }) => tags }),
  }),
})

const GroupDetail = builder.objectRef<GroupRow>('GroupDetail').implement({
  fields: (t) => ({
    groupId: t.exposeString('id'),
    arn: t.field({ type: 'ARN', resolve: (group) => groupArn(group) }),
    groupName: t.exposeString('name'),
    path: t.exposeString('path'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    groupPolicyList: t.field({
      type: [PolicyDetail],
      access: 'parent',
      resolve: ({ inlinePolicies }) => inlinePolicies,
    }),
    attachedManagedPolicies: t.field({ type: [AttachedPolicy], access: 'parent', resolve: attached }),
  }),
})

const RoleDetail = builder.objectRef<RoleRow>('RoleDetail').implement({
  fields: (t) => ({
    roleId: t.exposeString('id'),
    arn: t.field({ type: 'ARN', resolve: (role) => roleArn(role) }),
    roleName: t.exposeString('name'),
    path: t.exposeString('path'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    assumeRolePolicyDocument: t.field({ type: 'PolicyDocument', resolve: ({ trustPolicy }) => trustPolicy }),
    assumeRolePolicyText: t.exposeString('trustPolicy', { description: 'Exactly as it was written.' }),
    rolePolicyList: t.field({
      type: [PolicyDetail],
      access: 'parent',
      resolve: ({ inlinePolicies }) => inlinePolicies,
    }),
    attachedManagedPolicies: t.field({ type: [AttachedPolicy], access: 'parent', resolve: attached }),
    permissionsBoundary: t.field({ type: 'ARN', nullable: true, resolve: boundary }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true }),
    lastUsedRegion: t.exposeString('lastUsedRegion', { nullable: true }),
    tags: t.field({ type: [Tag], access: 'parent', resolve: ({ tags }) => tags }),
  }),
})

const PolicyVersionDetail = builder
  .objectRef<PolicyRow['versions'][number] & { isDefault: boolean }>('PolicyVersionDetail')
  .implement({
    fields: (t) => ({
      versionId: t.string({ resolve: ({ number }) => `v${number}` }),
      isDefaultVersion: t.exposeBoolean('isDefault'),
      createdAt: t.expose('createdAt', { type: 'DateTime' }),
      document: t.expose('document', { type: 'PolicyDocument' }),
      policyText: t.exposeString('document', { description: 'Exactly as it was written.' }),
    }),
  })

const ManagedPolicyDetail = builder.objectRef<PolicyRow>('ManagedPolicyDetail').implement({
  fields: (t) => ({
    policyId: t.exposeString('id'),
    arn: t.field({ type: 'ARN', resolve: (policy) => managedPolicyArn(policy) }),
    policyName: t.exposeString('name'),
    path: t.exposeString('path'),
    description: t.exposeString('description', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    defaultVersionId: t.string({ resolve: ({ defaultVersion }) => `v${defaultVersion}` }),
    attachmentCount: t.int({
      resolve: ({ _count }) => _count.attachments + _count.groupAttachments + _count.roleAttachments,
    }),
    permissionsBoundaryUsageCount: t.int({ resolve: ({ _count }) => _count.boundaryOf + _count.boundaryOfRoles }),
    isAttachable: t.boolean({ resolve: () => true }),
    policyVersionList: t.field({
      type: [PolicyVersionDetail],
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
  types: [UserDetail, GroupDetail, RoleDetail, ManagedPolicyDetail],
  resolveType: (row) => ('kind' in row && typeof row.kind === 'string' ? `${row.kind}Detail` : undefined),
})
const AuthorizationDetailConnection = builder.connectionObject(
  { type: AuthorizationDetail, name: 'AuthorizationDetailConnection' },
  { name: 'AuthorizationDetailEdge' },
)
const AuthorizationDetailFilter = builder.enumType('AuthorizationDetailFilter', { values: DETAIL_FILTERS })

/** What is not selected is not read: that is IAM's `Filter`. */
const AccountAuthorizationDetails = builder.objectRef<{ accountId: string }>('AccountAuthorizationDetails').implement({
  description: 'Everything that decides in the account, with the documents. Each list has pages of its own.',
  fields: (t) => ({
    userDetailList: t.connection(
      {
        type: UserDetail,
        nullable: true,
        access: 'parent',
        resolve: ({ accountId }, args, { db }) => userDetails(db, accountId, args),
      },
      UserDetailConnection,
    ),
    groupDetailList: t.connection(
      {
        type: GroupDetail,
        nullable: true,
        access: 'parent',
        resolve: ({ accountId }, args, { db }) => groupDetails(db, accountId, args),
      },
      GroupDetailConnection,
    ),
    roleDetailList: t.connection(
      {
        type: RoleDetail,
        nullable: true,
        access: 'parent',
        resolve: ({ accountId }, args, { db }) => roleDetails(db, accountId, args),
      },
      RoleDetailConnection,
    ),
    details: t.connection(
      {
        type: AuthorizationDetail,
        nullable: true,
        description: 'All kinds one after the other, as IAM pages them: users, groups, roles, policies.',
        access: 'parent',
        args: { filter: t.arg({ type: [AuthorizationDetailFilter], description: 'Everything when empty.' }) },
        resolve: ({ accountId }, args, { db }) => pageOfDetails(db, accountId, args),
      },
      AuthorizationDetailConnection,
    ),
    policies: t.connection(
      {
        type: ManagedPolicyDetail,
        nullable: true,
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
