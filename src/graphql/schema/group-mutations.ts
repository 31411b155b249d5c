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
  description: 'Creates a group. It has no members and no policies at first.',
  input: (t) => ({
    path: t.string(),
    groupName: t.string({
      required: true,
      description:
        'Name of the new group: 1 to 128 letters, digits and `+=,.@_-`. No two groups of the account have names that differ only in upper and lower case.',
    }),
  }),
  needs: { action: 'iam:CreateGroup', on: (input) => newGroup({ name: input.groupName, path: input.path }) },
  run: createGroup,
  answer: (t) => ({ group: changedGroup(t, ({ id }) => id) }),
})

mutation('updateGroup', {
  description:
    'Renames a group or changes its path. Its id, members and policies stay. Policies that contain the old ARN are not rewritten. The permission is needed on the old ARN and on the new one.',
  input: (t) => ({
    groupName: groupName(t),
    newPath: t.string(),
    newGroupName: t.string({
      description: 'New name: 1 to 128 letters, digits and `+=,.@_-`. Left out or null: the name does not change.',
    }),
  }),
  needs: [
    { action: 'iam:UpdateGroup', on: existing },
    { action: 'iam:UpdateGroup', on: (input) => renamedGroup(input.groupName, input.newGroupName, input.newPath) },
  ],
  run: updateGroup,
  answer: (t) => ({ group: changedGroup(t, ({ id }) => id) }),
})

mutation('deleteGroup', {
  description: 'Deletes a group. Refused with DeleteConflict while it has members or policies.',
  input: (t) => ({ groupName: groupName(t) }),
  needs: { action: 'iam:DeleteGroup', on: existing },
  run: deleteGroup,
  answer: (t) => ({
    deletedGroupId: t.exposeString('id', { description: 'The unique id of the deleted group, `AGPA…`.' }),
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
    'Makes a user a member of a group. The permission is checked on the group only, not on the user: whoever may add members to a group can give its permissions to every user, including themselves.',
  input: membership,
  needs: { action: 'iam:AddUserToGroup', on: existing },
  run: addUserToGroup,
  answer: membershipAnswer,
})

mutation('removeUserFromGroup', {
  description:
    'Ends the membership of a user in a group. The permission is checked on the group only, not on the user.',
  input: membership,
  needs: { action: 'iam:RemoveUserFromGroup', on: existing },
  run: removeUserFromGroup,
  answer: membershipAnswer,
})
