import { user } from '../../access/declaration.ts'
import { attachUserPolicy, detachUserPolicy } from '../../iam/held-policies/attached-policies.ts'
import { deleteUserPolicy, putUserPolicy } from '../../iam/held-policies/inline-policies.ts'
import { type InputFields, mutation } from '../operation.ts'
import { changedPolicy, policyAsked } from './policy.ts'
import { changedUser } from './user.ts'

const userName = (t: InputFields) => t.string({ required: true })
const holder = (input: { readonly userName: string }) => user(input.userName)

mutation('putUserPolicy', {
  description: 'Writes an inline policy of a user, or overwrites the one of that name.',
  input: (t) => ({
    userName: userName(t),
    policyName: t.string({ required: true }),
    policyDocument: t.field({ type: 'PolicyDocument', required: true }),
  }),
  needs: { action: 'iam:PutUserPolicy', on: holder },
  run: putUserPolicy,
  answer: (t) => ({ policyName: t.exposeString('name'), user: changedUser(t, ({ userId }) => userId) }),
})

mutation('deleteUserPolicy', {
  description: 'Deletes an inline policy of a user.',
  input: (t) => ({ userName: userName(t), policyName: t.string({ required: true }) }),
  needs: { action: 'iam:DeleteUserPolicy', on: holder },
  run: deleteUserPolicy,
  answer: (t) => ({ policyName: t.exposeString('name'), user: changedUser(t, ({ userId }) => userId) }),
})

mutation('attachUserPolicy', {
  description: 'Permission is checked on the user; condition key `iam:PolicyARN` says which policies may be attached.',
  input: (t) => ({ userName: userName(t), policyArn: t.field({ type: 'ARN', required: true }) }),
  needs: { action: 'iam:AttachUserPolicy', on: holder, keys: policyAsked },
  run: attachUserPolicy,
  answer: (t) => ({
    policy: changedPolicy(t, ({ policy }) => policy.id),
    user: changedUser(t, (row) => row.holder.id),
  }),
})

mutation('detachUserPolicy', {
  description: 'Takes a managed policy from a user; the policy itself stays.',
  input: (t) => ({ userName: userName(t), policyArn: t.field({ type: 'ARN', required: true }) }),
  needs: { action: 'iam:DetachUserPolicy', on: holder, keys: policyAsked },
  run: detachUserPolicy,
  answer: (t) => ({
    policy: changedPolicy(t, ({ policy }) => policy.id),
    user: changedUser(t, (row) => row.holder.id),
  }),
})
