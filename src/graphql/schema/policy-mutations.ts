import { requestTags, tagKeys } from '../../access/context.ts'
import { newPolicy, policy } from '../../access/declaration.ts'
import { createPolicy } from '../../iam/policies/create-policy.ts'
import { deletePolicy } from '../../iam/policies/delete-policy.ts'
import {
  createPolicyVersion,
  deletePolicyVersion,
  setDefaultPolicyVersion,
  versionIdOf,
} from '../../iam/policies/policy-versions.ts'
import { tagPolicy, untagPolicy } from '../../iam/policies/tag-policy.ts'
import { builder } from '../builder.ts'
import { Policy } from './policy.ts'
import { TagInput } from './tag.ts'

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
  return builder.objectRef<{ policyId: string; number: number; createdAt: Date }>(name).implement({
    fields: (t) => ({
      versionId: t.string({ resolve: ({ number }) => versionIdOf(number) }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Of the version.' }),
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
