import type { Operation } from '../operation.ts'
import { placeByName, wholeList } from '../output.ts'
import { required, text } from '../parameters.ts'

const ALIAS = { AccountAlias: required(text('accountAlias')) }

export const ACCOUNT: readonly Operation[] = [
  {
    name: 'CreateAccountAlias',
    document: 'mutation ($input: CreateAccountAliasInput!) { createAccountAlias(input: $input) { __typename } }',
    parameters: ALIAS,
  },
  {
    name: 'DeleteAccountAlias',
    document: 'mutation ($input: DeleteAccountAliasInput!) { deleteAccountAlias(input: $input) { __typename } }',
    parameters: ALIAS,
  },
  {
    name: 'ListAccountAliases',
    document: 'query { accountAliases }',
    paged: true,
    result: wholeList('AccountAliases', '', placeByName('')),
  },
]
