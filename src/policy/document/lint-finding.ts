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

/** A finding within one statement: `element` is the path from there. */
export type Finding = readonly [rule: LintRule, message: string, element: string]
