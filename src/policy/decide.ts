import { type Layers, limitsOf } from './layers.ts'
import { type CallerLimits, type PrincipalGrant, widerGrant } from './match/principal.ts'
import type { PolicySet } from './policy-set.ts'
import type { CompiledStatement } from './statement.ts'
import { traceOf } from './trace.ts'
import type { AccessRequest, Decision, DecisionReason, LayerName } from './types.ts'

export interface DecideOptions {
  /** Explain every relevant statement of every layer. Costs allocation; the decision is the same. */
  readonly trace?: boolean
}

const ROOT = outcome('ALLOW', 'ROOT')
const NO_IDENTITY = outcome('IMPLICIT_DENY', 'NO_IDENTITY_POLICY', 'identity')
const NO_BOUNDARY = outcome('IMPLICIT_DENY', 'PERMISSIONS_BOUNDARY', 'boundary')
const NO_SESSION = outcome('IMPLICIT_DENY', 'SESSION_POLICY', 'session')
const NO_RESOURCE = outcome('IMPLICIT_DENY', 'RESOURCE_POLICY', 'resource')
const NO_TRUST = outcome('IMPLICIT_DENY', 'RESOURCE_POLICY', 'trust')
const FAULT = outcome('IMPLICIT_DENY', 'EVALUATION_ERROR')

/**
 * Decides by the order of the AWS IAM user guide, "Policy evaluation logic". Never throws: whatever goes wrong denies
 * with EVALUATION_ERROR.
 */
export function decide(layers: Layers, request: AccessRequest, options?: DecideOptions): Decision {
  try {
    const decision = evaluate(layers, request)
    return options?.trace === true ? Object.freeze({ ...decision, trace: traceOf(layers, request) }) : decision
  } catch {
    return FAULT
  }
}

function evaluate(layers: Layers, request: AccessRequest): Decision {
  // 1. an explicit Deny anywhere
  const identity = find(layers.identity, request)
  if (identity?.deny === true) return identity.decisionIn('identity')
  const boundary = find(layers.boundary, request)
  if (boundary?.deny === true) return boundary.decisionIn('boundary')
  const session = find(layers.session, request)
  if (session?.deny === true) return session.decisionIn('session')
  const resource = layers.resource ? findGrant(layers.resource, request, limitsOf(layers)) : undefined
  if (resource?.statement?.deny === true) return resource.statement.decisionIn(resource.layer)

  const limit =
    layers.boundary && boundary === undefined
      ? NO_BOUNDARY
      : layers.session && session === undefined
        ? NO_SESSION
        : undefined
  const own = layers.root === true ? ROOT : identity?.decisionIn('identity')

  // 2. callers that no account vouches for have the resource's word only
  const { kind, accountId } = request.principal
  if (kind === 'anonymous' || kind === 'service' || kind === 'web-identity') {
    return resource === undefined ? NO_IDENTITY : (granted(resource) ?? resource.missing)
  }

  // 3. another account's resource: both sides must agree, whatever form the principal has there
  if (request.resourceAccountId !== undefined && request.resourceAccountId !== accountId) {
    if (resource?.layer === 'trust' && resource.grant === 'none') return NO_TRUST
    if (own === undefined) return NO_IDENTITY
    return limit ?? (resource === undefined || resource.grant === 'none' ? (resource?.missing ?? NO_RESOURCE) : own)
  }

  // 4. the own account: either side is enough, but a role must trust its caller
  if (resource !== undefined) {
    if (resource.grant === 'direct') return granted(resource)!
    if (resource.layer === 'trust' && resource.grant === 'none') return NO_TRUST
    if (own === undefined && resource.grant === 'limited') return limit ?? granted(resource)!
  }
  return own === undefined ? NO_IDENTITY : (limit ?? own)
}

function find(set: PolicySet | null | undefined, request: AccessRequest): CompiledStatement | undefined {
  return set ? set.find(request.action, request.resource, request.context) : undefined
}

interface ResourceFinding {
  readonly layer: 'resource' | 'trust'
  /** The Deny that applies, or the Allow with the widest grant. */
  readonly statement: CompiledStatement | undefined
  readonly grant: PrincipalGrant
  /** The decision when the policy grants nothing. */
  readonly missing: Decision
}

/** Resource policies weigh who is named, so every Allow is looked at. */
function findGrant(
  { set, kind }: NonNullable<Layers['resource']>,
  request: AccessRequest,
  limits: CallerLimits,
): ResourceFinding {
  const missing = kind === 'trust' ? NO_TRUST : NO_RESOURCE
  let best: CompiledStatement | undefined
  let grant: PrincipalGrant = 'none'
  for (const statement of set.statementsAbout(request.action)) {
    const reach = statement.grantTo(request.principal, limits)
    if (reach === 'none' || !statement.matchesResource(request.resource, request.context)) continue
    if (!statement.conditionsHold(request.context)) continue
    if (statement.deny) return { layer: kind, statement, grant: 'none', missing }
    if (grant !== reach && widerGrant(grant, reach) === reach) {
      best = statement
      grant = reach
    }
  }
  return { layer: kind, statement: best, grant, missing }
}

function granted({ statement, layer }: ResourceFinding): Decision | undefined {
  return statement?.decisionIn(layer)
}

function outcome(effect: Decision['effect'], reason: DecisionReason, layer?: LayerName): Decision {
  return Object.freeze({ effect, reason, ...(layer !== undefined && { layer }) })
}
