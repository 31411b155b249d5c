import type { DenialReason } from '../../access/access-denied.ts'
import { denialReason } from '../../access/verdict.ts'
import { isBuiltInPolicyArn } from '../../authn/arn.ts'
import type { Decision, DecisionEffect, LayerTrace, StatementTrace, Trace } from '../../policy/index.ts'

/** Lines count from 1, columns from 2: IAM's simulator counts them one higher than editors do. */
export interface SimulatedPosition {
  readonly line: number
  readonly column: number
}

export interface MatchedStatement {
  readonly sourcePolicyId: string
  readonly sourcePolicyType: string
  /** The policy's own name; that of its place for one that came with the question. */
  readonly sourcePolicyName: string
  /** Of a managed policy, boundaries included. */
  readonly sourcePolicyArn: string | null
  /** The user, group or role that an inline policy is part of. */
  readonly sourceEntityArn: string | null
  readonly sid: string | null
  readonly startPosition: SimulatedPosition
  readonly endPosition: SimulatedPosition
}

/** The answer for one action on one resource. */
export interface SimulationResult {
  readonly evalActionName: string
  readonly evalResourceName: string
  readonly evalDecision: DecisionEffect
  /** Which policies denied; null when allowed. */
  readonly reason: DenialReason | null
  /** Denied, and allowed with a fresh MFA code beside the keys that were given. */
  readonly mfaRequired: boolean
  /** The Deny statements of an explicit deny, else the Allow statements that apply. */
  readonly matchedStatements: readonly MatchedStatement[]
  /** Condition keys that statements about the action use and the simulated request does not carry. */
  readonly missingContextValues: readonly string[]
  /** Null without a boundary. */
  readonly allowedByPermissionsBoundary: boolean | null
  /** Null without service control policies. */
  readonly allowedByOrganizations: boolean | null
  /** What each kind of policy says by itself, where a resource policy takes part. */
  readonly evalDecisionDetails: readonly { readonly sourcePolicyType: string; readonly evalDecision: DecisionEffect }[]
  /** Every statement about the action, whether it applied or not. */
  readonly trace: Trace
}

/** As IAM names them. The customer's managed policies and those that come with the question are all `IAM Policy` there. */
const SOURCE_TYPES: Readonly<Record<StatementTrace['statement']['source']['type'], string>> = {
  'user-inline': 'user',
  'group-inline': 'group',
  'role-inline': 'role',
  managed: 'IAM Policy',
  custom: 'IAM Policy',
  boundary: 'IAM Permissions Boundary Policy',
  session: 'none',
  resource: 'Resource Policy',
  trust: 'Resource Policy',
  organization: 'Service Control Policy',
}

const NOTHING_LOOKED_AT: Trace = { layers: [], missingContextKeys: [] }

/** The answer on a decision that was made with a trace. */
export function resultOf(action: string, resource: string, decision: Decision, mfaRequired: boolean): SimulationResult {
  const { effect, trace = NOTHING_LOOKED_AT } = decision
  const { layers } = trace
  const deciding = effect === 'EXPLICIT_DENY' ? 'Deny' : 'Allow'
  const boundary = layers.find(({ layer }) => layer === 'boundary')
  const levels = layers.filter(({ layer }) => layer === 'organization')
  return {
    evalActionName: action,
    evalResourceName: resource,
    evalDecision: effect,
    reason: effect === 'ALLOW' ? null : denialReason(decision),
    mfaRequired,
    matchedStatements: layers
      .flatMap(({ statements }) => statements)
      .filter(({ matched, statement }) => matched && statement.effect === deciding)
      .map(({ statement: { source, sid, start, end } }) => ({
        sourcePolicyId: source.id,
        sourcePolicyType: sourceTypeOf(source),
        sourcePolicyName: source.name ?? source.id,
        sourcePolicyArn: source.arn ?? null,
        sourceEntityArn: source.entityArn ?? null,
        sid: sid ?? null,
        startPosition: simulated(start),
        endPosition: simulated(end),
      })),
    missingContextValues: trace.missingContextKeys,
    allowedByPermissionsBoundary: boundary === undefined ? null : boundary.effect === 'ALLOW',
    allowedByOrganizations: levels.length === 0 ? null : levels.every((level) => level.effect === 'ALLOW'),
    evalDecisionDetails: detailsOf(layers),
    trace,
  }
}

function sourceTypeOf({ type, arn }: StatementTrace['statement']['source']): string {
  return type === 'managed' && arn !== undefined && isBuiltInPolicyArn(arn) ? 'aws-managed' : SOURCE_TYPES[type]
}

function detailsOf(layers: readonly LayerTrace[]): SimulationResult['evalDecisionDetails'] {
  const resource = layers.find(({ layer }) => layer === 'resource')
  const identity = layers.find(({ layer }) => layer === 'identity')
  if (resource === undefined || identity === undefined) return []
  return [
    { sourcePolicyType: 'IAM Policy', evalDecision: identity.effect },
    { sourcePolicyType: 'Resource Policy', evalDecision: resource.effect },
  ]
}

function simulated({ line, column }: SimulatedPosition): SimulatedPosition {
  return { line, column: column + 1 }
}
