import { arnOperators } from './arn.ts'
import { binaryOperators } from './binary.ts'
import { boolOperators } from './bool.ts'
import { dateOperators } from './date.ts'
import { ipOperators } from './ip.ts'
import { numericOperators } from './numeric.ts'
import type { Operator } from './operator.ts'
import { stringOperators } from './string.ts'
import type { SetOperator } from '../types.ts'

/** Null asks whether the key is there, not what it holds: it is no row of the table. */
export const NULL_OPERATOR = 'Null'

/** Every operator of the language by its name in lower case. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  [
    ...stringOperators,
    ...numericOperators,
    ...dateOperators,
    ...boolOperators,
    ...binaryOperators,
    ...ipOperators,
    ...arnOperators,
  ].map((operator) => [operator.name.toLowerCase(), operator]),
)

export function operatorNamed(name: string): Operator | undefined {
  return OPERATORS.get(name.toLowerCase())
}

export interface OperatorName {
  readonly operator: string
  readonly set?: SetOperator
  readonly ifExists: boolean
}

const SETS: readonly SetOperator[] = ['ForAllValues', 'ForAnyValue']
const IF_EXISTS = 'ifexists'

/** `ForAnyValue:StringLikeIfExists` in any case, taken apart; undefined when there is no such operator. */
export function parseOperatorName(text: string): OperatorName | undefined {
  let name = text.toLowerCase()
  const set = SETS.find((prefix) => name.startsWith(`${prefix.toLowerCase()}:`))
  if (set !== undefined) name = name.slice(set.length + 1)
  if (name === NULL_OPERATOR.toLowerCase()) return { operator: NULL_OPERATOR, set, ifExists: false }
  const ifExists = name.endsWith(IF_EXISTS)
  const operator = OPERATORS.get(ifExists ? name.slice(0, -IF_EXISTS.length) : name)
  return operator && { operator: operator.name, set, ifExists }
}

/** The operator as a document spells it. */
export function spellOperator({ operator, set, ifExists }: OperatorName): string {
  return `${set === undefined ? '' : `${set}:`}${operator}${ifExists ? 'IfExists' : ''}`
}
