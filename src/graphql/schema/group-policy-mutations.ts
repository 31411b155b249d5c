import { group } from '../../access/declaration.ts'
import { attachGroupPolicy, detachGroupPolicy } from '../../iam/held-policies/attached-policies.ts'
import { deleteGroupPolicy, putGroupPolicy } from '../../iam/held-policies/inline-policies.ts'
import { type InputFields, mutation } from '../operation.ts'
import { changedPolicy, policyAsked } from './policy.ts'
import { changedGroup } from './group.ts'

const groupName = (t: InputFields) => t.string({ required: true })
const holder = (input: { readonly groupName: string }) => group(input.groupName)

mutation('putGroupPolicy', {
  description: 'Writes an inline policy of a group, or overwrites the one of that name.',
  input: (t) => ({
    groupName: groupName(t),
    policyName: t.string({ required: true }),
    policyDocument: t.field({ type: 'PolicyDocument', required: true }),
  }),
  needs: { action: 'iam:PutGroupPolicy', on: holder },
  run: putGroupPolicy,
  answer: (t) => ({ policyName: t.exposeString('name'), group: changedGroup(t, ({ groupId }) => groupId) }),
})

mutation('deleteGroupPolicy', {
  description: 'Deletes an inline policy of a group.',
  input: (t) => ({ groupName: groupName(t), policyName: t.string({ required: true }) }),
  needs: { action: 'iam:DeleteGroupPolicy', on: holder },
  run: deleteGroupPolicy,
  answer: (t) => ({ policyName: t.exposeString('name'), group: changedGroup(t, ({ groupId }) => groupId) }),
})

mutation('attachGroupPolicy', {
  description: 'Permission is checked on the group; condition key `iam:PolicyARN` says which policies may be attached.',
  input: (t) => ({ groupName: groupName(t), policyArn: t.field({ type: 'ARN', required: true }) }),
  needs: { action: 'iam:AttachGroupPolicy', on: holder, keys: policyAsked },
  run: attachGroupPolicy,
  answer: (t) => ({
    policy: changedPolicy(t, ({ policy }) => policy.id),
    group: changedGroup(t, (row) => row.holder.id),
  }),
})

mutation('detachGroupPolicy', {
  description: 'Takes a managed policy from a group; the policy itself stays.',
  input: (t) => ({ groupName: groupName(t), policyArn: t.field({ type: 'ARN', required: true }) }),
  needs: { action: 'iam:DetachGroupPolicy', on: holder, keys: policyAsked },
  run: detachGroupPolicy,
  answer: (t) => ({
    policy: changedPolicy(t, ({ policy }) => policy.id),
    group: changedGroup(t, (row) => row.holder.id),
  }),
})
