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
  description: 'Creates a role. It has no policies at first. All principals that the trust policy names must exist.',
  input: (t) => ({
    path: t.string(),
    roleName: t.string({
      required: true,
      description:
        'Name of the new role: 1 to 64 letters, digits and `+=,.@_-`. No two roles of the account have names that differ only in upper and lower case.',
    }),
    assumeRolePolicyDocument: t.field({
      type: 'PolicyDocument',
      required: true,
      description:
        'The trust policy, which says who may assume the role: a JSON object, or its text as a string. At most 2048 characters, white space between tokens not counted.',
    }),
    description: t.string({ description: 'At most 1000 characters. Left out or null: no description.' }),
    maxSessionDuration: t.int({
      description:
        'How long a session of the role may last at most, in seconds: 3600 to 43200. Left out or null: 3600.',
    }),
    permissionsBoundary: t.field({
      type: 'ARN',
      description:
        'ARN of the managed policy that becomes the permissions boundary: sessions of the role can do only what both the boundary and its policies allow. Left out or null: no boundary.',
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
  description:
    'Changes the description or the maximum session duration of a role. Sessions that have begun keep their duration.',
  input: (t) => ({
    roleName: roleName(t),
    description: t.string({
      description: 'The new description, at most 1000 characters. Left out or null: it does not change.',
    }),
    maxSessionDuration: t.int({
      description:
        'How long a session of the role may last at most, in seconds: 3600 to 43200. Left out or null: it does not change.',
    }),
  }),
  needs: { action: 'iam:UpdateRole', on: existing },
  run: updateRole,
  answer: (t) => ({ role: changedRole(t, ({ id }) => id) }),
})

mutation('updateRoleDescription', {
  description: 'Changes the description of a role, as `updateRole` also does.',
  input: (t) => ({
    roleName: roleName(t),
    description: t.string({ required: true, description: 'At most 1000 characters.' }),
  }),
  needs: { action: 'iam:UpdateRoleDescription', on: existing },
  run: updateRoleDescription,
  answer: (t) => ({
    role: changedRole(t, ({ id }) => id),
    assumeRolePolicyText: t.string({
      description:
        'The trust policy of the role as it was written, white space included. IAM returns it with this operation.',
      access: 'parent',
      resolve: (row, _args, context) => shownTrustPolicy(context, row),
    }),
  }),
})

mutation('updateAssumeRolePolicy', {
  description: 'Replaces the trust policy of a role. Sessions that have begun go on.',
  input: (t) => ({
    roleName: roleName(t),
    policyDocument: t.field({
      type: 'PolicyDocument',
      required: true,
      description:
        'The new trust policy, which says who may assume the role: a JSON object, or its text as a string. At most 2048 characters, white space between tokens not counted.',
    }),
  }),
  needs: { action: 'iam:UpdateAssumeRolePolicy', on: existing },
  run: updateAssumeRolePolicy,
  answer: (t) => ({ role: changedRole(t, ({ id }) => id) }),
})

mutation('deleteRole', {
  description: 'Deletes a role and ends its sessions. Refused with DeleteConflict while it has policies.',
  input: (t) => ({ roleName: roleName(t) }),
  needs: { action: 'iam:DeleteRole', on: existing },
  run: deleteRole,
  answer: (t) => ({
    deletedRoleId: t.exposeString('id', { description: 'The unique id of the deleted role, `AROA…`.' }),
    roleName: t.exposeString('name'),
  }),
})

mutation('revokeRoleSessions', {
  description:
    'Ends all sessions of a role that have begun. Principals that the trust policy names can assume the role again: to keep them out, change the trust policy first.',
  input: (t) => ({ roleName: roleName(t) }),
  needs: { action: 'iam:PutRolePolicy', on: existing },
  run: revokeRoleSessions,
  answer: (t) => ({ role: changedRole(t, ({ id }) => id) }),
})

mutation('tagRole', {
  description:
    'Adds tags to a role, or replaces the values of tags that it has. Keys that differ only in upper and lower case are the same tag.',
  input: (t) => ({ roleName: roleName(t), tags: tags(t) }),
  needs: { action: 'iam:TagRole', on: existing, keys: tagsAsked },
  run: tagRole,
  answer: (t) => ({ role: changedRole(t, ({ id }) => id) }),
})

mutation('untagRole', {
  description: 'Removes tags of a role.',
  input: (t) => ({ roleName: roleName(t), tagKeys: t.stringList({ required: true }) }),
  needs: { action: 'iam:UntagRole', on: existing, keys: (input) => tagKeys(input.tagKeys) },
  run: untagRole,
  answer: (t) => ({ role: changedRole(t, ({ id }) => id) }),
})
