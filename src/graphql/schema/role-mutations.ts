import { requestTags, tagKeys } from '../../access/context.ts'
import { newRole, role } from '../../access/declaration.ts'
import { createRole } from '../../iam/roles/create-role.ts'
import { deleteRole } from '../../iam/roles/delete-role.ts'
import { revokeRoleSessions } from '../../iam/roles/revoke-role-sessions.ts'
import { tagRole, untagRole } from '../../iam/roles/tag-role.ts'
import { updateAssumeRolePolicy, updateRole, updateRoleDescription } from '../../iam/roles/update-role.ts'
import { builder } from '../builder.ts'
import { shownTrustPolicy } from '../trust-policy.ts'
import { Role } from './role.ts'
import { TagInput } from './tag.ts'

/** A payload whose only news is the role; it is read again, with just what the client asked for. */
export function rolePayload(name: string) {
  return builder.objectRef<{ id: string }>(name).implement({
    fields: (t) => ({
      role: t.prismaField({
        type: Role,
        access: 'parent',
        resolve: (query, { id }, _args, { db, principal }) =>
          db.role.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId: principal.accountId, id } } }),
      }),
    }),
  })
}

const CreateRoleInput = builder.inputType('CreateRoleInput', {
  fields: (t) => ({
    roleName: t.string({ required: true }),
    assumeRolePolicyDocument: t.field({
      type: 'PolicyDocument',
      required: true,
      description: 'The trust policy: who may assume the role.',
    }),
    path: t.string(),
    description: t.string(),
    maxSessionDuration: t.int({ description: 'Seconds, 3600 to 43200; 3600 when omitted.' }),
    permissionsBoundary: t.field({
      type: 'ARN',
      description: 'A managed policy that limits what the role can ever do.',
    }),
    tags: t.field({ type: [TagInput] }),
  }),
})

builder.mutationField('createRole', (t) =>
  t.field({
    type: rolePayload('CreateRolePayload'),
    nullable: true,
    description: 'A new role has no permissions. Everybody whom the trust policy names must exist.',
    args: { input: t.arg({ type: CreateRoleInput, required: true }) },
    access: [
      {
        action: 'iam:CreateRole',
        resource: (_parent, { input }) => newRole({ name: input.roleName, path: input.path }),
        keys: ({ input }) => [
          ...requestTags(input.tags),
          ...(input.permissionsBoundary ? [['iam:PermissionsBoundary', input.permissionsBoundary] as const] : []),
        ],
      },
      {
        action: 'iam:TagRole',
        resource: (_parent, { input }) => newRole({ name: input.roleName, path: input.path }),
        when: (_parent, { input }) => (input.tags?.length ?? 0) > 0,
        keys: ({ input }) => requestTags(input.tags),
      },
    ],
    resolve: (_parent, { input }, { call }) => createRole(call, input),
  }),
)

const UpdateRoleInput = builder.inputType('UpdateRoleInput', {
  fields: (t) => ({
    roleName: t.string({ required: true }),
    description: t.string(),
    maxSessionDuration: t.int({ description: 'Seconds, 3600 to 43200.' }),
  }),
})

builder.mutationField('updateRole', (t) =>
  t.field({
    type: rolePayload('UpdateRolePayload'),
    nullable: true,
    description: 'What is omitted stays. Sessions that are running keep their time.',
    args: { input: t.arg({ type: UpdateRoleInput, required: true }) },
    access: { action: 'iam:UpdateRole', resource: (_parent, { input }) => role(input.roleName) },
    resolve: (_parent, { input }, { call }) => updateRole(call, input),
  }),
)

const UpdateRoleDescriptionInput = builder.inputType('UpdateRoleDescriptionInput', {
  fields: (t) => ({
    roleName: t.string({ required: true }),
    description: t.string({ required: true }),
  }),
})

const UpdateRoleDescriptionPayload = rolePayload('UpdateRoleDescriptionPayload')

builder.objectField(UpdateRoleDescriptionPayload, 'assumeRolePolicyText', (t) =>
  t.string({
    description: 'The trust policy as it was written, which IAM answers with.',
    access: 'parent',
    resolve: async ({ id }, _args, context) => {
      const { accountId } = context.principal
      const role = await context.db.role.findUniqueOrThrow({ where: { accountId_id: { accountId, id } } })
      return await shownTrustPolicy(context, role)
    },
  }),
)

builder.mutationField('updateRoleDescription', (t) =>
  t.field({
    type: UpdateRoleDescriptionPayload,
    nullable: true,
    description: 'Like `updateRole` with a description.',
    args: { input: t.arg({ type: UpdateRoleDescriptionInput, required: true }) },
    access: { action: 'iam:UpdateRoleDescription', resource: (_parent, { input }) => role(input.roleName) },
    resolve: (_parent, { input }, { call }) => updateRoleDescription(call, input),
  }),
)

const UpdateAssumeRolePolicyInput = builder.inputType('UpdateAssumeRolePolicyInput', {
  fields: (t) => ({
    roleName: t.string({ required: true }),
    policyDocument: t.field({ type: 'PolicyDocument', required: true }),
  }),
})

builder.mutationField('updateAssumeRolePolicy', (t) =>
  t.field({
    type: rolePayload('UpdateAssumeRolePolicyPayload'),
    nullable: true,
    description: 'Replaces the trust policy. Sessions that are running are not affected.',
    args: { input: t.arg({ type: UpdateAssumeRolePolicyInput, required: true }) },
    access: { action: 'iam:UpdateAssumeRolePolicy', resource: (_parent, { input }) => role(input.roleName) },
    resolve: (_parent, { input }, { call }) => updateAssumeRolePolicy(call, input),
  }),
)

const RoleNameInput = (name: string) =>
  builder.inputType(name, { fields: (t) => ({ roleName: t.string({ required: true }) }) })

const DeleteRolePayload = builder.objectRef<{ id: string; name: string }>('DeleteRolePayload').implement({
  fields: (t) => ({
    deletedRoleId: t.exposeString('id', { description: 'The unique id, `AROA…`.' }),
    roleName: t.exposeString('name'),
  }),
})

builder.mutationField('deleteRole', (t) =>
  t.field({
    type: DeleteRolePayload,
    nullable: true,
    description: 'Refused with DeleteConflict while the role has policies. Its sessions end.',
    args: { input: t.arg({ type: RoleNameInput('DeleteRoleInput'), required: true }) },
    access: { action: 'iam:DeleteRole', resource: (_parent, { input }) => role(input.roleName) },
    resolve: (_parent, { input }, { call }) => deleteRole(call, input),
  }),
)

builder.mutationField('revokeRoleSessions', (t) =>
  t.field({
    type: rolePayload('RevokeRoleSessionsPayload'),
    nullable: true,
    description:
      'Ends all sessions of the role that began until now. Whoever is trusted can assume the role again: change the trust policy first to keep somebody out.',
    args: { input: t.arg({ type: RoleNameInput('RevokeRoleSessionsInput'), required: true }) },
    access: { action: 'iam:PutRolePolicy', resource: (_parent, { input }) => role(input.roleName) },
    resolve: (_parent, { input }, { call }) => revokeRoleSessions(call, input),
  }),
)

const TagRoleInput = builder.inputType('TagRoleInput', {
  fields: (t) => ({
    roleName: t.string({ required: true }),
    tags: t.field({ type: [TagInput], required: true }),
  }),
})

builder.mutationField('tagRole', (t) =>
  t.field({
    type: rolePayload('TagRolePayload'),
    nullable: true,
    description: 'Adds tags or replaces their values. Keys are the same without regard to case.',
    args: { input: t.arg({ type: TagRoleInput, required: true }) },
    access: {
      action: 'iam:TagRole',
      resource: (_parent, { input }) => role(input.roleName),
      keys: ({ input }) => requestTags(input.tags),
    },
    resolve: (_parent, { input }, { call }) => tagRole(call, input),
  }),
)

const UntagRoleInput = builder.inputType('UntagRoleInput', {
  fields: (t) => ({
    roleName: t.string({ required: true }),
    tagKeys: t.stringList({ required: true }),
  }),
})

builder.mutationField('untagRole', (t) =>
  t.field({
    type: rolePayload('UntagRolePayload'),
    nullable: true,
    description: 'Removes tags; keys that the role does not have are ignored.',
    args: { input: t.arg({ type: UntagRoleInput, required: true }) },
    access: {
      action: 'iam:UntagRole',
      resource: (_parent, { input }) => role(input.roleName),
      keys: ({ input }) => tagKeys(input.tagKeys),
    },
    resolve: (_parent, { input }, { call }) => untagRole(call, input),
  }),
)
