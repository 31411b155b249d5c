import { requestTags, tagKeys } from '../../access/context.ts'
import { newPolicy, policy, user } from '../../access/declaration.ts'
import { attachUserPolicy, detachUserPolicy } from '../../iam/policies/attach-user-policy.ts'
import { createPolicy } from '../../iam/policies/create-policy.ts'
import { deletePolicy } from '../../iam/policies/delete-policy.ts'
import {
  createPolicyVersion,
  deletePolicyVersion,
  setDefaultPolicyVersion,
  versionIdOf,
} from '../../iam/policies/policy-versions.ts'
import { tagPolicy, untagPolicy } from '../../iam/policies/tag-policy.ts'
import { deleteUserPolicy, putUserPolicy } from '../../iam/policies/user-policies.ts'
import { builder } from '../builder.ts'
import { Policy } from './policy.ts'
import { TagInput } from './tag.ts'
import { User } from './user.ts'

/** `iam:PolicyARN`: which policies may be attached is a condition; the resource is the user. */
const attachedPolicy = ({ input }: { input: { policyArn: string } }) => [['iam:PolicyARN', input.policyArn] as const]

/** A payload whose news is a policy; it is read again, with just what the client asked for. */
function policyPayload(name: string) {
  return builder.objectRef<{ policyId: string }>(name).implement({
    fields: (t) => ({
      policy: t.prismaField({
        type: Policy,
        access: 'parent',
        resolve: (query, { policyId }, _args, { db, principal }) =>
          db.policy.findUniqueOrThrow({
            ...query,
            where: { accountId_id: { accountId: principal.accountId, id: policyId } },
          }),
      }),
    }),
  })
}

const PutUserPolicyInput = builder.inputType('PutUserPolicyInput', {
  fields: (t) => ({
    userName: t.string({ required: true }),
    policyName: t.string({ required: true }),
    policyDocument: t.field({ type: 'PolicyDocument', required: true }),
  }),
})

/** The user whose policies changed. */
function userPolicyPayload(name: string) {
  return builder.objectRef<{ userId: string; policyName: string }>(name).implement({
    fields: (t) => ({
      policyName: t.exposeString('policyName'),
      user: t.prismaField({
        type: User,
        access: 'parent',
        resolve: (query, { userId }, _args, { db, principal }) =>
          db.user.findUniqueOrThrow({
            ...query,
            where: { accountId_id: { accountId: principal.accountId, id: userId } },
          }),
      }),
    }),
  })
}

builder.mutationField('putUserPolicy', (t) =>
  t.field({
    type: userPolicyPayload('PutUserPolicyPayload'),
    nullable: true,
    description: 'Writes an inline policy of a user, or overwrites the one of that name.',
    args: { input: t.arg({ type: PutUserPolicyInput, required: true }) },
    access: { action: 'iam:PutUserPolicy', resource: (_parent, { input }) => user(input.userName) },
    resolve: async (_parent, { input }, { call }) => {
      const { userId, name } = await putUserPolicy(call, input)
      return { userId, policyName: name }
    },
  }),
)

const DeleteUserPolicyInput = builder.inputType('DeleteUserPolicyInput', {
  fields: (t) => ({
    userName: t.string({ required: true }),
    policyName: t.string({ required: true }),
  }),
})

builder.mutationField('deleteUserPolicy', (t) =>
  t.field({
    type: userPolicyPayload('DeleteUserPolicyPayload'),
    nullable: true,
    args: { input: t.arg({ type: DeleteUserPolicyInput, required: true }) },
    access: { action: 'iam:DeleteUserPolicy', resource: (_parent, { input }) => user(input.userName) },
    resolve: async (_parent, { input }, { call }) => {
      const { userId, name } = await deleteUserPolicy(call, input)
      return { userId, policyName: name }
    },
  }),
)

const AttachUserPolicyInput = builder.inputType('AttachUserPolicyInput', {
  fields: (t) => ({
    userName: t.string({ required: true }),
    policyArn: t.field({ type: 'ARN', required: true }),
  }),
})

const DetachUserPolicyInput = builder.inputType('DetachUserPolicyInput', {
  fields: (t) => ({
    userName: t.string({ required: true }),
    policyArn: t.field({ type: 'ARN', required: true }),
  }),
})

/** The user and the policy that were tied or parted. */
function attachmentPayload(name: string) {
  return builder.objectRef<{ user: { id: string }; policy: { id: string } }>(name).implement({
    fields: (t) => ({
      user: t.prismaField({
        type: User,
        access: 'parent',
        resolve: (query, row, _args, { db, principal }) =>
          db.user.findUniqueOrThrow({
            ...query,
            where: { accountId_id: { accountId: principal.accountId, id: row.user.id } },
          }),
      }),
      policy: t.prismaField({
        type: Policy,
        access: 'parent',
        resolve: (query, row, _args, { db, principal }) =>
          db.policy.findUniqueOrThrow({
            ...query,
            where: { accountId_id: { accountId: principal.accountId, id: row.policy.id } },
          }),
      }),
    }),
  })
}

builder.mutationField('attachUserPolicy', (t) =>
  t.field({
    type: attachmentPayload('AttachUserPolicyPayload'),
    nullable: true,
    description:
      'Permission is checked on the user; condition key `iam:PolicyARN` says which policies may be attached.',
    args: { input: t.arg({ type: AttachUserPolicyInput, required: true }) },
    access: {
      action: 'iam:AttachUserPolicy',
      resource: (_parent, { input }) => user(input.userName),
      keys: attachedPolicy,
    },
    resolve: (_parent, { input }, { call }) => attachUserPolicy(call, input),
  }),
)

builder.mutationField('detachUserPolicy', (t) =>
  t.field({
    type: attachmentPayload('DetachUserPolicyPayload'),
    nullable: true,
    args: { input: t.arg({ type: DetachUserPolicyInput, required: true }) },
    access: {
      action: 'iam:DetachUserPolicy',
      resource: (_parent, { input }) => user(input.userName),
      keys: attachedPolicy,
    },
    resolve: (_parent, { input }, { call }) => detachUserPolicy(call, input),
  }),
)

const CreatePolicyInput = builder.inputType('CreatePolicyInput', {
  fields: (t) => ({
    policyName: t.string({ required: true }),
    path: t.string(),
    policyDocument: t.field({ type: 'PolicyDocument', required: true }),
    description: t.string({ description: 'Cannot be changed later.' }),
    tags: t.field({ type: [TagInput] }),
  }),
})

builder.mutationField('createPolicy', (t) =>
  t.field({
    type: policyPayload('CreatePolicyPayload'),
    nullable: true,
    description:
      'Makes a managed policy whose first version, `v1`, is in force. It grants nothing until it is attached.',
    args: { input: t.arg({ type: CreatePolicyInput, required: true }) },
    access: [
      {
        action: 'iam:CreatePolicy',
        resource: (_parent, { input }) => newPolicy({ name: input.policyName, path: input.path }),
        keys: ({ input }) => requestTags(input.tags),
      },
      {
        action: 'iam:TagPolicy',
        resource: (_parent, { input }) => newPolicy({ name: input.policyName, path: input.path }),
        when: (_parent, { input }) => (input.tags?.length ?? 0) > 0,
        keys: ({ input }) => requestTags(input.tags),
      },
    ],
    resolve: async (_parent, { input }, { call }) => ({ policyId: (await createPolicy(call, input)).id }),
  }),
)

const PolicyArnInput = (name: string) =>
  builder.inputType(name, { fields: (t) => ({ policyArn: t.field({ type: 'ARN', required: true }) }) })

const DeletePolicyPayload = builder.objectRef<{ id: string; name: string }>('DeletePolicyPayload').implement({
  fields: (t) => ({
    deletedPolicyId: t.exposeString('id', { description: 'The unique id, `ANPA…`.' }),
    policyName: t.exposeString('name'),
  }),
})

builder.mutationField('deletePolicy', (t) =>
  t.field({
    type: DeletePolicyPayload,
    nullable: true,
    description: 'Refused with DeleteConflict while the policy is attached, is a boundary, or has other versions.',
    args: { input: t.arg({ type: PolicyArnInput('DeletePolicyInput'), required: true }) },
    access: { action: 'iam:DeletePolicy', resource: (_parent, { input }) => policy(input.policyArn) },
    resolve: (_parent, { input }, { call }) => deletePolicy(call, input),
  }),
)

const CreatePolicyVersionInput = builder.inputType('CreatePolicyVersionInput', {
  fields: (t) => ({
    policyArn: t.field({ type: 'ARN', required: true }),
    policyDocument: t.field({ type: 'PolicyDocument', required: true }),
    setAsDefault: t.boolean({
      defaultValue: false,
      description: 'Without it the new text is stored but not in force.',
    }),
  }),
})

/** The policy and the version that it is about. */
function versionPayload(name: string) {
  return builder.objectRef<{ policyId: string; number: number }>(name).implement({
    fields: (t) => ({
      versionId: t.string({ resolve: ({ number }) => versionIdOf(number) }),
      policy: t.prismaField({
        type: Policy,
        access: 'parent',
        resolve: (query, { policyId }, _args, { db, principal }) =>
          db.policy.findUniqueOrThrow({
            ...query,
            where: { accountId_id: { accountId: principal.accountId, id: policyId } },
          }),
      }),
    }),
  })
}

builder.mutationField('createPolicyVersion', (t) =>
  t.field({
    type: versionPayload('CreatePolicyVersionPayload'),
    nullable: true,
    args: { input: t.arg({ type: CreatePolicyVersionInput, required: true }) },
    access: { action: 'iam:CreatePolicyVersion', resource: (_parent, { input }) => policy(input.policyArn) },
    resolve: (_parent, { input }, { call }) => createPolicyVersion(call, input),
  }),
)

const versionInput = (name: string) =>
  builder.inputType(name, {
    fields: (t) => ({
      policyArn: t.field({ type: 'ARN', required: true }),
      versionId: t.string({ required: true, description: '`v1`, `v2`…' }),
    }),
  })

builder.mutationField('setDefaultPolicyVersion', (t) =>
  t.field({
    type: policyPayload('SetDefaultPolicyVersionPayload'),
    nullable: true,
    description: 'Puts a version in force wherever the policy is attached, from the next request on.',
    args: { input: t.arg({ type: versionInput('SetDefaultPolicyVersionInput'), required: true }) },
    access: { action: 'iam:SetDefaultPolicyVersion', resource: (_parent, { input }) => policy(input.policyArn) },
    resolve: async (_parent, { input }, { call }) => ({ policyId: (await setDefaultPolicyVersion(call, input)).id }),
  }),
)

builder.mutationField('deletePolicyVersion', (t) =>
  t.field({
    type: versionPayload('DeletePolicyVersionPayload'),
    nullable: true,
    args: { input: t.arg({ type: versionInput('DeletePolicyVersionInput'), required: true }) },
    access: { action: 'iam:DeletePolicyVersion', resource: (_parent, { input }) => policy(input.policyArn) },
    resolve: (_parent, { input }, { call }) => deletePolicyVersion(call, input),
  }),
)

const TagPolicyInput = builder.inputType('TagPolicyInput', {
  fields: (t) => ({
    policyArn: t.field({ type: 'ARN', required: true }),
    tags: t.field({ type: [TagInput], required: true }),
  }),
})

builder.mutationField('tagPolicy', (t) =>
  t.field({
    type: policyPayload('TagPolicyPayload'),
    nullable: true,
    description: 'Adds tags or replaces their values. Keys that differ in case are two.',
    args: { input: t.arg({ type: TagPolicyInput, required: true }) },
    access: {
      action: 'iam:TagPolicy',
      resource: (_parent, { input }) => policy(input.policyArn),
      keys: ({ input }) => requestTags(input.tags),
    },
    resolve: async (_parent, { input }, { call }) => ({ policyId: (await tagPolicy(call, input)).id }),
  }),
)

const UntagPolicyInput = builder.inputType('UntagPolicyInput', {
  fields: (t) => ({
    policyArn: t.field({ type: 'ARN', required: true }),
    tagKeys: t.stringList({ required: true }),
  }),
})

builder.mutationField('untagPolicy', (t) =>
  t.field({
    type: policyPayload('UntagPolicyPayload'),
    nullable: true,
    description: 'Removes tags; keys that the policy does not have are ignored.',
    args: { input: t.arg({ type: UntagPolicyInput, required: true }) },
    access: {
      action: 'iam:UntagPolicy',
      resource: (_parent, { input }) => policy(input.policyArn),
      keys: ({ input }) => tagKeys(input.tagKeys),
    },
    resolve: async (_parent, { input }, { call }) => ({ policyId: (await untagPolicy(call, input)).id }),
  }),
)
