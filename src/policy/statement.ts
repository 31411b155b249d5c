import { type Condition, compileCondition } from './condition/condition.ts'
import type { RequestContext } from './context.ts'
import { type ActionPattern, compileAction } from './match/action.ts'
import { type Reach, ResourcePattern } from './match/arn.ts'
import { type CallerLimits, grantOf, type PrincipalGrant } from './match/principal.ts'
import { type Token, variablesOf } from './match/template.ts'
import type {
  Decision,
  DecisionReason,
  LayerName,
  PolicySource,
  PrincipalRef,
  Statement,
  StatementRef,
} from './types.ts'

const REASONS: Readonly<Record<LayerName, DecisionReason>> = {
  identity: 'IDENTITY_POLICY',
  boundary: 'PERMISSIONS_BOUNDARY',
  session: 'SESSION_POLICY',
  resource: 'RESOURCE_POLICY',
  trust: 'RESOURCE_POLICY',
}

/** A statement with everything prepared that does not depend on the request. */
export class CompiledStatement {
  readonly statement: Statement
  readonly ref: StatementRef
  readonly deny: boolean
  readonly actions: readonly ActionPattern[]
  readonly resources: readonly ResourcePattern[]
  readonly conditions: readonly Condition[]
  readonly #trust: boolean
  readonly #decisions = new Map<LayerName, Decision>()

  constructor(statement: Statement, source: PolicySource, variables: boolean, trust: boolean) {
    const { index, sid, effect, start, end } = statement
    this.statement = statement
    this.ref = Object.freeze({ source, index, ...(sid !== undefined && { sid }), effect, start, end })
    this.deny = effect === 'Deny'
    this.actions = statement.action.values.map(compileAction)
    const reach = reachOf(statement)
    this.resources = (statement.resource?.values ?? []).map((text) => new ResourcePattern(text, variables, reach))
    this.conditions = statement.conditions.map((clause) => compileCondition(clause, variables))
    this.#trust = trust
  }

  matchesAction(lowerAction: string): boolean {
    return this.actions.some(({ glob }) => glob.matches(lowerAction)) !== this.statement.action.negated
  }

  matchesResource(resource: string, context: RequestContext): boolean {
    const element = this.statement.resource
    if (element === undefined) return true
    const matched = this.resources.some((pattern) => pattern.matches(resource, context))
    if (!element.negated || matched) return matched !== element.negated
    // "everything but …" of an unknown name would allow everything
    return this.deny || this.resources.every(({ tokens }) => hasValues(tokens, context))
  }

  conditionsHold(context: RequestContext): boolean {
    const conditions = this.conditions
    for (let i = 0; i < conditions.length; i++) if (!conditions[i]!.holds(context)) return false
    return true
  }

  /** Identity policies have no Principal element: they grant nothing as resource policies. */
  grantTo(caller: PrincipalRef, limits: CallerLimits): PrincipalGrant {
    const { principal, effect } = this.statement
    return principal === undefined ? 'none' : grantOf(principal, effect, caller, this.#trust, limits)
  }

  /** The outcome when this statement decides in `layer`; made once. */
  decisionIn(layer: LayerName): Decision {
    let decision = this.#decisions.get(layer)
    if (decision === undefined) {
      const effect = this.deny ? 'EXPLICIT_DENY' : 'ALLOW'
      decision = Object.freeze({ effect, reason: REASONS[layer], layer, statement: this.ref })
      this.#decisions.set(layer, decision)
    }
    return decision
  }
}

/**
 * Where AWS leaves two readings of a wildcard, the one that grants less: what an Allow names and what a Deny exempts is read
 * narrowly, what a Deny names and what an Allow leaves out as widely as possible.
 */
function reachOf({ effect, resource }: Statement): Reach {
  return (effect === 'Allow') === (resource?.negated ?? false) ? 'one-glob' : 'by-segment'
}

function hasValues(tokens: readonly Token[], context: RequestContext): boolean {
  return variablesOf(tokens).every(({ key, fallback }) => {
    const value = context.get(key)
    return value === undefined ? fallback !== undefined : typeof value === 'string'
  })
}
