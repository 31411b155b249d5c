import { user } from '../../access/declaration.ts'
import { changePassword } from '../../iam/login-profiles/change-password.ts'
import { createLoginProfile, deleteLoginProfile, updateLoginProfile } from '../../iam/login-profiles/login-profiles.ts'
import { updateRootEmail } from '../../iam/login-profiles/update-root-email.ts'
import { mutation } from '../operation.ts'
import { changedLoginProfile } from './login-profile.ts'

const owner = (input: { readonly userName?: string | null }) => user(input.userName)
const caller = () => user(null)

mutation('createLoginProfile', {
  description:
    'Gives a user a password, with which the user can sign in. Refused with EntityAlreadyExists when the user has one.',
  input: (t) => ({
    userName: t.string({ description: 'Name of an IAM user, without regard to case. Left out or null: the caller.' }),
    password: t.string({
      required: true,
      description: 'The password, 1 to 128 characters. It must meet the password policy of the account.',
    }),
    passwordResetRequired: t.boolean({
      defaultValue: false,
      description:
        'True: the user must choose another password at the first sign-in, before anything else. False or null: not.',
    }),
  }),
  needs: { action: 'iam:CreateLoginProfile', on: owner },
  run: createLoginProfile,
  answer: (t) => ({ loginProfile: changedLoginProfile(t, ({ userId }) => userId) }),
})

mutation('updateLoginProfile', {
  description:
    'Sets a new password for a user, or whether the user must change it, without the old password. A new password ends the sessions that began with the old one, except the session of this request.',
  input: (t) => ({
    userName: t.string({ required: true }),
    password: t.string({
      description:
        'The new password, 1 to 128 characters. It must meet the password policy of the account. Left out or null: the password does not change.',
    }),
    passwordResetRequired: t.boolean({
      description:
        'True: the user must choose another password before anything else, also in sessions that are open. False: not. Left out or null: it does not change.',
    }),
  }),
  needs: { action: 'iam:UpdateLoginProfile', on: owner },
  run: updateLoginProfile,
  answer: (t) => ({ loginProfile: changedLoginProfile(t, ({ userId }) => userId) }),
})

mutation('deleteLoginProfile', {
  description:
    'Deletes the password of a user and ends the sessions that began with it. Access keys keep working: to lock a user out, deactivate them too.',
  input: (t) => ({
    userName: t.string({ description: 'Name of an IAM user, without regard to case. Left out or null: the caller.' }),
  }),
  needs: { action: 'iam:DeleteLoginProfile', on: owner },
  run: deleteLoginProfile,
  answer: (t) => ({ userId: t.exposeString('userId', { description: 'The unique id of the user, `AIDA…`.' }) }),
})

mutation('changePassword', {
  description:
    "Changes the caller's own password and ends all other sessions of the caller. The root user can do so only in a session that began with the password, and with MFA when a device is enabled for it.",
  input: (t) => ({
    oldPassword: t.string({ required: true, description: 'The current password.' }),
    newPassword: t.string({
      required: true,
      description: 'The new password, 1 to 128 characters. It must meet the password policy of the account.',
    }),
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
    'Changes the e-mail address that the root user signs in with. Only the root user can do so, in a session that began with the password, and with MFA when a device is enabled for it.',
  input: (t) => ({
    email: t.string({
      required: true,
      description: 'The new e-mail address, 3 to 320 characters. It is stored in lower case.',
    }),
    password: t.string({ required: true, description: 'The current password of the root user.' }),
  }),
  needs: { action: 'latchkey:UpdateRootEmail', on: caller },
  run: updateRootEmail,
  answer: (t) => ({
    email: t.exposeString('email', { description: 'The new e-mail address as it is stored, in lower case.' }),
  }),
})
