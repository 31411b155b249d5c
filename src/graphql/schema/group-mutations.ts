import { group, newGroup, renamedGroup } from '../../access/declaration.ts'
import { createGroup } from '../../iam/groups/create-group.ts'
import { deleteGroup } from '../../iam/groups/delete-group.ts'
import { addUserToGroup, removeUserFromGroup } from '../../iam/groups/group-members.ts'
import { updateGroup } from '../../iam/groups/update-group.ts'
import { builder } from '../builder.ts'
import { Group } from './group.ts'
import { User } from './user.ts'

/** A payload whose only news is the group; it is read again, with just what the client asked for. */
function groupPayload(name: string) {
  return builder.objectRef<{ id: string }>(name).implement({
    fields: (t) => ({
      group: t.prismaField({
        type: Group,
        access: 'parent',
        resolve: (query, { id }, _args, { db, principal }) =>
          db.group.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId: principal.accountId, id } } }),
      }),
    }),
  })
}

const CreateGroupInput = builder.inputType('CreateGroupInput', {
  fields: (t) => ({
    groupName: t.string({ required: true }),
    path: t.string(),
  }),
})

builder.mutationField('createGroup', (t) =>
  t.field({
    type: groupPayload('CreateGroupPayload'),
    nullable: true,
    description: 'A new group has no members and no permissions.',
    args: { input: t.arg({ type: CreateGroupInput, required: true }) },
    access: {
      action: 'iam:CreateGroup',
      resource: (_parent, { input }) => newGroup({ name: input.groupName, path: input.path }),
    },
    resolve: (_parent, { input }, { call }) => createGroup(call, input),
  }),
)

const UpdateGroupInput = builder.inputType('UpdateGroupInput', {
  fields: (t) => ({
    groupName: t.string({ required: true }),
    newGroupName: t.string(),
    newPath: t.string(),
  }),
})

builder.mutationField('updateGroup', (t) =>
  t.field({
    type: groupPayload('UpdateGroupPayload'),
    nullable: true,
    description:
      'Renames or moves a group. Members and policies stay; ARNs that policies spell out do not follow. Needed on the old and on the new ARN.',
    args: { input: t.arg({ type: UpdateGroupInput, required: true }) },
    access: [
      { action: 'iam:UpdateGroup', resource: (_parent, { input }) => group(input.groupName) },
      {
        action: 'iam:UpdateGroup',
        resource: (_parent, { input }) => renamedGroup(input.groupName, input.newGroupName, input.newPath),
      },
    ],
    resolve: (_parent, { input }, { call }) => updateGroup(call, input),
  }),
)

const DeleteGroupInput = builder.inputType('DeleteGroupInput', {
  fields: (t) => ({ groupName: t.string({ required: true }) }),
})

const DeleteGroupPayload = builder.objectRef<{ id: string; name: string }>('DeleteGroupPayload').implement({
  fields: (t) => ({
    deletedGroupId: t.exposeString('id', { description: 'The unique id, `AGPA…`.' }),
    groupName: t.exposeString('name'),
  }),
})

builder.mutationField('deleteGroup', (t) =>
  t.field({
    type: DeleteGroupPayload,
    nullable: true,
    description: 'Refused with DeleteConflict while the group has members or policies.',
    args: { input: t.arg({ type: DeleteGroupInput, required: true }) },
    access: { action: 'iam:DeleteGroup', resource: (_parent, { input }) => group(input.groupName) },
    resolve: (_parent, { input }, { call }) => deleteGroup(call, input),
  }),
)

const membershipInput = (name: string) =>
  builder.inputType(name, {
    fields: (t) => ({
      groupName: t.string({ required: true }),
      userName: t.string({ required: true }),
    }),
  })

/** The group and the user that were brought together or parted. */
function membershipPayload(name: string) {
  return builder.objectRef<{ group: { id: string }; user: { id: string } }>(name).implement({
    fields: (t) => ({
      group: t.prismaField({
        type: Group,
        access: 'parent',
        resolve: (query, row, _args, { db, principal: { accountId } }) =>
          db.group.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId, id: row.group.id } } }),
      }),
      user: t.prismaField({
        type: User,
        access: 'parent',
        resolve: (query, row, _args, { db, principal: { accountId } }) =>
          db.user.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId, id: row.user.id } } }),
      }),
    }),
  })
}

builder.mutationField('addUserToGroup', (t) =>
  t.field({
    type: membershipPayload('AddUserToGroupPayload'),
    nullable: true,
    description:
      'Permission is checked on the group alone: whoever may add to a group may give its permissions to anybody, also to themselves.',
    args: { input: t.arg({ type: membershipInput('AddUserToGroupInput'), required: true }) },
    access: { action: 'iam:AddUserToGroup', resource: (_parent, { input }) => group(input.groupName) },
    resolve: (_parent, { input }, { call }) => addUserToGroup(call, input),
  }),
)

builder.mutationField('removeUserFromGroup', (t) =>
  t.field({
    type: membershipPayload('RemoveUserFromGroupPayload'),
    nullable: true,
    description: 'Permission is checked on the group alone.',
    args: { input: t.arg({ type: membershipInput('RemoveUserFromGroupInput'), required: true }) },
    access: { action: 'iam:RemoveUserFromGroup', resource: (_parent, { input }) => group(input.groupName) },
    resolve: (_parent, { input }, { call }) => removeUserFromGroup(call, input),
  }),
)
