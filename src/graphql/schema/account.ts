import { everything } from '../../access/declaration.ts'
import { summarizeAccount } from '../../iam/reports/summarize-account.ts'
import { builder } from '../builder.ts'
import { AccountSummary } from './account-summary.ts'
import { Quota } from './quota.ts'

type Summary = Awaited<ReturnType<typeof summarizeAccount>>

const Account = builder.objectRef<Summary>('Account').implement({
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Twelve digits.' }),
    alias: t.exposeString('alias', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    users: t.field({ type: Quota, access: 'parent', resolve: ({ users }) => users }),
    policies: t.field({ type: Quota, access: 'parent', resolve: ({ policies }) => policies }),
    mfaDevices: t.exposeInt('mfaDevices'),
    mfaDevicesInUse: t.exposeInt('mfaDevicesInUse'),
    rootMfaEnabled: t.exposeBoolean('rootMfaEnabled'),
    rootPasswordUnchanged: t.exposeBoolean('rootPasswordUnchanged', {
      description: 'Whether the root user still has the password of the first start: better false.',
    }),
    summary: t.field({ type: AccountSummary, access: 'parent', resolve: ({ summary }) => summary }),
    rootAccessKeysPresent: t.exposeBoolean('rootAccessKeysPresent', { description: 'Better false: delete them.' }),
  }),
})

builder.queryField('account', (t) =>
  t.field({
    type: Account,
    nullable: true,
    access: { action: 'iam:GetAccountSummary', resource: () => everything() },
    resolve: (_parent, _args, { db, principal }) => summarizeAccount(db, principal.accountId),
  }),
)
