import { parseBool } from '../condition/bool.ts'
import { NEVER } from '../condition/operator.ts'
import { NULL_OPERATOR, operatorNamed, spellOperator } from '../condition/registry.ts'
import { tokenizeResource } from '../match/arn.ts'
import { tokenize, variablesOf } from '../match/template.ts'
import { memberPath } from './json.ts'
import { type ActionCatalogue, KnownActions, lintAgainst } from './lint-catalogue.ts'
import { Effort } from './lint-effort.ts'
import { lintPatterns } from './lint-patterns.ts'
import type { Finding, LintRule } from './lint-rule.ts'
import type { ConditionClause, PolicyDocument, Statement } from '../types.ts'

/** Something that IAM accepts and that seldom does what its author means. */
export interface LintFinding {
  readonly rule: LintRule
  /** One sentence that names the element and what to write in its place. */
  readonly message: string
  /** Index of the statement, with the place of its opening brace. */
  readonly statement: number
  /** The path from there: `.Action[1]`, `.Condition.Bool["aws:SecureTransport"]`; empty for the statement itself. */
  readonly element: string
  readonly line: number
  readonly column: number
}

/**
 * Looks through a valid document for the traps of the language, statement by statement. An empty list is no promise.
 *
 * @param catalogue when given, actions that it does not know and resources that none of its actions has are found too
 */
export function lintPolicy(document: PolicyDocument, catalogue?: ActionCatalogue): LintFinding[] {
  const variables = document.version === '2012-10-17'
  const known = catalogue && new KnownActions(catalogue)
  const effort = new Effort()
  const found: LintFinding[] = []
  for (const statement of document.statements) {
    const { index, start } = statement
    const place = { statement: index, line: start.line, column: start.column }
    for (const [rule, message, element] of findings(statement, variables, known, effort)) {
      if (found.length === MOST_FINDINGS) return found
      found.push({ rule, message: clipped(message), element, ...place })
    }
  }
  return found
}

/** Nobody reads more; whoever mends these gets to see the next ones. */
const MOST_FINDINGS = 500
/** Messages quote the document, some of them a pattern that covers many others. */
const LONGEST_MESSAGE = 1_000

function clipped(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message
}

function findings(
  statement: Statement,
  variables: boolean,
  known: KnownActions | undefined,
  effort: Effort,
): Finding[] {
  const demanded = keysDemanded(statement)
  return [
    ...lintElements(statement),
    ...lintVariables(statement, variables),
    ...statement.conditions.flatMap((clause) => [...lintValues(clause), ...lintPresence(clause, statement, demanded)]),
    ...lintPatterns(statement, effort),
    ...(known === undefined ? [] : lintAgainst(known, statement, effort)),
  ]
}

const elementOf = ({ operator, set, ifExists, key }: ConditionClause) =>
  memberPath(memberPath('.Condition', spellOperator({ operator, set, ifExists })), key)

function lintElements({ effect, action, resource }: Statement): Finding[] {
  if (effect === 'Deny') return []
  const found: Finding[] = []
  if (action.negated) {
    found.push([
      'ALLOWS_ALL_OTHERS',
      'Allow with NotAction grants every other action of every service, future ones too.',
      '.NotAction',
    ])
  }
  if (resource?.negated === true) {
    found.push([
      'ALLOWS_ALL_OTHERS',
      'Allow with NotResource grants the actions on every other resource, future ones too.',
      '.NotResource',
    ])
  }
  return found
}

/** Variables that stay text: in version 2008-10-17 all of them, in an ARN those before the fifth colon. */
function lintVariables({ resource, conditions }: Statement, variables: boolean): Finding[] {
  const found: Finding[] = []
  for (const [i, pattern] of (resource?.values ?? []).entries()) {
    const meant = variablesOf(tokenize(pattern, { wildcards: true, variables: true }))
    const known = variablesOf(tokenizeResource(pattern, variables)).length
    if (meant.length > known) {
      const advice = variables
        ? 'Variables may stand behind the fifth colon only.'
        : 'Variables need Version 2012-10-17.'
      const element = `.${resource?.negated === true ? 'NotResource' : 'Resource'}[${i}]`
      found.push(['VARIABLE_IS_TEXT', `The variable in ${pattern} is compared as text. ${advice}`, element])
    }
  }
  for (const clause of conditions) {
    const { operator, values } = clause
    const allowed = operatorNamed(operator)?.variables === true
    const text = values.find((value) => variablesOf(tokenize(value, { wildcards: true, variables: true })).length > 0)
    if (text === undefined || (allowed && variables)) continue
    const advice = allowed ? 'Variables need Version 2012-10-17.' : `${operator} takes no variables.`
    found.push(['VARIABLE_IS_TEXT', `The variable in ${text} is compared as text. ${advice}`, elementOf(clause)])
  }
  return found
}

function lintValues(clause: ConditionClause): Finding[] {
  const operator = operatorNamed(clause.operator)
  const name = spellOperator(clause)
  const element = elementOf(clause)
  if (clause.values.length === 0) {
    if (operator?.negated === true) return []
    return [['NEVER_HOLDS', `${name} on ${clause.key} has no values and never holds.`, element]]
  }
  if (clause.operator === NULL_OPERATOR && clause.set === 'ForAnyValue') {
    return [['NEVER_HOLDS', `${name} never holds: use Null without a set operator.`, element]]
  }
  const wrong = clause.values.filter((text) =>
    operator === undefined ? parseBool(text) === undefined : operator.compare({ text, tokens: [] }) === NEVER,
  )
  return wrong.map((text): Finding => {
    return ['VALUE_NEVER_MATCHES', `"${text}" is no value for ${name}: nothing matches it.`, element]
  })
}

/** What happens when the request does not carry the key. */
function lintPresence(clause: ConditionClause, { effect }: Statement, demanded: ReadonlySet<string>): Finding[] {
  const { operator, set, ifExists, key } = clause
  if (effect === 'Allow' && set === 'ForAllValues' && !demanded.has(key.toLowerCase())) {
    const message = `${spellOperator(clause)} holds without ${key}: add "Null": {"${key}": "false"}.`
    return [['OPEN_WITHOUT_KEY', message, elementOf(clause)]]
  }
  if (effect === 'Deny' && operator === 'Bool' && !ifExists && /^aws:MultiFactorAuthPresent$/i.test(key)) {
    const message = 'Requests signed with a long-term access key carry no aws:MultiFactorAuthPresent: use BoolIfExists.'
    return [['DENY_MISSES_ABSENT_KEY', message, elementOf(clause)]]
  }
  return []
}

/** Keys that the request must carry for the statement to apply, in lower case: gathered once, since clauses ask one by one. */
function keysDemanded({ conditions }: Statement): ReadonlySet<string> {
  return new Set(conditions.filter(demandsItsKey).map(({ key }) => key.toLowerCase()))
}

function demandsItsKey({ operator, set, values }: ConditionClause): boolean {
  if (operator !== NULL_OPERATOR || set !== undefined) return false
  return values.length > 0 && values.every((value) => parseBool(value) === false)
}
