import type { ContextValue, RequestContext } from '../context.ts'
import { resolveTokens } from '../match/glob.ts'
import { type Token, tokenize, variablesOf } from '../match/template.ts'
import type { ConditionClause, ConditionTrace, SetOperator } from '../types.ts'
import { parseBool } from './bool.ts'
import type { Test } from './operator.ts'
import { NULL_OPERATOR, operatorNamed, spellOperator } from './registry.ts'

/** One key under one operator, prepared. */
export interface Condition {
  readonly clause: ConditionClause
  /** Names of the variables in the policy values. */
  readonly variables: readonly string[]
  holds(context: RequestContext): boolean
  explain(context: RequestContext): ConditionTrace
}

/** `variables`: whether the document's version knows variables (2012-10-17). */
export function compileCondition(clause: ConditionClause, variables: boolean): Condition {
  return clause.operator === NULL_OPERATOR ? new NullCondition(clause) : new Comparison(clause, variables)
}

class Comparison implements Condition {
  readonly clause: ConditionClause
  readonly variables: readonly string[]
  readonly #key: string
  readonly #negated: boolean
  readonly #set: SetOperator | undefined
  readonly #whenAbsent: boolean
  readonly #values: readonly (readonly Token[])[]
  readonly #tests: readonly Test[]

  constructor(clause: ConditionClause, variables: boolean) {
    const operator = operatorNamed(clause.operator)
    if (operator === undefined) throw new TypeError(`no condition operator ${clause.operator}`)
    const syntax = { wildcards: operator.wildcards, variables: variables && operator.variables }
    this.clause = clause
    this.#key = clause.key.toLowerCase()
    this.#negated = operator.negated
    this.#set = clause.set
    this.#whenAbsent = clause.ifExists || (clause.set === undefined ? operator.negated : clause.set === 'ForAllValues')
    this.#values = clause.values.map((text) => tokenize(text, syntax))
    this.#tests = this.#values.map((tokens, i) => operator.compare({ text: clause.values[i]!, tokens }))
    this.variables = this.#values.flatMap((tokens) => variablesOf(tokens).map(({ name }) => name))
  }

  holds(context: RequestContext): boolean {
    const value = context.get(this.#key)
    if (value === undefined) return this.#whenAbsent
    if (typeof value === 'string') {
      // a set operator takes an empty string for an empty set
      if (value === '' && this.#set !== undefined) return this.#set === 'ForAllValues'
      return this.#matchesAny(value, context) !== this.#negated
    }
    return this.#holdsForAll(value, context)
  }

  explain(context: RequestContext): ConditionTrace {
    const value = context.get(this.#key)
    const result = this.holds(context)
    const policyValues = this.clause.values.map((text, i) => {
      const resolved = resolveTokens(this.#values[i]!, context)
      return resolved === undefined ? { value: text } : { value: text, resolved }
    })
    const trace = { ...describe(this.clause, value), policyValues, result }
    if (result) return trace
    if (value === undefined) return { ...trace, failure: 'KEY_MISSING' }
    if (this.#negated) return { ...trace, failure: 'EXCLUDED_VALUE_MATCHED' }
    const unresolved = policyValues.some(({ resolved }) => resolved === undefined)
    return { ...trace, failure: unresolved ? 'VARIABLE_MISSING' : 'NO_VALUE_MATCHED' }
  }

  #holdsForAll(values: readonly string[], context: RequestContext): boolean {
    if (this.#set === undefined) return values.some((value) => this.#matchesAny(value, context)) !== this.#negated
    if (isEmptySet(values)) return this.#set === 'ForAllValues'
    return this.#set === 'ForAllValues'
      ? values.every((value) => this.#matchesAny(value, context) !== this.#negated)
      : values.some((value) => this.#matchesAny(value, context) !== this.#negated)
  }

  #matchesAny(value: string, context: RequestContext): boolean {
    const tests = this.#tests
    for (let i = 0; i < tests.length; i++) if (tests[i]!(value, context)) return true
    return false
  }
}

/** `"true"`: the key is absent or an empty set; `"false"`: it is there. Under a set operator the answer is fixed. */
class NullCondition implements Condition {
  readonly clause: ConditionClause
  readonly variables: readonly string[] = []
  readonly #key: string
  readonly #wanted: readonly (boolean | undefined)[]

  constructor(clause: ConditionClause) {
    this.clause = clause
    this.#key = clause.key.toLowerCase()
    this.#wanted = clause.values.map(parseBool)
  }

  holds(context: RequestContext): boolean {
    if (this.clause.set !== undefined) return this.clause.set === 'ForAllValues'
    const value = context.get(this.#key)
    return this.#wanted.includes(value === undefined || (value.length === 0 && typeof value !== 'string'))
  }

  explain(context: RequestContext): ConditionTrace {
    const value = context.get(this.#key)
    const result = this.holds(context)
    const policyValues = this.clause.values.map((text) => ({ value: text, resolved: text }))
    const trace = { ...describe(this.clause, value), policyValues, result }
    if (result) return trace
    return { ...trace, failure: value === undefined ? 'KEY_MISSING' : 'NO_VALUE_MATCHED' }
  }
}

function isEmptySet(values: readonly string[]): boolean {
  return values.length === 0 || (values.length === 1 && values[0] === '')
}

function describe(
  clause: ConditionClause,
  value: ContextValue | undefined,
): Pick<ConditionTrace, 'operator' | 'key' | 'requestValues'> {
  const described = { operator: spellOperator(clause), key: clause.key }
  return value === undefined ? described : { ...described, requestValues: typeof value === 'string' ? [value] : value }
}
