import { role } from '../../access/declaration.ts'
import { attachRolePolicy, detachRolePolicy } from '../../iam/held-policies/attached-policies.ts'
import { deleteRolePolicy, putRolePolicy } from '../../iam/held-policies/inline-policies.ts'
import { type InputFields, mutation } from '../operation.ts'
import { changedPolicy, policyAsked } from './policy.ts'
import { changedRole } from './role.ts'

const roleName = (t: InputFields) => t.string({ required: true })
const holder = (input: { readonly roleName: string }) => role(input.roleName)

mutation('putRolePolicy', {
  description: 'Writes an inline policy of a role, or overwrites the inline policy of the same name.',
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
  description:
    'Attaches a managed policy to a role. The permission is checked on the role; a condition on the key `iam:PolicyARN` can limit which policies may be attached.',
  input: (t) => ({ roleName: roleName(t), policyArn: t.field({ type: 'ARN', required: true }) }),
  needs: { action: 'iam:AttachRolePolicy', on: holder, keys: policyAsked },
  run: attachRolePolicy,
  answer: (t) => ({
    policy: changedPolicy(t, ({ policy }) => policy.id),
    role: changedRole(t, (row) => row.holder.id),
  }),
})

mutation('detachRolePolicy', {
  description:
    'Detaches a managed policy from a role. The policy itself stays. The permission is checked on the role; a condition on the key `iam:PolicyARN` can limit which policies may be detached.',
  input: (t) => ({ roleName: roleName(t), policyArn: t.field({ type: 'ARN', required: true }) }),
  needs: { action: 'iam:DetachRolePolicy', on: holder, keys: policyAsked },
  run: detachRolePolicy,
  answer: (t) => ({
    policy: changedPolicy(t, ({ policy }) => policy.id),
    role: changedRole(t, (row) => row.holder.id),
  }),
})
