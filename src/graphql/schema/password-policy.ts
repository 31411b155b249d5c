import { everything } from '../../access/declaration.ts'
import type { PasswordPolicy as PasswordPolicyRow } from '../../generated/prisma/client.ts'
import {
  deleteAccountPasswordPolicy,
  getAccountPasswordPolicy,
  updateAccountPasswordPolicy,
} from '../../iam/password-policy/account-password-policy.ts'
import { builder } from '../builder.ts'
import { mutation } from '../operation.ts'

const PasswordPolicy = builder.objectRef<PasswordPolicyRow>('PasswordPolicy').implement({
  description: "The account's own rules for the passwords of its users. Root's password is not under them.",
  fields: (t) => ({
    minimumPasswordLength: t.exposeInt('minimumPasswordLength'),
    requireSymbols: t.exposeBoolean('requireSymbols', {
      description: "One of `! @ # $ % ^ & * ( ) _ + - = [ ] { } | '`.",
    }),
    requireNumbers: t.exposeBoolean('requireNumbers'),
    requireUppercaseCharacters: t.exposeBoolean('requireUppercaseCharacters'),
    requireLowercaseCharacters: t.exposeBoolean('requireLowercaseCharacters'),
    allowUsersToChangePassword: t.exposeBoolean('allowUsersToChangePassword', {
      description: 'Every user may change the own password and read these rules, without any policy.',
    }),
    expirePasswords: t.boolean({ resolve: ({ maxPasswordAge }) => maxPasswordAge !== null }),
    maxPasswordAge: t.exposeInt('maxPasswordAge', { nullable: true, description: 'Days; null: for ever.' }),
    passwordReusePrevention: t.exposeInt('passwordReusePrevention', {
      nullable: true,
      description: 'How many former passwords are refused; null: none.',
    }),
    hardExpiry: t.exposeBoolean('hardExpiry', {
      description: 'Once a password has expired only an administrator can set a new one.',
    }),
  }),
})

builder.queryField('passwordPolicy', (t) =>
  t.field({
    type: PasswordPolicy,
    nullable: true,
    description: 'NoSuchEntity while the account has no rules of its own: the built-in ones hold then.',
    access: { action: 'iam:GetAccountPasswordPolicy', resource: () => everything() },
    resolve: (_parent, _args, { db, principal }) => getAccountPasswordPolicy(db, principal.accountId),
  }),
)

mutation('updateAccountPasswordPolicy', {
  description: 'Sets all rules at once. Lengths and characters count from the next change of a password, ages at once.',
  inputDescription: 'There is no partial update: what is left out falls back to the default.',
  input: (t) => ({
    minimumPasswordLength: t.int({ description: '6 to 128; by default 6.' }),
    requireSymbols: t.boolean(),
    requireNumbers: t.boolean(),
    requireUppercaseCharacters: t.boolean(),
    requireLowercaseCharacters: t.boolean(),
    allowUsersToChangePassword: t.boolean(),
    maxPasswordAge: t.int({ description: 'Days, 1 to 1095; by default passwords do not expire.' }),
    passwordReusePrevention: t.int({ description: '1 to 24; by default none is refused.' }),
    hardExpiry: t.boolean(),
  }),
  needs: { action: 'iam:UpdateAccountPasswordPolicy', on: () => everything() },
  run: async (call, input) => ({ passwordPolicy: await updateAccountPasswordPolicy(call, input) }),
  answer: (t) => ({
    passwordPolicy: t.field({
      type: PasswordPolicy,
      access: 'parent',
      resolve: ({ passwordPolicy }) => passwordPolicy,
    }),
  }),
})

mutation('deleteAccountPasswordPolicy', {
  description: 'Goes back to the built-in rules.',
  needs: { action: 'iam:DeleteAccountPasswordPolicy', on: () => everything() },
  run: (call) => deleteAccountPasswordPolicy(call),
  answer: (t) => ({ accountId: t.exposeID('accountId') }),
})
