import { type Layers, limitsOf } from './layers.ts'
import { resolveTokens } from './match/glob.ts'
import type { CallerLimits } from './match/principal.ts'
import type { PolicySet } from './policy-set.ts'
import type { CompiledStatement } from './statement.ts'
import type {
  AccessRequest,
  DecisionEffect,
  LayerName,
  LayerTrace,
  PatternTrace,
  PrincipalTrace,
  StatementTrace,
  Trace,
} from './types.ts'

/** Explains every statement about the request's action, layer by layer, with the matchers that `decide` uses. */
export function traceOf(layers: Layers, request: AccessRequest): Trace {
  const named: readonly (readonly [LayerName, PolicySet | null | undefined])[] = [
    ['identity', layers.identity],
    ['boundary', layers.boundary],
    ['session', layers.session],
    [layers.resource?.kind ?? 'resource', layers.resource?.set],
  ]
  const missing = new Map<string, string>()
  const traces = named.flatMap(([layer, set]) =>
    set ? [traceLayer(layer, set, request, limitsOf(layers), missing)] : [],
  )
  return Object.freeze({ layers: traces, missingContextKeys: [...missing.values()] })
}

function traceLayer(
  layer: LayerName,
  set: PolicySet,
  request: AccessRequest,
  limits: CallerLimits,
  missing: Map<string, string>,
): LayerTrace {
  const principals = layer === 'resource' || layer === 'trust' ? limits : undefined
  const statements = set.statementsAbout(request.action).map((statement) => {
    noteMissing(statement, request, missing)
    return traceStatement(statement, principals, request)
  })
  const matched = statements.filter((statement) => statement.matched)
  const effect: DecisionEffect = matched.some(({ statement }) => statement.effect === 'Deny')
    ? 'EXPLICIT_DENY'
    : matched.length > 0
      ? 'ALLOW'
      : 'IMPLICIT_DENY'
  return { layer, effect, statements }
}

function traceStatement(
  compiled: CompiledStatement,
  principals: CallerLimits | undefined,
  request: AccessRequest,
): StatementTrace {
  const principal = principals && tracePrincipal(compiled, request, principals)
  const resource = traceResource(compiled, request)
  const conditions = compiled.conditions.map((condition) => condition.explain(request.context))
  const failed: StatementTrace['failed'][number][] = []
  if (principal?.matched === false) failed.push('principal')
  if (resource?.matched === false) failed.push('resource')
  if (conditions.some(({ result }) => !result)) failed.push('condition')
  return {
    statement: compiled.ref,
    matched: failed.length === 0,
    failed,
    action: traceAction(compiled, request.action.toLowerCase()),
    ...(resource && { resource }),
    ...(principal && { principal }),
    conditions,
  }
}

function traceAction(compiled: CompiledStatement, lowerAction: string): PatternTrace {
  const { negated, values } = compiled.statement.action
  const patterns = values.map((pattern, i) => {
    return { pattern, resolved: pattern, matched: compiled.actions[i]!.glob.matches(lowerAction) }
  })
  return { matched: compiled.matchesAction(lowerAction), negated, patterns }
}

function traceResource(compiled: CompiledStatement, { resource, context }: AccessRequest): PatternTrace | undefined {
  const element = compiled.statement.resource
  if (element === undefined) return undefined
  const patterns = compiled.resources.map((pattern) => {
    const resolved = resolveTokens(pattern.tokens, context)
    return {
      pattern: pattern.text,
      ...(resolved !== undefined && { resolved }),
      matched: pattern.matches(resource, context),
    }
  })
  return { matched: compiled.matchesResource(resource, context), negated: element.negated, patterns }
}

function tracePrincipal(
  compiled: CompiledStatement,
  { principal }: AccessRequest,
  limits: CallerLimits,
): PrincipalTrace {
  const element = compiled.statement.principal
  const grant = compiled.grantTo(principal, limits)
  const entries = (element?.entries ?? []).map(({ type, value }) => ({ type, value }))
  return { matched: grant !== 'none', negated: element?.negated ?? false, grant, entries }
}

function noteMissing(compiled: CompiledStatement, { context }: AccessRequest, missing: Map<string, string>): void {
  const note = (key: string): void => {
    const lower = key.toLowerCase()
    if (context.get(lower) === undefined && !missing.has(lower)) missing.set(lower, key)
  }
  for (const { tokens } of compiled.resources) {
    for (const token of tokens) if (token.type === 'variable') note(token.name)
  }
  for (const { clause, variables } of compiled.conditions) {
    note(clause.key)
    variables.forEach(note)
  }
}
