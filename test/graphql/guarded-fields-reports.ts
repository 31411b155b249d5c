import type { FieldCase } from './guarded-fields.ts'

/** A field about the account as a whole. */
function aboutAccount(field: string, action: string, selection: string, finds: string): FieldCase {
  const [type, name] = field.split('.')
  return {
    field,
    ask: () => ({
      query: `${type?.toLowerCase()} { ${name}${selection} }`,
      needs: [{ action, on: '*', display: '*', shown: '*' }],
      finds: `${name}.${finds}`,
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
