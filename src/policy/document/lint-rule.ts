import { spellOperator } from '../condition/registry.ts'
import type { ConditionClause } from '../types.ts'
import { memberPath } from './json.ts'

/** What can be wrong with a document that IAM accepts. */
export type LintRule =
  | 'VARIABLE_IS_TEXT'
  | 'OPEN_WITHOUT_KEY'
  | 'DENY_MISSES_ABSENT_KEY'
  | 'VALUE_NEVER_MATCHES'
  | 'NEVER_HOLDS'
  | 'ALLOWS_ALL_OTHERS'
  | 'PASSES_ANY_ROLE'
  | 'UNKNOWN_ACTION'
  | 'RESOURCE_NEVER_MATCHES'
  | 'REDUNDANT_ACTION'
  | 'REDUNDANT_RESOURCE'

/** A rule, what to say, and the path of the element from its statement. */
export type Finding = readonly [rule: LintRule, message: string, element: string]

/** The path of a condition's key from its statement. */
export function elementOf({ operator, set, ifExists, key }: ConditionClause): string {
  return memberPath(memberPath('.Condition', spellOperator({ operator, set, ifExists })), key)
}
