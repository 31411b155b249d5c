import { requestTags, tagKeys } from '../../access/context.ts'
import { newUser, renamedUser, user } from '../../access/declaration.ts'
import { createUser } from '../../iam/users/create-user.ts'
import { deleteUser } from '../../iam/users/delete-user.ts'
import { updateUser } from '../../iam/users/update-user.ts'
import { tagUser, untagUser } from '../../iam/users/tag-user.ts'
import { builder } from '../builder.ts'
import { TagInput } from './tag.ts'
import { User } from './user.ts'

/** A payload whose only news is the user; it is read again, with just what the client asked for. */
export function userPayload(name: string) {
  return builder.objectRef<{ id: string }>(name).implement({
    fields: (t) => ({
      user: t.prismaField({
        type: User,
        access: 'parent',
        resolve: (query, { id }, _args, { db, principal }) =>
          db.user.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId: principal.accountId, id } } }),
      }),
    }),
  })
}

const CreateUserInput = builder.inputType('CreateUserInput', {
  fields: (t) => ({
    userName: t.string({ required: true }),
    path: t.string(),
    tags: t.field({ type: [TagInput] }),
    permissionsBoundary: t.field({
      type: 'ARN',
      description: 'A managed policy that limits what the user can ever do.',
    }),
  }),
})

builder.mutationField('createUser', (t) =>
  t.field({
    type: userPayload('CreateUserPayload'),
    nullable: true,
    description: 'A new user has no credentials and no permissions.',
    args: { input: t.arg({ type: CreateUserInput, required: true }) },
    access: [
      {
        action: 'iam:CreateUser',
        resource: (_parent, { input }) => newUser({ name: input.userName, path: input.path }),
        keys: ({ input }) => [
          ...requestTags(input.tags),
          ...(input.permissionsBoundary ? [['iam:PermissionsBoundary', input.permissionsBoundary] as const] : []),
        ],
      },
      {
        action: 'iam:TagUser',
        resource: (_parent, { input }) => newUser({ name: input.userName, path: input.path }),
        when: (_parent, { input }) => (input.tags?.length ?? 0) > 0,
        keys: ({ input }) => requestTags(input.tags),
      },
    ],
    resolve: (_parent, { input }, { call }) => createUser(call, input),
  }),
)

const UpdateUserInput = builder.inputType('UpdateUserInput', {
  fields: (t) => ({
    userName: t.string({ required: true }),
    newUserName: t.string(),
    newPath: t.string(),
  }),
})

builder.mutationField('updateUser', (t) =>
  t.field({
    type: userPayload('UpdateUserPayload'),
    nullable: true,
    description:
      'Renames or moves a user. Keys, policies and devices stay; ARNs that policies spell out do not follow. Needed on the old and on the new ARN.',
    args: { input: t.arg({ type: UpdateUserInput, required: true }) },
    access: [
      { action: 'iam:UpdateUser', resource: (_parent, { input }) => user(input.userName) },
      {
        action: 'iam:UpdateUser',
        resource: (_parent, { input }) => renamedUser(input.userName, input.newUserName, input.newPath),
      },
    ],
    resolve: (_parent, { input }, { call }) => updateUser(call, input),
  }),
)

const DeleteUserInput = builder.inputType('DeleteUserInput', {
  fields: (t) => ({ userName: t.string({ required: true }) }),
})

const DeleteUserPayload = builder.objectRef<{ id: string; name: string }>('DeleteUserPayload').implement({
  fields: (t) => ({
    deletedUserId: t.exposeString('id', { description: 'The unique id, `AIDA…`.' }),
    userName: t.exposeString('name'),
  }),
})

builder.mutationField('deleteUser', (t) =>
  t.field({
    type: DeleteUserPayload,
    nullable: true,
    description:
      'Refused with DeleteConflict while the user has a password, keys, MFA devices or policies, or is in a group.',
    args: { input: t.arg({ type: DeleteUserInput, required: true }) },
    access: { action: 'iam:DeleteUser', resource: (_parent, { input }) => user(input.userName) },
    resolve: (_parent, { input }, { call }) => deleteUser(call, input),
  }),
)

const TagUserInput = builder.inputType('TagUserInput', {
  fields: (t) => ({
    userName: t.string({ required: true }),
    tags: t.field({ type: [TagInput], required: true }),
  }),
})

builder.mutationField('tagUser', (t) =>
  t.field({
    type: userPayload('TagUserPayload'),
    nullable: true,
    description: 'Adds tags or replaces their values. Keys are the same without regard to case.',
    args: { input: t.arg({ type: TagUserInput, required: true }) },
    access: {
      action: 'iam:TagUser',
      resource: (_parent, { input }) => user(input.userName),
      keys: ({ input }) => requestTags(input.tags),
    },
    resolve: (_parent, { input }, { call }) => tagUser(call, input),
  }),
)

const UntagUserInput = builder.inputType('UntagUserInput', {
  fields: (t) => ({
    userName: t.string({ required: true }),
    tagKeys: t.stringList({ required: true }),
  }),
})

builder.mutationField('untagUser', (t) =>
  t.field({
    type: userPayload('UntagUserPayload'),
    nullable: true,
    description: 'Removes tags; keys that the user does not have are ignored.',
    args: { input: t.arg({ type: UntagUserInput, required: true }) },
    access: {
      action: 'iam:UntagUser',
      resource: (_parent, { input }) => user(input.userName),
      keys: ({ input }) => tagKeys(input.tagKeys),
    },
    resolve: (_parent, { input }, { call }) => untagUser(call, input),
  }),
)
