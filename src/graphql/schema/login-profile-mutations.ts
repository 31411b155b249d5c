import { user } from '../../access/declaration.ts'
import { changePassword } from '../../iam/login-profiles/change-password.ts'
import { updateRootEmail } from '../../iam/login-profiles/update-root-email.ts'
import { createLoginProfile, deleteLoginProfile, updateLoginProfile } from '../../iam/login-profiles/login-profiles.ts'
import { builder } from '../builder.ts'
import { LoginProfile } from './login-profile.ts'

/** A password that was set; the profile is read again, without the hash. */
function profilePayload(name: string) {
  return builder.objectRef<{ userId: string }>(name).implement({
    fields: (t) => ({
      loginProfile: t.prismaField({
        type: LoginProfile,
        access: 'parent',
        resolve: (query, { userId }, _args, { db, principal: { accountId } }) =>
          db.loginProfile.findUniqueOrThrow({ ...query, where: { accountId_userId: { accountId, userId } } }),
      }),
    }),
  })
}

const CreateLoginProfileInput = builder.inputType('CreateLoginProfileInput', {
  fields: (t) => ({
    userName: t.string({ description: 'The caller when omitted.' }),
    password: t.string({ required: true }),
    passwordResetRequired: t.boolean({ defaultValue: false, description: 'The user must choose another one first.' }),
  }),
})

builder.mutationField('createLoginProfile', (t) =>
  t.field({
    type: profilePayload('CreateLoginProfilePayload'),
    nullable: true,
    description: 'Gives a user a password, and with it the right to sign in.',
    args: { input: t.arg({ type: CreateLoginProfileInput, required: true }) },
    access: { action: 'iam:CreateLoginProfile', resource: (_parent, { input }) => user(input.userName) },
    resolve: (_parent, { input }, { call }) => createLoginProfile(call, input),
  }),
)

const UpdateLoginProfileInput = builder.inputType('UpdateLoginProfileInput', {
  fields: (t) => ({
    userName: t.string({ required: true }),
    password: t.string(),
    passwordResetRequired: t.boolean(),
  }),
})

builder.mutationField('updateLoginProfile', (t) =>
  t.field({
    type: profilePayload('UpdateLoginProfilePayload'),
    nullable: true,
    description: 'Sets a new password for a user who lost the old one. Ends the sessions that the old one began.',
    args: { input: t.arg({ type: UpdateLoginProfileInput, required: true }) },
    access: { action: 'iam:UpdateLoginProfile', resource: (_parent, { input }) => user(input.userName) },
    resolve: (_parent, { input }, { call }) => updateLoginProfile(call, input),
  }),
)

const DeleteLoginProfileInput = builder.inputType('DeleteLoginProfileInput', {
  fields: (t) => ({ userName: t.string({ description: 'The caller when omitted.' }) }),
})

const DeleteLoginProfilePayload = builder.objectRef<{ userId: string }>('DeleteLoginProfilePayload').implement({
  fields: (t) => ({ userId: t.exposeString('userId', { description: 'The unique id, `AIDA…`.' }) }),
})

builder.mutationField('deleteLoginProfile', (t) =>
  t.field({
    type: DeleteLoginProfilePayload,
    nullable: true,
    description: 'Takes the password away. Access keys keep working: deactivate them too to cut a user off.',
    args: { input: t.arg({ type: DeleteLoginProfileInput, required: true }) },
    access: { action: 'iam:DeleteLoginProfile', resource: (_parent, { input }) => user(input.userName) },
    resolve: (_parent, { input }, { call }) => deleteLoginProfile(call, input),
  }),
)

const ChangePasswordInput = builder.inputType('ChangePasswordInput', {
  fields: (t) => ({
    oldPassword: t.string({ required: true }),
    newPassword: t.string({ required: true }),
  }),
})

const ChangePasswordPayload = builder.objectRef<{ changed: boolean }>('ChangePasswordPayload').implement({
  fields: (t) => ({ changed: t.exposeBoolean('changed') }),
})

builder.mutationField('changePassword', (t) =>
  t.field({
    type: ChangePasswordPayload,
    nullable: true,
    description:
      "Changes the caller's own password. Ends all other sessions of the caller. Root changes its own in a session that began with the password, with MFA when a device is enabled.",
    args: { input: t.arg({ type: ChangePasswordInput, required: true }) },
    access: { action: 'iam:ChangePassword', resource: () => user(null) },
    resolve: async (_parent, { input }, { call }) => {
      await changePassword(call, input)
      return { changed: true }
    },
  }),
)

const UpdateRootEmailInput = builder.inputType('UpdateRootEmailInput', {
  fields: (t) => ({
    email: t.string({ required: true }),
    password: t.string({ required: true, description: 'The current one.' }),
  }),
})

const UpdateRootEmailPayload = builder.objectRef<{ email: string }>('UpdateRootEmailPayload').implement({
  fields: (t) => ({ email: t.exposeString('email', { description: 'In lower case.' }) }),
})

builder.mutationField('updateRootEmail', (t) =>
  t.field({
    type: UpdateRootEmailPayload,
    nullable: true,
    description:
      'Changes the address that root signs in with. For root itself, in a session that began with the password, with MFA when a device is enabled.',
    args: { input: t.arg({ type: UpdateRootEmailInput, required: true }) },
    access: { action: 'latchkey:UpdateRootEmail', resource: () => user(null) },
    resolve: (_parent, { input }, { call }) => updateRootEmail(call, input),
  }),
)
