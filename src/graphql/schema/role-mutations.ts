import { boundaryAsked, tagKeys } from '../../access/context.ts'
import { newRole, role } from '../../access/declaration.ts'
import { createRole } from '../../iam/roles/create-role.ts'
import { deleteRole } from '../../iam/roles/delete-role.ts'
import { revokeRoleSessions } from '../../iam/roles/revoke-role-sessions.ts'
import { tagRole, untagRole } from '../../iam/roles/tag-role.ts'
import { updateAssumeRolePolicy, updateRole, updateRoleDescription } from '../../iam/roles/update-role.ts'
import { type InputFields, mutation } from '../operation.ts'
import { shownTrustPolicy } from '../trust-policy.ts'
import { changedRole } from './role.ts'
import { hasTags, tags, tagsAsked, tagsIfAny } from './tag.ts'

const roleName = (t: InputFields) => t.string({ required: true })
const existing = (input: { readonly roleName: string }) => role(input.roleName)
const toCome = (input: { readonly roleName: string; readonly path?: string | null }) =>
  newRole({ name: input.roleName, path: input.path })

mutation('createRole', {
  description: 'A new role has no permissions. Everybody whom the trust policy names must exist.',
  input: (t) => ({
    path: t.string(),
    roleName: roleName(t),
    assumeRolePolicyDocument: t.field({
      type: 'PolicyDocument',
      required: true,
      description: 'The trust policy: who may assume the role.',
    }),
    description: t.string(),
    maxSessionDuration: t.int({ description: 'Seconds, 3600 to 43200; 3600 when omitted.' }),
    permissionsBoundary: t.field({
      type: 'ARN',
      description: 'A managed policy that limits what the role can ever do.',
    }),
    tags: tagsIfAny(t),
  }),
  needs: [
    { action: 'iam:CreateRole', on: toCome, keys: (input) => [...tagsAsked(input), ...boundaryAsked(input)] },
    { action: 'iam:TagRole', on: toCome, when: hasTags, keys: tagsAsked },
  ],
  run: createRole,
  answer: (t) => ({ role: changedRole(t, ({ id }) => id) }),
})

mutation('updateRole', {
  description: 'What is omitted stays. Sessions that are running keep their time.',
  input: (t) => ({
    roleName: roleName(t),
    description: t.string(),
    maxSessionDuration: t.int({ description: 'Seconds, 3600 to 43200.' }),
  }),
  needs: { action: 'iam:UpdateRole', on: existing },
  run: updateRole,
  answer: (t) => ({ role: changedRole(t, ({ id }) => id) }),
})

mutation('updateRoleDescription', {
  description: 'Like `updateRole` with a description.',
  input: (t) => ({ roleName: roleName(t), description: t.string({ required: true }) }),
  needs: { action: 'iam:UpdateRoleDescription', on: existing },
  run: updateRoleDescription,
  answer: (t) => ({
    role: changedRole(t, ({ id }) => id),
    assumeRolePolicyText: t.string({
      description: 'The trust policy as it was written, which IAM answers with.',
      access: 'parent',
      resolve: (row, _args, context) => shownTrustPolicy(context, row),
    }),
  }),
})

mutation('updateAssumeRolePolicy', {
  description: 'Replaces the trust policy. Sessions that are running are not affected.',
  input: (t) => ({
    roleName: roleName(t),
    policyDocument: t.field({ type: 'PolicyDocument', required: true }),
  }),
  needs: { action: 'iam:UpdateAssumeRolePolicy', on: existing },
  run: updateAssumeRolePolicy,
  answer: (t) => ({ role: changedRole(t, ({ id }) => id) }),
})

mutation('deleteRole', {
  description: 'Refused with DeleteConflict while the role has policies. Its sessions end.',
  input: (t) => ({ roleName: roleName(t) }),
  needs: { action: 'iam:DeleteRole', on: existing },
  run: deleteRole,
  answer: (t) => ({
    deletedRoleId: t.exposeString('id', { description: 'The unique id, `AROA…`.' }),
    roleName: t.exposeString('name'),
  }),
})

mutation('revokeRoleSessions', {
  description:
    'Ends all sessions of the role that began until now. Whoever is trusted can assume the role again: change the trust policy first to keep somebody out.',
  input: (t) => ({ roleName: roleName(t) }),
  needs: { action: 'iam:PutRolePolicy', on: existing },
  run: revokeRoleSessions,
  answer: (t) => ({ role: changedRole(t, ({ id }) => id) }),
})

mutation('tagRole', {
  description: 'Adds tags or replaces their values. Keys are the same without regard to case.',
  input: (t) => ({ roleName: roleName(t), tags: tags(t) }),
  needs: { action: 'iam:TagRole', on: existing, keys: tagsAsked },
  run: tagRole,
  answer: (t) => ({ role: changedRole(t, ({ id }) => id) }),
})

mutation('untagRole', {
  description: 'Removes tags; keys that the role does not have are ignored.',
  input: (t) => ({ roleName: roleName(t), tagKeys: t.stringList({ required: true }) }),
  needs: { action: 'iam:UntagRole', on: existing, keys: (input) => tagKeys(input.tagKeys) },
  run: untagRole,
  answer: (t) => ({ role: changedRole(t, ({ id }) => id) }),
})
