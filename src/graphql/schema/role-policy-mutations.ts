import { role } from '../../access/declaration.ts'
import { attachRolePolicy, detachRolePolicy } from '../../iam/held-policies/attached-policies.ts'
import { deleteRolePolicy, putRolePolicy } from '../../iam/held-policies/inline-policies.ts'
import { type InputFields, mutation } from '../operation.ts'
import { changedPolicy, policyAsked } from './policy.ts'
import { changedRole } from './role.ts'

const roleName = (t: InputFields) => t.string({ required: true })
const holder = (input: { readonly roleName: string }) => role(input.roleName)

mutation('putRolePolicy', {
  description: 'Writes an inline policy of a role, or overwrites the one of that name.',
  input: (t) => ({
    roleName: roleName(t),
    policyName: t.string({ required: true }),
    policyDocument: t.field({ type: 'PolicyDocument', required: true }),
  }),
  needs: { action: 'iam:PutRolePolicy', on: holder },
  run: putRolePolicy,
  answer: (t) => ({ policyName: t.exposeString('name'), role: changedRole(t, ({ roleId }) => roleId) }),
})

mutation('deleteRolePolicy', {
  description: 'Deletes an inline policy of a role.',
  input: (t) => ({ roleName: roleName(t), policyName: t.string({ required: true }) }),
  needs: { action: 'iam:DeleteRolePolicy', on: holder },
  run: deleteRolePolicy,
  answer: (t) => ({ policyName: t.exposeString('name'), role: changedRole(t, ({ roleId }) => roleId) }),
})

mutation('attachRolePolicy', {
  description: 'Permission is checked on the role; condition key `iam:PolicyARN` says which policies may be attached.',
  input: (t) => ({ roleName: roleName(t), policyArn: t.field({ type: 'ARN', required: true }) }),
  needs: { action: 'iam:AttachRolePolicy', on: holder, keys: policyAsked },
  run: attachRolePolicy,
  answer: (t) => ({
    policy: changedPolicy(t, ({ policy }) => policy.id),
    role: changedRole(t, (row) => row.holder.id),
  }),
})

mutation('detachRolePolicy', {
  description: 'Takes a managed policy from a role; the policy itself stays.',
  input: (t) => ({ roleName: roleName(t), policyArn: t.field({ type: 'ARN', required: true }) }),
  needs: { action: 'iam:DetachRolePolicy', on: holder, keys: policyAsked },
  run: detachRolePolicy,
  answer: (t) => ({
    policy: changedPolicy(t, ({ policy }) => policy.id),
    role: changedRole(t, (row) => row.holder.id),
  }),
})
