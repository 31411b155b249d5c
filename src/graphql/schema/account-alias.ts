import { everything } from '../../access/declaration.ts'
import { createAccountAlias, deleteAccountAlias, listAccountAliases } from '../../iam/account/account-alias.ts'
import { builder } from '../builder.ts'

builder.queryField('accountAliases', (t) =>
  t.stringList({
    nullable: true,
    description: "The account's name to sign in by: one or none.",
    access: { action: 'iam:ListAccountAliases', resource: () => everything() },
    resolve: (_parent, _args, { db, principal }) => listAccountAliases(db, principal.accountId),
  }),
)

const aliasInput = (name: string) =>
  builder.inputType(name, {
    fields: (t) => ({
      accountAlias: t.string({
        required: true,
        description: '3 to 63 lower-case letters, digits and single hyphens; not twelve digits.',
      }),
    }),
  })

const aliasPayload = (name: string) =>
  builder.objectRef<{ accountAlias: string }>(name).implement({
    fields: (t) => ({ accountAlias: t.exposeString('accountAlias') }),
  })

builder.mutationField('createAccountAlias', (t) =>
  t.field({
    type: aliasPayload('CreateAccountAliasPayload'),
    nullable: true,
    description:
      'Names the account. An alias that it has is replaced, and nobody signs in by that one any more. No two accounts are called the same.',
    args: { input: t.arg({ type: aliasInput('CreateAccountAliasInput'), required: true }) },
    access: { action: 'iam:CreateAccountAlias', resource: () => everything() },
    resolve: async (_parent, { input }, { call }) => ({ accountAlias: await createAccountAlias(call, input) }),
  }),
)

builder.mutationField('deleteAccountAlias', (t) =>
  t.field({
    type: aliasPayload('DeleteAccountAliasPayload'),
    nullable: true,
    description: 'Takes the present alias away: from then on only the account id signs in.',
    args: { input: t.arg({ type: aliasInput('DeleteAccountAliasInput'), required: true }) },
    access: { action: 'iam:DeleteAccountAlias', resource: () => everything() },
    resolve: async (_parent, { input }, { call }) => ({ accountAlias: await deleteAccountAlias(call, input) }),
  }),
)
