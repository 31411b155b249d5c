import { parseBool } from '../condition/bool.ts'
import { NULL_OPERATOR, operatorNamed, spellOperator } from '../condition/registry.ts'
import type { ConditionClause, Statement } from '../types.ts'
import { elementOf, type Finding } from './lint-rule.ts'

/** What happens when the request does not carry the key. */
export function lintPresence(clause: ConditionClause, { effect }: Statement, demanded: ReadonlySet<string>): Finding[] {
  const { operator, set, ifExists, key } = clause
  // "None of these" holds without the key, and means to.
  if (effect === 'Allow' && set === 'ForAllValues' && operatorNamed(operator)?.negated !== true) {
    if (demanded.has(key.toLowerCase())) return []
    const message = `${spellOperator(clause)} holds without ${key}: add "Null": {"${key}": "false"}.`
    return [['OPEN_WITHOUT_KEY', message, elementOf(clause)]]
  }
  if (effect === 'Deny' && operator === 'Bool' && !ifExists && /^aws:MultiFactorAuthPresent$/i.test(key)) {
    const message = 'Requests signed with a long-term access key carry no aws:MultiFactorAuthPresent: use BoolIfExists.'
    return [['DENY_MISSES_ABSENT_KEY', message, elementOf(clause)]]
  }
  return []
}

/**
 * Keys that the request must carry for the statement to apply, in lower case: those that some condition fails without, and those
 * that never are where these are not. Gathered once, since clauses ask one by one.
 */
export function keysDemanded({ conditions }: Statement): ReadonlySet<string> {
  const keys = conditions.filter(failsWithoutKey).flatMap((clause) => {
    const key = clause.key.toLowerCase()
    return [key, ...accompanied(key, clause)]
  })
  return new Set(keys)
}

function failsWithoutKey({ operator, set, ifExists, values }: ConditionClause): boolean {
  if (operator === NULL_OPERATOR)
    return set === undefined && values.length > 0 && values.every((value) => parseBool(value) === false)
  if (ifExists || set === 'ForAllValues') return false
  return set === 'ForAnyValue' || operatorNamed(operator)?.negated === false
}

/** Keys that are in every request in which this condition holds (AWS IAM user guide, "Global condition context keys"). */
function accompanied(key: string, { operator, set, values }: ConditionClause): readonly string[] {
  if (key.startsWith('aws:requesttag/')) return ['aws:tagkeys']
  if (key === 'aws:calledviafirst' || key === 'aws:calledvialast') return ['aws:calledvia']
  if (key === 'aws:principalorgpaths') return ['aws:principalorgid']
  if (key === 'aws:principalorgid') return ['aws:principalorgpaths']
  // Of several tag keys it would be enough to have another one.
  const named = /^StringEquals(?:IgnoreCase)?$/.test(operator) && values.length === 1 ? values[0]! : undefined
  if (key === 'aws:tagkeys' && set === 'ForAnyValue' && named !== undefined)
    return [`aws:requesttag/${named.toLowerCase()}`]
  return []
}
