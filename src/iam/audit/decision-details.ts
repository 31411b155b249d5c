import { denialMessage, denialReason, type RecordableVerdict } from '../../access/verdict.ts'
import type { ConditionTrace, PatternTrace, RequestContext, StatementTrace, Trace } from '../../policy/index.ts'
import { boundedDetails } from './bounded-details.ts'
import type { DecisionCondition, DecisionContextEntry, DecisionDetails, DecisionStatement } from './decision-shapes.ts'
import { wellFormed } from './storable-text.ts'

/** Hundreds of statements explain nothing; a record has to stay small whatever policies and requests hold. */
const MOST_STATEMENTS = 100
const MOST_CONDITIONS = 20
const MOST_VALUES = 50
const LONGEST_VALUE = 512

/** Agreed between two parties like a password (AWS IAM user guide, "Confused deputy"). */
const SECRET_KEY = /^sts:ExternalId$/i
const HIDDEN = '(not recorded)'

/** Explains a verdict. Costs a second evaluation. */
export function detailsOf(verdict: RecordableVerdict): DecisionDetails {
  const { context, trace } = verdict.explain()
  return boundedDetails({
    context: contextEntries(context),
    statements: statementsOf(trace),
    missingContextValues: trace.missingContextKeys.slice(0, MOST_VALUES).map(shortened),
  })
}

/** Effect, reason and message as the caller was told them. */
export function outcomeOf(verdict: RecordableVerdict) {
  const { decision, hidesReason } = verdict
  if (decision.effect === 'ALLOW') return { effect: decision.effect, reason: null, message: null }
  return {
    effect: hidesReason ? ('IMPLICIT_DENY' as const) : decision.effect,
    reason: hidesReason ? ('RESOURCE_POLICY' as const) : denialReason(decision),
    message: denialMessage(verdict),
  }
}

function contextEntries(context: RequestContext): DecisionContextEntry[] {
  return context.keys().map((key) => {
    const value = context.get(key) ?? []
    return { key: spelled(key), values: SECRET_KEY.test(key) ? [HIDDEN] : valuesOf(value) }
  })
}

/** Contexts keep keys in lower case; these are the spellings of the AWS IAM user guide. */
const SPELLINGS = new Map(
  `
    aws:CurrentTime aws:EpochTime aws:FederatedProvider aws:MultiFactorAuthAge aws:MultiFactorAuthPresent aws:referer
    aws:PrincipalAccount aws:PrincipalArn aws:PrincipalIsAWSService aws:PrincipalType aws:RequestedRegion
    aws:SecureTransport aws:SourceIdentity aws:SourceIp aws:TagKeys aws:TokenIssueTime aws:UserAgent
    aws:ViaAWSService iam:AWSServiceName iam:PermissionsBoundary iam:PolicyARN sts:DurationSeconds sts:ExternalId
    sts:RoleSessionName sts:SourceIdentity sts:TransitiveTagKeys aws:PrincipalTag/ aws:RequestTag/
    aws:ResourceTag/ iam:ResourceTag/
  `
    .trim()
    .split(/\s+/)
    .map((key) => [key.toLowerCase(), key]),
)

function spelled(lower: string): string {
  const slash = lower.indexOf('/') + 1
  return `${SPELLINGS.get(lower.slice(0, slash || undefined)) ?? lower.slice(0, slash || undefined)}${slash ? lower.slice(slash) : ''}`
}

/** The statements of a trace, those that applied first where there are too many; long values are cut. */
export function statementsOf({ layers }: Trace): DecisionStatement[] {
  const all = layers.flatMap(({ layer, statements }) => statements.map((statement) => ({ layer, statement })))
  // Those that applied tell most, wherever they stand.
  const kept = all.length <= MOST_STATEMENTS ? all : all.toSorted(matchedFirst).slice(0, MOST_STATEMENTS)
  return kept.map(({ layer, statement: { statement, matched, failed, conditions, action, resource } }) => ({
    layer,
    policy: statement.source.name ?? statement.source.id,
    policyArn: statement.source.arn ?? null,
    policyType: statement.source.type,
    sid: statement.sid ?? null,
    effect: statement.effect,
    line: statement.start.line,
    column: statement.start.column,
    matched,
    failed,
    conditions: conditions.slice(0, MOST_CONDITIONS).map(conditionOf),
    // A record has to stay small: what did not apply is explained without them.
    ...(matched && { actions: patternsOf(action), resources: patternsOf(resource) }),
  }))
}

function patternsOf(traced: PatternTrace | undefined): string[] {
  return valuesOf((traced?.patterns ?? []).map(({ pattern }) => pattern))
}

function matchedFirst(a: { statement: StatementTrace }, b: { statement: StatementTrace }): number {
  return Number(b.statement.matched) - Number(a.statement.matched)
}

function conditionOf({
  operator,
  key,
  policyValues,
  requestValues,
  result,
  failure,
}: ConditionTrace): DecisionCondition {
  const secret = SECRET_KEY.test(key)
  const values = policyValues.slice(0, MOST_VALUES)
  return {
    operator,
    key: shortened(key),
    policyValues: secret ? [HIDDEN] : values.map(({ value }) => shortened(value)),
    resolvedValues: secret
      ? [HIDDEN]
      : values.map(({ resolved }) => (resolved === undefined ? null : shortened(resolved))),
    requestValues: requestValues === undefined ? null : secret ? [HIDDEN] : valuesOf(requestValues),
    result,
    failure: failure ?? null,
  }
}

function valuesOf(value: string | readonly string[]): string[] {
  return (typeof value === 'string' ? [value] : value).slice(0, MOST_VALUES).map(shortened)
}

function shortened(text: string): string {
  return wellFormed(text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text)
}
