import { tagKeys } from '../../access/context.ts'
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
import { type InputFields, mutation, type PayloadFields } from '../operation.ts'
import { changedPolicy } from './policy.ts'
import { hasTags, tags, tagsAsked, tagsIfAny } from './tag.ts'

const existing = ({ policyArn }: { readonly policyArn: string }) => policy(policyArn)
const toCome = ({ policyName, path }: { readonly policyName: string; readonly path?: string | null }) =>
  newPolicy({ name: policyName, path })
const policyArn = (t: InputFields) => t.field({ type: 'ARN', required: true })

mutation('createPolicy', {
  description: 'Makes a managed policy whose first version, `v1`, is in force. It grants nothing until it is attached.',
  input: (t) => ({
    policyName: t.string({ required: true }),
    path: t.string(),
    policyDocument: t.field({ type: 'PolicyDocument', required: true }),
    description: t.string({ description: 'Cannot be changed later.' }),
    tags: tagsIfAny(t),
  }),
  needs: [
    { action: 'iam:CreatePolicy', on: toCome, keys: tagsAsked },
    { action: 'iam:TagPolicy', on: toCome, when: hasTags, keys: tagsAsked },
  ],
  run: createPolicy,
  answer: (t) => ({ policy: changedPolicy(t, ({ id }) => id) }),
})

mutation('deletePolicy', {
  description: 'Refused with DeleteConflict while the policy is attached, is a boundary, or has other versions.',
  input: (t) => ({ policyArn: policyArn(t) }),
  needs: { action: 'iam:DeletePolicy', on: existing },
  run: deletePolicy,
  answer: (t) => ({
    deletedPolicyId: t.exposeString('id', { description: 'The unique id, `ANPA…`.' }),
    policyName: t.exposeString('name'),
  }),
})

/** The policy and the version that an operation was about. */
const versionAnswer = (t: PayloadFields<{ policyId: string; number: number; createdAt: Date }>) => ({
  versionId: t.string({ resolve: ({ number }) => versionIdOf(number) }),
  createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Of the version.' }),
  policy: changedPolicy(t, ({ policyId }) => policyId),
})

mutation('createPolicyVersion', {
  description: 'Stores a new text of a managed policy as its next version, at most five.',
  input: (t) => ({
    policyArn: policyArn(t),
    policyDocument: t.field({ type: 'PolicyDocument', required: true }),
    setAsDefault: t.boolean({
      defaultValue: false,
      description: 'Without it the new text is stored but not in force.',
    }),
  }),
  needs: { action: 'iam:CreatePolicyVersion', on: existing },
  run: createPolicyVersion,
  answer: versionAnswer,
})

mutation('setDefaultPolicyVersion', {
  description: 'Puts a version in force wherever the policy is attached, from the next request on.',
  input: (t) => ({ policyArn: policyArn(t), versionId: t.string({ required: true }) }),
  needs: { action: 'iam:SetDefaultPolicyVersion', on: existing },
  run: setDefaultPolicyVersion,
  answer: (t) => ({ policy: changedPolicy(t, ({ id }) => id) }),
})

mutation('deletePolicyVersion', {
  description: 'Deletes a version that is not in force.',
  input: (t) => ({ policyArn: policyArn(t), versionId: t.string({ required: true }) }),
  needs: { action: 'iam:DeletePolicyVersion', on: existing },
  run: deletePolicyVersion,
  answer: versionAnswer,
})

mutation('tagPolicy', {
  description: 'Adds tags or replaces their values. Keys that differ in case are two.',
  input: (t) => ({ policyArn: policyArn(t), tags: tags(t) }),
  needs: { action: 'iam:TagPolicy', on: existing, keys: tagsAsked },
  run: tagPolicy,
  answer: (t) => ({ policy: changedPolicy(t, ({ id }) => id) }),
})

mutation('untagPolicy', {
  description: 'Removes tags; keys that the policy does not have are ignored.',
  input: (t) => ({ policyArn: policyArn(t), tagKeys: t.stringList({ required: true }) }),
  needs: { action: 'iam:UntagPolicy', on: existing, keys: (input) => tagKeys(input.tagKeys) },
  run: untagPolicy,
  answer: (t) => ({ policy: changedPolicy(t, ({ id }) => id) }),
})
