import type { FieldCase } from './guarded-fields.ts'

const everywhere = (action: string) => ({ action, on: '*', display: '*', shown: '*' })

/** The account's rules for passwords. */
export const PASSWORD_POLICY_FIELDS: readonly FieldCase[] = [
  {
    field: 'Query.passwordPolicy',
    ask: () => ({
      query: '{ passwordPolicy { __typename } }',
      needs: [everywhere('iam:GetAccountPasswordPolicy')],
      finds: 'passwordPolicy.__typename',
    }),
  },
  {
    field: 'Mutation.updateAccountPasswordPolicy',
    ask: () => ({
      query: 'mutation { updateAccountPasswordPolicy(input: { maxPasswordAge: 90 }) { __typename } }',
      needs: [everywhere('iam:UpdateAccountPasswordPolicy')],
      finds: 'updateAccountPasswordPolicy.__typename',
    }),
  },
  {
    field: 'Mutation.deleteAccountPasswordPolicy',
    ask: () => ({
      query: 'mutation { deleteAccountPasswordPolicy { __typename } }',
      needs: [everywhere('iam:DeleteAccountPasswordPolicy')],
      finds: 'deleteAccountPasswordPolicy.__typename',
    }),
  },
]
