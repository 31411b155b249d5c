import { everything } from '../../access/declaration.ts'
import { summarizeAccount } from '../../iam/reports/summarize-account.ts'
import { builder } from '../builder.ts'
import { AccountSummary } from './account-summary.ts'
import { Quota } from './quota.ts'

type Summary = Awaited<ReturnType<typeof summarizeAccount>>

const Account = builder.objectRef<Summary>('Account').implement({
  description: 'The account of the caller.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Twelve digits.' }),
    alias: t.exposeString('alias', {
      nullable: true,
      description: 'The alias, by which users can sign in instead of the account id. Null when the account has none.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    users: t.field({
      type: Quota,
      description: 'IAM users and how many there can be; the root user is not counted.',
      access: 'parent',
      resolve: ({ users }) => users,
    }),
    policies: t.field({
      type: Quota,
      description: 'Customer managed policies and how many there can be; built-in policies are not counted.',
      access: 'parent',
      resolve: ({ policies }) => policies,
    }),
    mfaDevices: t.exposeInt('mfaDevices', { description: 'Virtual MFA devices of the account, enabled or not.' }),
    mfaDevicesInUse: t.exposeInt('mfaDevicesInUse', {
      description: 'MFA devices that are enabled for a user or for the root user.',
    }),
    rootMfaEnabled: t.exposeBoolean('rootMfaEnabled', {
      description: 'Whether an MFA device is enabled for the root user.',
    }),
    rootPasswordUnchanged: t.exposeBoolean('rootPasswordUnchanged', {
      description: 'Whether the root user still has the password of the first start. If true, change it.',
    }),
    summary: t.field({
      type: AccountSummary,
      description: 'All counts and quotas of the account, by the names of IAM.',
      access: 'parent',
      resolve: ({ summary }) => summary,
    }),
    rootAccessKeysPresent: t.exposeBoolean('rootAccessKeysPresent', {
      description: 'Whether the root user has access keys. If true, delete them.',
    }),
  }),
})

builder.queryField('account', (t) =>
  t.field({
    type: Account,
    nullable: true,
    description: 'The account of the caller, with counts and quotas.',
    access: { action: 'iam:GetAccountSummary', resource: () => everything() },
    resolve: (_parent, _args, context) => summarizeAccount(context),
  }),
)
