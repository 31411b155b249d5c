import type { FieldCase, Need } from './guarded-fields.ts'

/** A field about the account as a whole. */
function aboutAccount(field: string, action: string, selection: string, finds: string): FieldCase {
  const [type, name] = field.split('.')
  return {
    field,
    ask: () => ({
      query: `${type?.toLowerCase()} { ${name}${selection} }`,
      needs: [everywhere(action)],
      finds: `${name}.${finds}`,
    }),
  }
}

const everywhere = (action: string): Need => ({ action, on: '*', display: '*', shown: '*' })

/** A mutation of the account's alias. */
function aboutAlias(name: string, action: string, aliasOf: (present: string) => string): FieldCase {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  return {
    field: `Mutation.${name}`,
    ask: ({ alias }) => ({
      query: `mutation ($input: ${type}!) { ${name}(input: $input) { accountAlias } }`,
      variables: { input: { accountAlias: aliasOf(alias) } },
      needs: [everywhere(action)],
      finds: `${name}.accountAlias`,
    }),
  }
}

const SOMEBODY = '(days: 0) { edges { node { userName } } }'

/** The audit trail and the reports. */
export const REPORT_FIELDS: readonly FieldCase[] = [
  aboutAccount(
    'Query.auditEvents',
    'cloudtrail:LookupEvents',
    '(first: 1) { edges { node { action } } }',
    'edges.0.node.action',
  ),
  {
    field: 'Query.failedSignatures',
    ask: () => ({
      query: '{ failedSignatures(since: "2026-01-01T00:00:00Z") { accessKeyId } }',
      needs: [everywhere('cloudtrail:LookupEvents')],
      finds: 'failedSignatures.0.accessKeyId',
    }),
  },
  {
    field: 'Query.accountAliases',
    ask: () => ({
      query: '{ accountAliases }',
      needs: [everywhere('iam:ListAccountAliases')],
      finds: 'accountAliases.0',
    }),
  },
  aboutAlias('createAccountAlias', 'iam:CreateAccountAlias', (alias) => `${alias}-next`),
  aboutAlias('deleteAccountAlias', 'iam:DeleteAccountAlias', (alias) => alias),
  {
    field: 'Mutation.setSecurityTokenServicePreferences',
    ask: () => ({
      query: `mutation {
        setSecurityTokenServicePreferences(input: { globalEndpointTokenVersion: V2_TOKEN }) { __typename }
      }`,
      needs: [everywhere('iam:SetSecurityTokenServicePreferences')],
      finds: 'setSecurityTokenServicePreferences.__typename',
    }),
  },
  aboutAccount('Query.credentialReport', 'iam:GetCredentialReport', ' { content }', 'content'),
  aboutAccount('Mutation.generateCredentialReport', 'iam:GenerateCredentialReport', ' { state }', 'state'),
  aboutAccount('Query.unusedAccessKeys', 'iam:GetCredentialReport', SOMEBODY, 'edges.0.node.userName'),
  aboutAccount('Query.unusedPasswords', 'iam:GetCredentialReport', SOMEBODY, 'edges.0.node.userName'),
  aboutAccount(
    'Query.accountAuthorizationDetails',
    'iam:GetAccountAuthorizationDetails',
    ' { userDetailList(first: 1) { edges { node { userName } } } }',
    'userDetailList.edges.0.node.userName',
  ),
]

/** Streams are asked for in another way; test/graphql/audit-stream.test.ts asks these with and without what they need. */
export const SUBSCRIPTION_FIELDS: readonly FieldCase[] = [
  aboutAccount('Subscription.auditEventAdded', 'cloudtrail:LookupEvents', ' { action }', 'action'),
]
