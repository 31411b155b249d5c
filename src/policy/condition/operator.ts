import type { RequestContext } from '../context.ts'
import type { Token } from '../match/template.ts'

/** One value of a policy's condition, cut up as far as its operator allows variables and wildcards. */
export interface PolicyValue {
  readonly text: string
  readonly tokens: readonly Token[]
}

/** Whether one value of the request meets the policy value that the test was made from. */
export type Test = (value: string, context: RequestContext) => boolean

/** An operator is data. Negated operators compare like their positive twin; the outcome is turned round once, outside. */
export interface Operator {
  readonly name: string
  readonly negated: boolean
  readonly variables: boolean
  readonly wildcards: boolean
  /** Prepares a policy value. A value of the wrong type gives a test that nothing meets. */
  readonly compare: (value: PolicyValue) => Test
}

export const NEVER: Test = () => false

/** The operator and its negated twin. */
export function pair(
  positive: string,
  negative: string,
  rest: Omit<Operator, 'name' | 'negated'>,
): readonly Operator[] {
  return [
    { name: positive, negated: false, ...rest },
    { name: negative, negated: true, ...rest },
  ]
}

/**
 * The six orderings that numbers and dates share. `parse` reads a value of either side, `order` compares two of them
 * like a sort function.
 */
export function orderings<T>(
  family: string,
  parse: (text: string) => T | undefined,
  order: (a: T, b: T) => number,
): readonly Operator[] {
  const rows: readonly (readonly [string, boolean, (sign: number) => boolean])[] = [
    ['Equals', false, (sign) => sign === 0],
    ['NotEquals', true, (sign) => sign === 0],
    ['LessThan', false, (sign) => sign < 0],
    ['LessThanEquals', false, (sign) => sign <= 0],
    ['GreaterThan', false, (sign) => sign > 0],
    ['GreaterThanEquals', false, (sign) => sign >= 0],
  ]
  return rows.map(([suffix, negated, holds]) => ({
    name: `${family}${suffix}`,
    negated,
    variables: false,
    wildcards: false,
    compare: ({ text }) => {
      const limit = parse(text)
      if (limit === undefined) return NEVER
      return (value) => {
        const actual = parse(value)
        return actual !== undefined && holds(order(actual, limit))
      }
    },
  }))
}
