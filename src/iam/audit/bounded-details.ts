import type { DecisionCondition, DecisionDetails, DecisionStatement } from './decision-shapes.ts'
import { bytesOfJson } from './storable-json.ts'
import { cutMark } from './storable-text.ts'

/** Bytes of JSON that the details of a decision take at most: with its other columns, a record stays below 32,000. */
const MOST_BYTES = 24_000
const CONTEXT_BYTES = 8_000
const STATEMENT_BYTES = 11_000
const MISSING_BYTES = 4_000
/** Of one list of values, and of the conditions of one statement. */
const VALUES_BYTES = 600
const CONDITIONS_BYTES = 4_000

/**
 * The same details, made small enough to be stored. Long lists of values are cut first, each with a mark at its end; then the
 * statements that did not apply go, and what else does not fit. `cut` says how much that was.
 */
export function boundedDetails(details: DecisionDetails): DecisionDetails {
  if (bytesOfJson(details) <= MOST_BYTES) return details
  const context = leading(
    details.context.map(({ key, values }) => ({ key, values: leadingValues(values) })),
    CONTEXT_BYTES,
  )
  const statements = leading(details.statements.toSorted(appliedFirst).map(boundedStatement), STATEMENT_BYTES)
  const missingContextValues = leading(details.missingContextValues, MISSING_BYTES)
  const left = [
    leftOut(details.context, context, 'condition keys'),
    leftOut(details.statements, statements, 'statements'),
    leftOut(details.missingContextValues, missingContextValues, 'missing condition keys'),
  ].filter((text) => text !== null)
  return { context, statements, missingContextValues, cut: cutMark(left.join(', ') || 'values') }
}

function boundedStatement(statement: DecisionStatement): DecisionStatement {
  const { actions, resources } = statement
  return {
    ...statement,
    conditions: leading(statement.conditions.map(boundedCondition), CONDITIONS_BYTES),
    ...(actions && { actions: leadingValues(actions) }),
    ...(resources && { resources: leadingValues(resources) }),
  }
}

function boundedCondition(condition: DecisionCondition): DecisionCondition {
  const { policyValues, resolvedValues, requestValues } = condition
  return {
    ...condition,
    policyValues: leadingValues(policyValues),
    resolvedValues: leadingValues(resolvedValues),
    requestValues: requestValues && leadingValues(requestValues),
  }
}

function leadingValues<Value extends string | null>(values: readonly Value[]): (Value | string)[] {
  const kept: (Value | string)[] = leading(values, VALUES_BYTES)
  return kept.length === values.length ? kept : [...kept, cutMark(`${values.length - kept.length} values`)]
}

/** As many items from the beginning as take so many bytes. */
function leading<Item>(items: readonly Item[], bytes: number): Item[] {
  let left = bytes
  const end = items.findIndex((item) => (left -= bytesOfJson(item) + 1) < 0)
  return items.slice(0, end < 0 ? items.length : end)
}

function leftOut(all: readonly unknown[], kept: readonly unknown[], what: string): string | null {
  return all.length === kept.length ? null : `${all.length - kept.length} ${what}`
}

function appliedFirst(a: DecisionStatement, b: DecisionStatement): number {
  return Number(b.matched) - Number(a.matched)
}
