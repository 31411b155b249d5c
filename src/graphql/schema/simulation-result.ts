import { statementsOf } from '../../iam/audit/decision-details.ts'
import type {
  MatchedStatement as Matched,
  SimulatedPosition,
  SimulationResult as Result,
} from '../../iam/simulation/simulation-result.ts'
import { builder } from '../builder.ts'
import { DecisionEffect, DecisionStatement, DenialReason } from './decision.ts'

const Position = builder.objectRef<SimulatedPosition>('SimulationPosition').implement({
  description: 'A place in a policy text. As in IAM, columns are one higher than in an editor.',
  fields: (t) => ({ line: t.exposeInt('line'), column: t.exposeInt('column') }),
})

const MatchedStatement = builder.objectRef<Matched>('MatchedStatement').implement({
  fields: (t) => ({
    sourcePolicyId: t.exposeString('sourcePolicyId', { description: 'A name, or `PolicyInputList.1`.' }),
    sourcePolicyType: t.exposeString('sourcePolicyType'),
    sourcePolicyName: t.exposeString('sourcePolicyName', { description: 'As its owner named it.' }),
    sourcePolicyArn: t.field({
      type: 'ARN',
      nullable: true,
      description: 'Of a managed policy, boundaries included.',
      resolve: ({ sourcePolicyArn }) => sourcePolicyArn,
    }),
    sourceEntityArn: t.field({
      type: 'ARN',
      nullable: true,
      description: 'The user, group or role that an inline policy is part of.',
      resolve: ({ sourceEntityArn }) => sourceEntityArn,
    }),
    sid: t.exposeString('sid', { nullable: true }),
    startPosition: t.field({ type: Position, access: 'parent', resolve: ({ startPosition }) => startPosition }),
    endPosition: t.field({ type: Position, access: 'parent', resolve: ({ endPosition }) => endPosition }),
  }),
})

const PermissionsBoundaryDecisionDetail = builder
  .objectRef<{ allowedByPermissionsBoundary: boolean }>('PermissionsBoundaryDecisionDetail')
  .implement({
    fields: (t) => ({ allowedByPermissionsBoundary: t.exposeBoolean('allowedByPermissionsBoundary') }),
  })

const OrganizationsDecisionDetail = builder
  .objectRef<{ allowedByOrganizations: boolean }>('OrganizationsDecisionDetail')
  .implement({ fields: (t) => ({ allowedByOrganizations: t.exposeBoolean('allowedByOrganizations') }) })

const EvalDecisionDetail = builder.objectRef<Result['evalDecisionDetails'][number]>('EvalDecisionDetail').implement({
  fields: (t) => ({
    sourcePolicyType: t.exposeString('sourcePolicyType'),
    evalDecision: t.expose('evalDecision', { type: DecisionEffect }),
  }),
})

function boundaryDetail({ allowedByPermissionsBoundary: allowed }: Result) {
  return allowed === null ? null : { allowedByPermissionsBoundary: allowed }
}

const ResourceSpecificResult = builder.objectRef<Result>('ResourceSpecificResult').implement({
  fields: (t) => ({
    evalResourceName: t.exposeString('evalResourceName'),
    evalResourceDecision: t.expose('evalDecision', { type: DecisionEffect }),
    matchedStatements: t.field({
      type: [MatchedStatement],
      access: 'parent',
      resolve: ({ matchedStatements }) => matchedStatements,
    }),
    missingContextValues: t.exposeStringList('missingContextValues'),
    permissionsBoundaryDecisionDetail: t.field({
      type: PermissionsBoundaryDecisionDetail,
      nullable: true,
      access: 'parent',
      resolve: boundaryDetail,
    }),
  }),
})

export const SimulationResult = builder.objectRef<Result>('SimulationResult').implement({
  description: 'What would be decided for one action on one resource.',
  fields: (t) => ({
    evalActionName: t.exposeString('evalActionName'),
    evalResourceName: t.exposeString('evalResourceName'),
    evalDecision: t.expose('evalDecision', { type: DecisionEffect }),
    reason: t.expose('reason', {
      type: DenialReason,
      nullable: true,
      description: 'Which policies denied; null when allowed.',
    }),
    mfaRequired: t.exposeBoolean('mfaRequired', {
      description: 'True exactly when the same request with a fresh MFA code would be allowed.',
    }),
    statements: t.field({
      type: [DecisionStatement],
      description: 'Every statement about the action, whether it applied or not.',
      access: 'parent',
      resolve: ({ trace }) => statementsOf(trace),
    }),
    matchedStatements: t.field({
      type: [MatchedStatement],
      description: 'The Deny statements of an explicit deny, else the Allow statements that apply.',
      access: 'parent',
      resolve: ({ matchedStatements }) => matchedStatements,
    }),
    missingContextValues: t.exposeStringList('missingContextValues', {
      description:
        'Condition keys that statements about the action use and that were not given: they counted as absent.',
    }),
    permissionsBoundaryDecisionDetail: t.field({
      type: PermissionsBoundaryDecisionDetail,
      nullable: true,
      description: 'Null without a boundary.',
      access: 'parent',
      resolve: boundaryDetail,
    }),
    organizationsDecisionDetail: t.field({
      type: OrganizationsDecisionDetail,
      nullable: true,
      description: 'Whether every level of the organization allows it; null without service control policies.',
      access: 'parent',
      resolve: ({ allowedByOrganizations: allowed }) => (allowed === null ? null : { allowedByOrganizations: allowed }),
    }),
    evalDecisionDetails: t.field({
      type: [EvalDecisionDetail],
      description: 'What each kind of policy says by itself, where a resource policy takes part.',
      access: 'parent',
      resolve: ({ evalDecisionDetails }) => evalDecisionDetails,
    }),
    resourceSpecificResults: t.field({
      type: [ResourceSpecificResult],
      access: 'parent',
      resolve: (result) => [result],
    }),
  }),
})
