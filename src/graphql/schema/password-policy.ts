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
  description: "The account's own rules for the passwords of its IAM users. They do not apply to the root user.",
  fields: (t) => ({
    minimumPasswordLength: t.exposeInt('minimumPasswordLength', { description: 'In characters.' }),
    requireSymbols: t.exposeBoolean('requireSymbols', {
      description: "Whether a password needs at least one of `! @ # $ % ^ & * ( ) _ + - = [ ] { } | '`.",
    }),
    requireNumbers: t.exposeBoolean('requireNumbers', { description: 'Whether a password needs at least one digit.' }),
    requireUppercaseCharacters: t.exposeBoolean('requireUppercaseCharacters', {
      description: 'Whether a password needs at least one upper-case letter from A to Z.',
    }),
    requireLowercaseCharacters: t.exposeBoolean('requireLowercaseCharacters', {
      description: 'Whether a password needs at least one lower-case letter from a to z.',
    }),
    allowUsersToChangePassword: t.exposeBoolean('allowUsersToChangePassword', {
      description:
        'Whether every IAM user may change the own password and read these rules without a policy that allows it.',
    }),
    expirePasswords: t.boolean({
      description: 'Whether `maxPasswordAge` is set.',
      resolve: ({ maxPasswordAge }) => maxPasswordAge !== null,
    }),
    maxPasswordAge: t.exposeInt('maxPasswordAge', {
      nullable: true,
      description: 'After how many days a password expires; null when it does not expire.',
    }),
    passwordReusePrevention: t.exposeInt('passwordReusePrevention', {
      nullable: true,
      description: 'How many of the former passwords of a user are refused as a new one; null when none are.',
    }),
    hardExpiry: t.exposeBoolean('hardExpiry', {
      description: 'Whether only an administrator can set a new password once the old one has expired.',
    }),
  }),
})

builder.queryField('passwordPolicy', (t) =>
  t.field({
    type: PasswordPolicy,
    nullable: true,
    description:
      'The password policy of the account. NoSuchEntity while the account has none: then the built-in rules apply.',
    access: { action: 'iam:GetAccountPasswordPolicy', resource: () => everything() },
    resolve: (_parent, _args, context) => getAccountPasswordPolicy(context),
  }),
)

mutation('updateAccountPasswordPolicy', {
  description:
    'Sets the password policy of the account, all rules at once. Rules on length, characters and reuse apply from the next change of a password; the maximum age applies at once.',
  inputDescription: 'All rules of a password policy. A rule that is left out gets its default, not its former value.',
  input: (t) => ({
    minimumPasswordLength: t.int({
      description: 'Characters that a password needs at least: 6 to 128. Left out or null: 6.',
    }),
    requireSymbols: t.boolean({
      description:
        "Whether a password needs at least one of `! @ # $ % ^ & * ( ) _ + - = [ ] { } | '`. Left out or null: false.",
    }),
    requireNumbers: t.boolean({ description: 'Whether a password needs at least one digit. Left out or null: false.' }),
    requireUppercaseCharacters: t.boolean({
      description: 'Whether a password needs at least one upper-case letter from A to Z. Left out or null: false.',
    }),
    requireLowercaseCharacters: t.boolean({
      description: 'Whether a password needs at least one lower-case letter from a to z. Left out or null: false.',
    }),
    allowUsersToChangePassword: t.boolean({
      description:
        'Whether every IAM user may change the own password and read these rules without a policy that allows it. Left out or null: false.',
    }),
    maxPasswordAge: t.int({
      description: 'After how many days a password expires: 1 to 1095. Left out or null: never.',
    }),
    passwordReusePrevention: t.int({
      description:
        'How many of the former passwords of a user are refused as a new one: 1 to 24. Left out or null: none.',
    }),
    hardExpiry: t.boolean({
      description:
        'Whether only an administrator can set a new password once the old one has expired. Left out or null: false.',
    }),
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
  description: 'Deletes the password policy of the account. Then the built-in rules apply.',
  needs: { action: 'iam:DeleteAccountPasswordPolicy', on: () => everything() },
  run: (call) => deleteAccountPasswordPolicy(call),
  answer: (t) => ({ accountId: t.exposeID('accountId') }),
})
