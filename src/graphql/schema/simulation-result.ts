import { statementsOf } from '../../iam/audit/decision-details.ts'
import type {
  MatchedStatement as Matched,
  SimulatedPosition,
  SimulationResult as Result,
} from '../../iam/simulation/simulation-result.ts'
import { builder } from '../builder.ts'
import { DecisionEffect, DecisionStatement, DenialReason } from './decision.ts'

const Position = builder.objectRef<SimulatedPosition>('SimulationPosition').implement({
  description: 'A place in the text of a policy, as IAM counts it.',
  fields: (t) => ({
    line: t.exposeInt('line', { description: 'Counted from 1.' }),
    column: t.exposeInt('column', { description: 'Counted from 2: one higher than in editors.' }),
  }),
})

const MatchedStatement = builder.objectRef<Matched>('MatchedStatement').implement({
  description: 'A statement that applies to the simulated request, and where it stands.',
  fields: (t) => ({
    sourcePolicyId: t.exposeString('sourcePolicyId', {
      description: 'Id of the policy: a name, or its place in the input, for example `PolicyInputList.1`.',
    }),
    sourcePolicyType: t.exposeString('sourcePolicyType', {
      description:
        'Kind of the policy: `user`, `group`, `role`, `aws-managed`, `IAM Policy`, `IAM Permissions Boundary Policy`, `Resource Policy` or `Service Control Policy`.',
    }),
    sourcePolicyName: t.exposeString('sourcePolicyName', {
      description: 'Name of the policy; its place in the input when it has no name.',
    }),
    sourcePolicyArn: t.field({
      type: 'ARN',
      nullable: true,
      description: 'ARN of a managed policy, also of a permissions boundary; null for other policies.',
      resolve: ({ sourcePolicyArn }) => sourcePolicyArn,
    }),
    sourceEntityArn: t.field({
      type: 'ARN',
      nullable: true,
      description: 'ARN of the user, group or role that an inline policy is a part of; null for other policies.',
      resolve: ({ sourceEntityArn }) => sourceEntityArn,
    }),
    sid: t.exposeString('sid', { nullable: true, description: 'The `Sid` of the statement; null when it has none.' }),
    startPosition: t.field({
      type: Position,
      description: 'Where the statement begins.',
      access: 'parent',
      resolve: ({ startPosition }) => startPosition,
    }),
    endPosition: t.field({
      type: Position,
      description: 'Where the statement ends.',
      access: 'parent',
      resolve: ({ endPosition }) => endPosition,
    }),
  }),
})

const PermissionsBoundaryDecisionDetail = builder
  .objectRef<{ allowedByPermissionsBoundary: boolean }>('PermissionsBoundaryDecisionDetail')
  .implement({
    description: 'What the permissions boundary says by itself.',
    fields: (t) => ({
      allowedByPermissionsBoundary: t.exposeBoolean('allowedByPermissionsBoundary', {
        description: 'Whether the permissions boundary allows the request.',
      }),
    }),
  })

const OrganizationsDecisionDetail = builder
  .objectRef<{ allowedByOrganizations: boolean }>('OrganizationsDecisionDetail')
  .implement({
    description: 'What the service control policies say by themselves.',
    fields: (t) => ({
      allowedByOrganizations: t.exposeBoolean('allowedByOrganizations', {
        description: 'Whether every level of the organization allows the request.',
      }),
    }),
  })

const EvalDecisionDetail = builder.objectRef<Result['evalDecisionDetails'][number]>('EvalDecisionDetail').implement({
  description: 'What one kind of policies says by itself.',
  fields: (t) => ({
    sourcePolicyType: t.exposeString('sourcePolicyType', { description: '`IAM Policy` or `Resource Policy`.' }),
    evalDecision: t.expose('evalDecision', { type: DecisionEffect, description: 'What these policies say.' }),
  }),
})

function boundaryDetail({ allowedByPermissionsBoundary: allowed }: Result) {
  return allowed === null ? null : { allowedByPermissionsBoundary: allowed }
}

const ResourceSpecificResult = builder.objectRef<Result>('ResourceSpecificResult').implement({
  description: 'What would be decided for one resource.',
  fields: (t) => ({
    evalResourceName: t.exposeString('evalResourceName', { description: 'The simulated resource: an ARN, or `*`.' }),
    evalResourceDecision: t.expose('evalDecision', {
      type: DecisionEffect,
      description: 'What would be decided.',
    }),
    matchedStatements: t.field({
      type: [MatchedStatement],
      description: 'For an explicit deny the Deny statements that apply, otherwise the Allow statements that apply.',
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
      description: 'Whether the permissions boundary allows the request; null without a boundary.',
      access: 'parent',
      resolve: boundaryDetail,
    }),
  }),
})

export const SimulationResult = builder.objectRef<Result>('SimulationResult').implement({
  description: 'What would be decided for one action on one resource.',
  fields: (t) => ({
    evalActionName: t.exposeString('evalActionName', {
      description: 'The simulated action, for example `iam:CreateAccessKey`.',
    }),
    evalResourceName: t.exposeString('evalResourceName', { description: 'The simulated resource: an ARN, or `*`.' }),
    evalDecision: t.expose('evalDecision', { type: DecisionEffect, description: 'What would be decided.' }),
    reason: t.expose('reason', {
      type: DenialReason,
      nullable: true,
      description: 'Which kind of policies denied the request; null when it is allowed.',
    }),
    mfaRequired: t.exposeBoolean('mfaRequired', {
      description:
        'True when the request is denied and would be allowed right after authentication with MFA; false otherwise.',
    }),
    statements: t.field({
      type: [DecisionStatement],
      description: 'Every statement about the action, whether it applied or not.',
      access: 'parent',
      resolve: ({ trace }) => statementsOf(trace),
    }),
    matchedStatements: t.field({
      type: [MatchedStatement],
      description: 'For an explicit deny the Deny statements that apply, otherwise the Allow statements that apply.',
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
      description: 'Whether the permissions boundary allows the request; null without a boundary.',
      access: 'parent',
      resolve: boundaryDetail,
    }),
    organizationsDecisionDetail: t.field({
      type: OrganizationsDecisionDetail,
      nullable: true,
      description: 'Whether every level of the organization allows the request; null without service control policies.',
      access: 'parent',
      resolve: ({ allowedByOrganizations: allowed }) => (allowed === null ? null : { allowedByOrganizations: allowed }),
    }),
    evalDecisionDetails: t.field({
      type: [EvalDecisionDetail],
      description:
        'What the policies of the principal and the resource policy say, each by themselves. Empty without a resource policy.',
      access: 'parent',
      resolve: ({ evalDecisionDetails }) => evalDecisionDetails,
    }),
    resourceSpecificResults: t.field({
      type: [ResourceSpecificResult],
      description: 'The result once more, in the form that IAM has for single resources: always one entry.',
      access: 'parent',
      resolve: (result) => [result],
    }),
  }),
})
