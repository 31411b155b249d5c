import { group, newGroup, renamedGroup } from '../../access/declaration.ts'
import { createGroup } from '../../iam/groups/create-group.ts'
import { deleteGroup } from '../../iam/groups/delete-group.ts'
import { addUserToGroup, type GroupAndUser, removeUserFromGroup } from '../../iam/groups/group-members.ts'
import { updateGroup } from '../../iam/groups/update-group.ts'
import { type InputFields, mutation, type PayloadFields } from '../operation.ts'
import { changedGroup } from './group.ts'
import { changedUser } from './user.ts'

const groupName = (t: InputFields) => t.string({ required: true })
const existing = (input: { readonly groupName: string }) => group(input.groupName)

mutation('createGroup', {
  description: 'A new group has no members and no permissions.',
  input: (t) => ({ path: t.string(), groupName: groupName(t) }),
  needs: { action: 'iam:CreateGroup', on: (input) => newGroup({ name: input.groupName, path: input.path }) },
  run: createGroup,
  answer: (t) => ({ group: changedGroup(t, ({ id }) => id) }),
})

mutation('updateGroup', {
  description:
    'Renames or moves a group. Members and policies stay; ARNs that policies spell out do not follow. Needed on the old and on the new ARN.',
  input: (t) => ({ groupName: groupName(t), newPath: t.string(), newGroupName: t.string() }),
  needs: [
    { action: 'iam:UpdateGroup', on: existing },
    { action: 'iam:UpdateGroup', on: (input) => renamedGroup(input.groupName, input.newGroupName, input.newPath) },
  ],
  run: updateGroup,
  answer: (t) => ({ group: changedGroup(t, ({ id }) => id) }),
})

mutation('deleteGroup', {
  description: 'Refused with DeleteConflict while the group has members or policies.',
  input: (t) => ({ groupName: groupName(t) }),
  needs: { action: 'iam:DeleteGroup', on: existing },
  run: deleteGroup,
  answer: (t) => ({
    deletedGroupId: t.exposeString('id', { description: 'The unique id, `AGPA…`.' }),
    groupName: t.exposeString('name'),
  }),
})

const membership = (t: InputFields) => ({ groupName: groupName(t), userName: t.string({ required: true }) })

/** The group and the user that were brought together or parted. */
const membershipAnswer = (t: PayloadFields<GroupAndUser>) => ({
  group: changedGroup(t, (row) => row.group.id),
  user: changedUser(t, (row) => row.user.id),
})

mutation('addUserToGroup', {
  description:
    'Permission is checked on the group alone: whoever may add to a group may give its permissions to anybody, also to themselves.',
  input: membership,
  needs: { action: 'iam:AddUserToGroup', on: existing },
  run: addUserToGroup,
  answer: membershipAnswer,
})

mutation('removeUserFromGroup', {
  description: 'Permission is checked on the group alone.',
  input: membership,
  needs: { action: 'iam:RemoveUserFromGroup', on: existing },
  run: removeUserFromGroup,
  answer: membershipAnswer,
})
