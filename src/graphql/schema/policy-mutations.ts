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
const policyArn = (t: InputFields) =>
  t.field({
    type: 'ARN',
    required: true,
    description:
      'ARN of a managed policy of the account, e.g. `arn:aws:iam::123456789012:policy/ReadReports`. Built-in policies cannot be changed.',
  })

mutation('createPolicy', {
  description:
    'Creates a managed policy. Its first version, `v1`, is in force. It grants nothing until it is attached to a user, group or role.',
  input: (t) => ({
    policyName: t.string({
      required: true,
      description:
        'Name of the new managed policy: 1 to 128 letters, digits and `+=,.@_-`. No two policies of the account have names that differ only in upper and lower case.',
    }),
    path: t.string({
      description:
        'Path of the new policy: `/`, or a text that begins and ends with `/`, e.g. `/division/team/`. 1 to 512 letters, digits and `/.,+@=_-`. Left out or null: `/`.',
    }),
    policyDocument: t.field({
      type: 'PolicyDocument',
      required: true,
      description:
        'The policy document: a JSON object, or its text as a string. At most 6144 characters, white space between tokens not counted.',
    }),
    description: t.string({
      description: 'At most 1000 characters. It cannot be changed later. Left out or null: no description.',
    }),
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
  description:
    'Deletes a managed policy. Refused with DeleteConflict while it is attached, is a permissions boundary, or has versions beside the default one.',
  input: (t) => ({ policyArn: policyArn(t) }),
  needs: { action: 'iam:DeletePolicy', on: existing },
  run: deletePolicy,
  answer: (t) => ({
    deletedPolicyId: t.exposeString('id', { description: 'The unique id of the deleted policy, `ANPA…`.' }),
    policyName: t.exposeString('name'),
  }),
})

/** The policy and the version that an operation was about. */
const versionAnswer = (t: PayloadFields<{ policyId: string; number: number; createdAt: Date }>) => ({
  versionId: t.string({
    description: 'The version: `v1`, `v2` and so on.',
    resolve: ({ number }) => versionIdOf(number),
  }),
  createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the version was created.' }),
  policy: changedPolicy(t, ({ policyId }) => policyId),
})

mutation('createPolicyVersion', {
  description: 'Stores a new document of a managed policy as its next version. A policy has at most five versions.',
  input: (t) => ({
    policyArn: policyArn(t),
    policyDocument: t.field({
      type: 'PolicyDocument',
      required: true,
      description:
        'The new policy document: a JSON object, or its text as a string. At most 6144 characters, white space between tokens not counted.',
    }),
    setAsDefault: t.boolean({
      defaultValue: false,
      description:
        'True: the new version is in force from the next request on. False or null: it is stored, and the former default version stays in force.',
    }),
  }),
  needs: { action: 'iam:CreatePolicyVersion', on: existing },
  run: createPolicyVersion,
  answer: versionAnswer,
})

mutation('setDefaultPolicyVersion', {
  description: 'Puts a version of a managed policy in force wherever the policy is attached, from the next request on.',
  input: (t) => ({ policyArn: policyArn(t), versionId: t.string({ required: true }) }),
  needs: { action: 'iam:SetDefaultPolicyVersion', on: existing },
  run: setDefaultPolicyVersion,
  answer: (t) => ({ policy: changedPolicy(t, ({ id }) => id) }),
})

mutation('deletePolicyVersion', {
  description: 'Deletes a version of a managed policy. Refused with DeleteConflict for the default version.',
  input: (t) => ({ policyArn: policyArn(t), versionId: t.string({ required: true }) }),
  needs: { action: 'iam:DeletePolicyVersion', on: existing },
  run: deletePolicyVersion,
  answer: versionAnswer,
})

mutation('tagPolicy', {
  description:
    'Adds tags to a managed policy, or replaces the values of tags that it has. Keys that differ in upper and lower case are different tags.',
  input: (t) => ({ policyArn: policyArn(t), tags: tags(t) }),
  needs: { action: 'iam:TagPolicy', on: existing, keys: tagsAsked },
  run: tagPolicy,
  answer: (t) => ({ policy: changedPolicy(t, ({ id }) => id) }),
})

mutation('untagPolicy', {
  description: 'Removes tags of a managed policy.',
  input: (t) => ({ policyArn: policyArn(t), tagKeys: t.stringList({ required: true }) }),
  needs: { action: 'iam:UntagPolicy', on: existing, keys: (input) => tagKeys(input.tagKeys) },
  run: untagPolicy,
  answer: (t) => ({ policy: changedPolicy(t, ({ id }) => id) }),
})
