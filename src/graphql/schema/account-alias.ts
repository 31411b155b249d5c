import { everything } from '../../access/declaration.ts'
import { createAccountAlias, deleteAccountAlias, listAccountAliases } from '../../iam/account/account-alias.ts'
import { builder } from '../builder.ts'
import { type InputFields, mutation } from '../operation.ts'

builder.queryField('accountAliases', (t) =>
  t.stringList({
    nullable: true,
    description: "The account's name to sign in by: one or none.",
    access: { action: 'iam:ListAccountAliases', resource: () => everything() },
    resolve: (_parent, _args, { db, principal }) => listAccountAliases(db, principal.accountId),
  }),
)

const aliasInput = (t: InputFields) => ({
  accountAlias: t.string({
    required: true,
    description: '3 to 63 lower-case letters, digits and single hyphens; not twelve digits.',
  }),
})

mutation('createAccountAlias', {
  description:
    'Names the account. An alias that it has is replaced, and nobody signs in by that one any more. No two accounts are called the same.',
  input: aliasInput,
  needs: { action: 'iam:CreateAccountAlias', on: () => everything() },
  run: async (call, input) => ({ accountAlias: await createAccountAlias(call, input) }),
  answer: (t) => ({ accountAlias: t.exposeString('accountAlias') }),
})

mutation('deleteAccountAlias', {
  description: 'Takes the present alias away: from then on only the account id signs in.',
  input: aliasInput,
  needs: { action: 'iam:DeleteAccountAlias', on: () => everything() },
  run: async (call, input) => ({ accountAlias: await deleteAccountAlias(call, input) }),
  answer: (t) => ({ accountAlias: t.exposeString('accountAlias') }),
})
