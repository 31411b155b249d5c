import { boundaryAsked, tagKeys } from '../../access/context.ts'
import { newUser, renamedUser, user } from '../../access/declaration.ts'
import { tagUser, untagUser } from '../../iam/users/tag-user.ts'
import { createUser } from '../../iam/users/create-user.ts'
import { deleteUser } from '../../iam/users/delete-user.ts'
import { updateUser } from '../../iam/users/update-user.ts'
import { type InputFields, mutation } from '../operation.ts'
import { hasTags, tags, tagsAsked, tagsIfAny } from './tag.ts'
import { changedUser } from './user.ts'

const userName = (t: InputFields) => t.string({ required: true })
const existing = (input: { readonly userName: string }) => user(input.userName)
const toCome = (input: { readonly userName: string; readonly path?: string | null }) =>
  newUser({ name: input.userName, path: input.path })

mutation('createUser', {
  description: 'Creates an IAM user. It has no credentials and no policies at first.',
  input: (t) => ({
    path: t.string(),
    userName: t.string({
      required: true,
      description:
        'Name of the new user: 1 to 64 letters, digits and `+=,.@_-`. No two users of the account have names that differ only in upper and lower case.',
    }),
    permissionsBoundary: t.field({
      type: 'ARN',
      description:
        'ARN of the managed policy that becomes the permissions boundary: the user can do only what both the boundary and its policies allow. Left out or null: no boundary.',
    }),
    tags: tagsIfAny(t),
  }),
  needs: [
    { action: 'iam:CreateUser', on: toCome, keys: (input) => [...tagsAsked(input), ...boundaryAsked(input)] },
    { action: 'iam:TagUser', on: toCome, when: hasTags, keys: tagsAsked },
  ],
  run: createUser,
  answer: (t) => ({ user: changedUser(t, ({ id }) => id) }),
})

mutation('updateUser', {
  description:
    'Renames a user or changes its path. Its id, keys, policies and MFA devices stay. Policies that contain the old ARN are not rewritten. The permission is needed on the old ARN and on the new one.',
  input: (t) => ({
    userName: userName(t),
    newPath: t.string(),
    newUserName: t.string({
      description: 'New name: 1 to 64 letters, digits and `+=,.@_-`. Left out or null: the name does not change.',
    }),
  }),
  needs: [
    { action: 'iam:UpdateUser', on: existing },
    { action: 'iam:UpdateUser', on: (input) => renamedUser(input.userName, input.newUserName, input.newPath) },
  ],
  run: updateUser,
  answer: (t) => ({ user: changedUser(t, ({ id }) => id) }),
})

mutation('deleteUser', {
  description:
    'Deletes an IAM user. Refused with DeleteConflict while the user has a password, access keys, MFA devices or policies, or is a member of a group.',
  input: (t) => ({ userName: userName(t) }),
  needs: { action: 'iam:DeleteUser', on: existing },
  run: deleteUser,
  answer: (t) => ({
    deletedUserId: t.exposeString('id', { description: 'The unique id of the deleted user, `AIDA…`.' }),
    userName: t.exposeString('name'),
  }),
})

mutation('tagUser', {
  description:
    'Adds tags to a user, or replaces the values of tags that it has. Keys that differ only in upper and lower case are the same tag.',
  input: (t) => ({ userName: userName(t), tags: tags(t) }),
  needs: { action: 'iam:TagUser', on: existing, keys: tagsAsked },
  run: tagUser,
  answer: (t) => ({ user: changedUser(t, ({ id }) => id) }),
})

mutation('untagUser', {
  description: 'Removes tags of a user.',
  input: (t) => ({ userName: userName(t), tagKeys: t.stringList({ required: true }) }),
  needs: { action: 'iam:UntagUser', on: existing, keys: (input) => tagKeys(input.tagKeys) },
  run: untagUser,
  answer: (t) => ({ user: changedUser(t, ({ id }) => id) }),
})
