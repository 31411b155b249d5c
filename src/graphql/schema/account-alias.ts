import { everything } from '../../access/declaration.ts'
import { createAccountAlias, deleteAccountAlias, listAccountAliases } from '../../iam/account/account-alias.ts'
import { builder } from '../builder.ts'
import { type InputFields, mutation } from '../operation.ts'

builder.queryField('accountAliases', (t) =>
  t.stringList({
    nullable: true,
    description:
      'The alias of the account, by which its users can sign in instead of the account id. The list has one entry or none.',
    access: { action: 'iam:ListAccountAliases', resource: () => everything() },
    resolve: (_parent, _args, context) => listAccountAliases(context),
  }),
)

const aliasInput = (t: InputFields) => ({
  accountAlias: t.string({
    required: true,
    description:
      '3 to 63 lower-case letters, digits and hyphens. It neither begins nor ends with a hyphen, has no two in a row, and is not a number of twelve digits.',
  }),
})

mutation('createAccountAlias', {
  description:
    'Gives the account an alias, by which its users can sign in instead of the account id. It replaces the former alias, which stops working. Aliases are unique on the whole server.',
  input: aliasInput,
  needs: { action: 'iam:CreateAccountAlias', on: () => everything() },
  run: async (call, input) => ({ accountAlias: await createAccountAlias(call, input) }),
  answer: (t) => ({ accountAlias: t.exposeString('accountAlias') }),
})

mutation('deleteAccountAlias', {
  description:
    'Removes the alias of the account, which must be given as it is. Users then sign in with the account id only.',
  input: aliasInput,
  needs: { action: 'iam:DeleteAccountAlias', on: () => everything() },
  run: async (call, input) => ({ accountAlias: await deleteAccountAlias(call, input) }),
  answer: (t) => ({ accountAlias: t.exposeString('accountAlias') }),
})
