import { user } from '../../access/declaration.ts'
import { changePassword } from '../../iam/login-profiles/change-password.ts'
import { createLoginProfile, deleteLoginProfile, updateLoginProfile } from '../../iam/login-profiles/login-profiles.ts'
import { updateRootEmail } from '../../iam/login-profiles/update-root-email.ts'
import { mutation } from '../operation.ts'
import { changedLoginProfile } from './login-profile.ts'

const owner = (input: { readonly userName?: string | null }) => user(input.userName)
const caller = () => user(null)

mutation('createLoginProfile', {
  description: 'Gives a user a password, and with it the right to sign in.',
  input: (t) => ({
    userName: t.string({ description: 'The caller when omitted.' }),
    password: t.string({ required: true }),
    passwordResetRequired: t.boolean({ defaultValue: false, description: 'The user must choose another one first.' }),
  }),
  needs: { action: 'iam:CreateLoginProfile', on: owner },
  run: createLoginProfile,
  answer: (t) => ({ loginProfile: changedLoginProfile(t, ({ userId }) => userId) }),
})

mutation('updateLoginProfile', {
  description: 'Sets a new password for a user who lost the old one. Ends the sessions that the old one began.',
  input: (t) => ({
    userName: t.string({ required: true }),
    password: t.string(),
    passwordResetRequired: t.boolean(),
  }),
  needs: { action: 'iam:UpdateLoginProfile', on: owner },
  run: updateLoginProfile,
  answer: (t) => ({ loginProfile: changedLoginProfile(t, ({ userId }) => userId) }),
})

mutation('deleteLoginProfile', {
  description: 'Takes the password away. Access keys keep working: deactivate them too to cut a user off.',
  input: (t) => ({ userName: t.string({ description: 'The caller when omitted.' }) }),
  needs: { action: 'iam:DeleteLoginProfile', on: owner },
  run: deleteLoginProfile,
  answer: (t) => ({ userId: t.exposeString('userId', { description: 'The unique id, `AIDA…`.' }) }),
})

mutation('changePassword', {
  description:
    "Changes the caller's own password. Ends all other sessions of the caller. Root changes its own in a session that began with the password, with MFA when a device is enabled.",
  input: (t) => ({
    oldPassword: t.string({ required: true }),
    newPassword: t.string({ required: true }),
  }),
  needs: { action: 'iam:ChangePassword', on: caller },
  async run(call, input) {
    await changePassword(call, input)
    return { changed: true }
  },
  answer: (t) => ({ changed: t.exposeBoolean('changed') }),
})

mutation('updateRootEmail', {
  description:
    'Changes the address that root signs in with. For root itself, in a session that began with the password, with MFA when a device is enabled.',
  input: (t) => ({
    email: t.string({ required: true }),
    password: t.string({ required: true, description: 'The current one.' }),
  }),
  needs: { action: 'latchkey:UpdateRootEmail', on: caller },
  run: updateRootEmail,
  answer: (t) => ({ email: t.exposeString('email', { description: 'In lower case.' }) }),
})
