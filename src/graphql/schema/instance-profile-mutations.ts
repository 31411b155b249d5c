import { passedTo, tagKeys } from '../../access/context.ts'
import { role } from '../../access/declaration.ts'
import { createInstanceProfile } from '../../iam/instance-profiles/create-instance-profile.ts'
import { deleteInstanceProfile } from '../../iam/instance-profiles/delete-instance-profile.ts'
import {
  addRoleToInstanceProfile,
  removeRoleFromInstanceProfile,
} from '../../iam/instance-profiles/role-in-instance-profile.ts'
import { tagInstanceProfile, untagInstanceProfile } from '../../iam/instance-profiles/tag-instance-profile.ts'
import { type InputFields, mutation } from '../operation.ts'
import { changedInstanceProfile, INSTANCE_PROFILE } from './instance-profile.ts'
import { hasTags, tags, tagsAsked, tagsIfAny } from './tag.ts'

const profileName = (t: InputFields) => t.string({ required: true })
const existing = (input: { readonly instanceProfileName: string }) => INSTANCE_PROFILE.named(input.instanceProfileName)
const toCome = (input: { readonly instanceProfileName: string; readonly path?: string | null }) =>
  INSTANCE_PROFILE.toCome({ name: input.instanceProfileName, path: input.path })
const passed = (input: { readonly roleName: string }) => role(input.roleName)

mutation('createInstanceProfile', {
  description: 'Makes an instance profile without a role.',
  input: (t) => ({
    instanceProfileName: t.string({
      required: true,
      description: 'The name of the new instance profile. Names that differ in case only are the same.',
    }),
    path: t.string(),
    tags: tagsIfAny(t),
  }),
  needs: [
    { action: 'iam:CreateInstanceProfile', on: toCome, keys: tagsAsked },
    { action: 'iam:TagInstanceProfile', on: toCome, when: hasTags, keys: tagsAsked },
  ],
  run: createInstanceProfile,
  answer: (t) => ({ instanceProfile: changedInstanceProfile(t, ({ id }) => id) }),
})

mutation('deleteInstanceProfile', {
  description: 'Deletes an instance profile. Refused with DeleteConflict while it has a role.',
  input: (t) => ({ instanceProfileName: profileName(t) }),
  needs: { action: 'iam:DeleteInstanceProfile', on: existing },
  run: deleteInstanceProfile,
  answer: (t) => ({
    deletedInstanceProfileId: t.exposeString('id', { description: 'The unique id, `AIPA…`.' }),
    instanceProfileName: t.exposeString('name'),
  }),
})

mutation('addRoleToInstanceProfile', {
  description:
    'Puts a role into an instance profile that has none. It needs iam:PassRole for the role as well, which is asked with `iam:PassedToService` of `ec2.amazonaws.com`.',
  input: (t) => ({ instanceProfileName: profileName(t), roleName: t.string({ required: true }) }),
  needs: [
    { action: 'iam:AddRoleToInstanceProfile', on: existing },
    { action: 'iam:PassRole', on: passed, keys: () => passedTo('ec2.amazonaws.com') },
  ],
  run: addRoleToInstanceProfile,
  answer: (t) => ({ instanceProfile: changedInstanceProfile(t, ({ id }) => id) }),
})

mutation('removeRoleFromInstanceProfile', {
  description: 'Takes the role out of an instance profile.',
  input: (t) => ({ instanceProfileName: profileName(t), roleName: t.string({ required: true }) }),
  needs: { action: 'iam:RemoveRoleFromInstanceProfile', on: existing },
  run: removeRoleFromInstanceProfile,
  answer: (t) => ({ instanceProfile: changedInstanceProfile(t, ({ id }) => id) }),
})

mutation('tagInstanceProfile', {
  description: 'Adds tags to an instance profile, or replaces their values. Keys that differ in case are two.',
  input: (t) => ({ instanceProfileName: profileName(t), tags: tags(t) }),
  needs: { action: 'iam:TagInstanceProfile', on: existing, keys: tagsAsked },
  run: tagInstanceProfile,
  answer: (t) => ({ instanceProfile: changedInstanceProfile(t, ({ id }) => id) }),
})

mutation('untagInstanceProfile', {
  description: 'Removes tags from an instance profile. Keys that it does not have are ignored.',
  input: (t) => ({ instanceProfileName: profileName(t), tagKeys: t.stringList({ required: true }) }),
  needs: { action: 'iam:UntagInstanceProfile', on: existing, keys: (input) => tagKeys(input.tagKeys) },
  run: untagInstanceProfile,
  answer: (t) => ({ instanceProfile: changedInstanceProfile(t, ({ id }) => id) }),
})
