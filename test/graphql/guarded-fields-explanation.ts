import type { FieldCase, Need, NestedCase } from './guarded-fields.ts'

const everywhere = (action: string): Need => ({ action, on: '*', display: '*', shown: '*' })

const DOCUMENT = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}'

/** A question about a user by its whole ARN. */
function aboutSource(field: string, action: string, selection: string, inputOf: (arn: string) => object): FieldCase {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
  const of = (arn: string, need: Need) => ({
    query: `query ($input: ${type}!) { ${field}(input: $input) ${selection} }`,
    variables: { input: { policySourceArn: arn, ...inputOf(arn) } },
    needs: [need],
    finds: selection === '' ? `${field}.0` : `${field}.0.__typename`,
  })
  return {
    field: `Query.${field}`,
    ask: (world) => {
      const arn = world.arn('user/staff/Target')
      return of(arn, { action, on: arn, display: 'user Target', shown: arn })
    },
    askAboutNothing: (world) => {
      const arn = world.arn('user/Missing')
      return of(arn, { action, on: arn, display: 'user Missing', shown: arn })
    },
  }
}

const WITH_KEY =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Null":{"aws:username":"true"}}}}'

/** Simulation and the explanation of decisions. */
export const EXPLANATION_FIELDS: readonly FieldCase[] = [
  {
    field: 'Query.simulateCustomPolicy',
    ask: () => ({
      query: `query ($d: PolicyDocument!) {
        simulateCustomPolicy(input: { policyInputList: [$d], actionNames: ["s3:GetObject"] }) { __typename }
      }`,
      variables: { d: DOCUMENT },
      needs: [everywhere('iam:SimulateCustomPolicy')],
      finds: 'simulateCustomPolicy.0.__typename',
    }),
  },
  aboutSource('simulatePrincipalPolicy', 'iam:SimulatePrincipalPolicy', '{ __typename }', () => ({
    actionNames: ['s3:GetObject'],
  })),
  {
    field: 'Query.contextKeysForCustomPolicy',
    ask: () => ({
      query: 'query ($d: PolicyDocument!) { contextKeysForCustomPolicy(input: { policyInputList: [$d] }) }',
      variables: { d: WITH_KEY },
      needs: [everywhere('iam:GetContextKeysForCustomPolicy')],
      finds: 'contextKeysForCustomPolicy.0',
    }),
  },
  aboutSource('contextKeysForPrincipalPolicy', 'iam:GetContextKeysForPrincipalPolicy', '', () => ({
    policyInputList: [WITH_KEY],
  })),
  {
    field: 'Query.decision',
    ask: ({ event }) => ({
      query: 'query ($id: ID!) { decision(id: $id) { id } }',
      variables: { id: event.decisionId },
      needs: [everywhere('sts:DecodeAuthorizationMessage')],
      finds: 'decision.id',
    }),
    askAboutNothing: () => ({
      query: 'query ($id: ID!) { decision(id: $id) { id } }',
      variables: { id: '00000000-0000-4000-8000-000000000000' },
      needs: [everywhere('sts:DecodeAuthorizationMessage')],
      finds: 'decision.id',
    }),
  },
  {
    field: 'Query.decodeAuthorizationMessage',
    ask: ({ event }) => ({
      query: 'query ($id: String!) { decodeAuthorizationMessage(encodedMessage: $id) }',
      variables: { id: event.decisionId },
      needs: [everywhere('sts:DecodeAuthorizationMessage')],
      finds: 'decodeAuthorizationMessage',
    }),
    askAboutNothing: () => ({
      query: '{ decodeAuthorizationMessage(encodedMessage: "nothing") }',
      needs: [everywhere('sts:DecodeAuthorizationMessage')],
      finds: 'decodeAuthorizationMessage',
    }),
  },
]

function ofDecision(name: string, selection: string): NestedCase {
  return {
    field: `Decision.${name}`,
    ask: () => ({
      query: `{ viewer { can(checks: [{ action: "iam:GetUser" }]) { action ${name} ${selection} } } }`,
      parents: [],
      need: everywhere('sts:DecodeAuthorizationMessage'),
      path: `viewer.can.0.${name}`,
      sibling: 'viewer.can.0.action',
    }),
  }
}

/** What only who may decode a decision sees of it. */
export const EXPLAINED_FIELDS: readonly NestedCase[] = [
  ofDecision('context', '{ key }'),
  ofDecision('statements', '{ sid }'),
  ofDecision('missingContextValues', ''),
]
