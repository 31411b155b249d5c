import { groupArn, instanceProfileArn, managedPolicyArn, roleArn, userArn } from '../../authn/arn.ts'
import type {
  groupDetails,
  managedPolicyDetails,
  roleDetails,
  userDetails,
} from '../../iam/reports/authorization-details.ts'
import { builder } from '../builder.ts'
import { Tag } from './tag.ts'

type Node<Read extends (...args: never[]) => Promise<{ edges: { node: unknown }[] }>> = Awaited<
  ReturnType<Read>
>['edges'][number]['node']

type UserRow = Node<typeof userDetails>
type GroupRow = Node<typeof groupDetails>
type RoleRow = Node<typeof roleDetails>
type PolicyRow = Node<typeof managedPolicyDetails>
type ProfileRow = RoleRow['instanceProfiles'][number]
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

export const UserDetail = builder.objectRef<UserRow>('UserDetail').implement({
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

export const GroupDetail = builder.objectRef<GroupRow>('GroupDetail').implement({
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

const InstanceProfileDetail = builder.objectRef<ProfileRow>('InstanceProfileDetail').implement({
  description: 'An instance profile that a role is in.',
  fields: (t) => ({
    instanceProfileId: t.exposeString('id', { description: 'The unique id, `AIPA…`.' }),
    arn: t.field({ type: 'ARN', resolve: (profile) => instanceProfileArn(profile) }),
    instanceProfileName: t.exposeString('name'),
    path: t.exposeString('path'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

export const RoleDetail = builder.objectRef<RoleRow>('RoleDetail').implement({
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
    instanceProfileList: t.field({
      type: [InstanceProfileDetail],
      description: 'The instance profiles that the role is in, by name.',
      access: 'parent',
      resolve: ({ instanceProfiles }) => instanceProfiles,
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

export const ManagedPolicyDetail = builder.objectRef<PolicyRow>('ManagedPolicyDetail').implement({
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

function attached({ attachedPolicies }: { attachedPolicies: { policy: Attached }[] }): Attached[] {
  return attachedPolicies.map(({ policy }) => policy)
}

function boundary({ boundary: policy }: { boundary: Attached | null }): string | null {
  return policy && managedPolicyArn(policy)
}
