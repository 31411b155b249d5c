import type { AwsRow } from '../operation.ts'
import { at, list, map, type Members, named, placeInOrder, structure, wholeList } from '../output.ts'
import { choice, list as listOf, type Parameters, required, structure as structureOf, text } from '../parameters.ts'

const DECISION = named({ ALLOW: 'allowed', EXPLICIT_DENY: 'explicitDeny', IMPLICIT_DENY: 'implicitDeny' })
const POSITION = structure({ Line: at('line'), Column: at('column') })
const STATEMENTS = at(
  'matchedStatements',
  list(
    structure({
      SourcePolicyId: at('sourcePolicyId'),
      SourcePolicyType: at('sourcePolicyType'),
      StartPosition: at('startPosition', POSITION),
      EndPosition: at('endPosition', POSITION),
    }),
  ),
)
const MISSING = at('missingContextValues', list())
const BOUNDARY = at(
  'permissionsBoundaryDecisionDetail',
  structure({ AllowedByPermissionsBoundary: at('allowedByPermissionsBoundary') }),
)
const DETAILS = map('sourcePolicyType', at('evalDecision', DECISION))

const RESULT: Members = {
  EvalActionName: at('evalActionName'),
  EvalResourceName: at('evalResourceName'),
  EvalDecision: at('evalDecision', DECISION),
  MatchedStatements: STATEMENTS,
  MissingContextValues: MISSING,
  // Nothing here belongs to an organization: only service control policies that are sent along can forbid anything.
  OrganizationsDecisionDetail: structure({
    AllowedByOrganizations: (result, asked) =>
      at('organizationsDecisionDetail.allowedByOrganizations')(result, asked) ?? true,
  }),
  PermissionsBoundaryDecisionDetail: BOUNDARY,
  EvalDecisionDetails: at('evalDecisionDetails', DETAILS),
  ResourceSpecificResults: at(
    'resourceSpecificResults',
    list(
      structure({
        EvalResourceName: at('evalResourceName'),
        EvalResourceDecision: at('evalResourceDecision', DECISION),
        MatchedStatements: STATEMENTS,
        MissingContextValues: MISSING,
        PermissionsBoundaryDecisionDetail: BOUNDARY,
      }),
    ),
  ),
}

const STATEMENT_FIELDS = `matchedStatements {
  sourcePolicyId sourcePolicyType startPosition { line column } endPosition { line column }
}`
const SHARED_FIELDS = `${STATEMENT_FIELDS} missingContextValues
  permissionsBoundaryDecisionDetail { allowedByPermissionsBoundary }`
const FIELDS = `evalActionName evalResourceName evalDecision ${SHARED_FIELDS}
  organizationsDecisionDetail { allowedByOrganizations }
  evalDecisionDetails { sourcePolicyType evalDecision }
  resourceSpecificResults { evalResourceName evalResourceDecision ${SHARED_FIELDS} }`

const POLICIES = listOf(text())

const CONTEXT_KEY_TYPES = {
  string: 'STRING',
  stringList: 'STRING_LIST',
  numeric: 'NUMERIC',
  numericList: 'NUMERIC_LIST',
  boolean: 'BOOLEAN',
  booleanList: 'BOOLEAN_LIST',
  ip: 'IP',
  ipList: 'IP_LIST',
  binary: 'BINARY',
  binaryList: 'BINARY_LIST',
  date: 'DATE',
  dateList: 'DATE_LIST',
}

const REQUEST: Parameters = {
  PermissionsBoundaryPolicyInputList: POLICIES,
  ActionNames: required(listOf(text())),
  ResourceArns: listOf(text()),
  ResourcePolicy: text(),
  ResourceOwner: text(),
  CallerArn: text('callerArn'),
  ContextEntries: listOf(
    structureOf({
      ContextKeyName: required(text()),
      ContextKeyValues: required(listOf(text())),
      ContextKeyType: choice(CONTEXT_KEY_TYPES),
    }),
  ),
  ResourceHandlingOption: text(),
}

/** Service control policies, a list for each level. */
const ORGANIZATION: Parameters = {
  OrderedOrganizationPolicyInputList: listOf(structureOf({ ServiceControlPolicyInputList: required(POLICIES) })),
}

const EXCLUSIONS: Parameters = {
  PolicyExclusionList: listOf(
    structureOf({
      PolicyType: choice({
        'aws-managed': 'AWS_MANAGED',
        'user-managed': 'USER_MANAGED',
        inline: 'INLINE',
        'permission-boundary': 'PERMISSION_BOUNDARY',
        scp: 'SCP',
        rcp: 'RCP',
      }),
      PolicyArn: text(),
      InlinePolicyIdentifier: structureOf({
        PolicyName: required(text()),
        AttachmentType: required(choice({ user: 'USER', group: 'GROUP', role: 'ROLE' })),
        AttachmentName: required(text()),
      }),
    }),
  ),
}

const POLICY_SOURCE = { PolicySourceArn: required(text('policySourceArn')) }

export const SIMULATION: readonly AwsRow[] = [
  {
    name: 'SimulateCustomPolicy',
    document: `query ($input: SimulateCustomPolicyInput!) { simulateCustomPolicy(input: $input) { ${FIELDS} } }`,
    parameters: { PolicyInputList: required(POLICIES), ...ORGANIZATION, ...REQUEST },
    paged: true,
    result: wholeList('EvaluationResults', '', placeInOrder, structure(RESULT)),
  },
  {
    name: 'SimulatePrincipalPolicy',
    document: `query ($input: SimulatePrincipalPolicyInput!) { simulatePrincipalPolicy(input: $input) { ${FIELDS} } }`,
    parameters: { ...POLICY_SOURCE, PolicyInputList: POLICIES, ...EXCLUSIONS, ...REQUEST },
    paged: true,
    result: wholeList('EvaluationResults', '', placeInOrder, structure(RESULT)),
  },
  {
    name: 'GetContextKeysForCustomPolicy',
    document: 'query ($input: ContextKeysForCustomPolicyInput!) { contextKeysForCustomPolicy(input: $input) }',
    parameters: { PolicyInputList: required(POLICIES) },
    result: { ContextKeyNames: list() },
  },
  {
    name: 'GetContextKeysForPrincipalPolicy',
    document: 'query ($input: ContextKeysForPrincipalPolicyInput!) { contextKeysForPrincipalPolicy(input: $input) }',
    parameters: { ...POLICY_SOURCE, PolicyInputList: POLICIES },
    result: { ContextKeyNames: list() },
  },
]
