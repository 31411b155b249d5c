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
  description: 'A new user has no credentials and no permissions.',
  input: (t) => ({
    path: t.string(),
    userName: userName(t),
    permissionsBoundary: t.field({
      type: 'ARN',
      description: 'A managed policy that limits what the user can ever do.',
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
    'Renames or moves a user. Keys, policies and devices stay; ARNs that policies spell out do not follow. Needed on the old and on the new ARN.',
  input: (t) => ({ userName: userName(t), newPath: t.string(), newUserName: t.string() }),
  needs: [
    { action: 'iam:UpdateUser', on: existing },
    { action: 'iam:UpdateUser', on: (input) => renamedUser(input.userName, input.newUserName, input.newPath) },
  ],
  run: updateUser,
  answer: (t) => ({ user: changedUser(t, ({ id }) => id) }),
})

mutation('deleteUser', {
  description:
    'Refused with DeleteConflict while the user has a password, keys, MFA devices or policies, or is in a group.',
  input: (t) => ({ userName: userName(t) }),
  needs: { action: 'iam:DeleteUser', on: existing },
  run: deleteUser,
  answer: (t) => ({
    deletedUserId: t.exposeString('id', { description: 'The unique id, `AIDA…`.' }),
    userName: t.exposeString('name'),
  }),
})

mutation('tagUser', {
  description: 'Adds tags or replaces their values. Keys are the same without regard to case.',
  input: (t) => ({ userName: userName(t), tags: tags(t) }),
  needs: { action: 'iam:TagUser', on: existing, keys: tagsAsked },
  run: tagUser,
  answer: (t) => ({ user: changedUser(t, ({ id }) => id) }),
})

mutation('untagUser', {
  description: 'Removes tags; keys that the user does not have are ignored.',
  input: (t) => ({ userName: userName(t), tagKeys: t.stringList({ required: true }) }),
  needs: { action: 'iam:UntagUser', on: existing, keys: (input) => tagKeys(input.tagKeys) },
  run: untagUser,
  answer: (t) => ({ user: changedUser(t, ({ id }) => id) }),
})
