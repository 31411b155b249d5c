import type {
  AccessRequest,
  ConditionClause,
  PolicyDocument,
  PrincipalEntry,
  Statement,
} from '../../src/policy/index.ts'

/**
 * The rules once more, written as plainly as possible and without any of the engine's code: every statement is looked
 * at, patterns become regular expressions. It knows the operators that the generated policies use.
 */
export interface NaiveLayers {
  readonly identity: readonly PolicyDocument[]
  readonly boundary?: readonly PolicyDocument[]
  readonly session?: readonly PolicyDocument[]
  readonly resource?: PolicyDocument
  readonly organization?: readonly (readonly PolicyDocument[])[]
}

type Verdict = 'ALLOW' | 'IMPLICIT_DENY' | 'EXPLICIT_DENY'

/** For a user asking for something in the own account. */
export function naiveDecision(layers: NaiveLayers, request: AccessRequest): Verdict {
  const applying = (documents: readonly PolicyDocument[]): Statement[] =>
    documents.flatMap((document) => document.statements.filter((statement) => applies(document, statement, request)))
  const identity = applying(layers.identity)
  const boundary = layers.boundary && applying(layers.boundary)
  const session = layers.session && applying(layers.session)
  const resource = layers.resource
    ? applying([layers.resource]).filter((statement) => namesCaller(statement, request))
    : []
  const levels = (layers.organization ?? []).map(applying)
  const everything = [...identity, ...(boundary ?? []), ...(session ?? []), ...resource, ...levels.flat()]
  if (everything.some(({ effect }) => effect === 'Deny')) return 'EXPLICIT_DENY'
  if (levels.some((level) => level.length === 0)) return 'IMPLICIT_DENY'
  const names = resource.flatMap(({ principal }) => principal?.entries ?? [])
  if (names.some(({ value }) => value === request.principal.arn)) return 'ALLOW'
  const within = [boundary, session].every((limit) => limit === undefined || limit.length > 0)
  const granted = identity.length > 0 || names.some(({ value }) => value === '*')
  return within && granted ? 'ALLOW' : 'IMPLICIT_DENY'
}

function applies({ version }: PolicyDocument, statement: Statement, request: AccessRequest): boolean {
  const variables = version === '2012-10-17'
  const { action, resource, conditions } = statement
  const named = action.values.some((pattern) => toRegExp(pattern.toLowerCase()).test(request.action.toLowerCase()))
  if (named === action.negated) return false
  if (resource !== undefined) {
    const patterns = resource.values.map((value) => (variables ? substitute(value, request) : value))
    // What an Allow names and what a Deny exempts is read narrowly.
    const narrow = statement.effect === (resource.negated ? 'Deny' : 'Allow')
    const matched = patterns.some(
      (pattern) => pattern !== undefined && resourceRegExp(pattern, narrow).test(request.resource),
    )
    if (matched === resource.negated) return false
    if (resource.negated && statement.effect === 'Allow' && patterns.includes(undefined)) return false
  }
  return conditions.every((clause) => holds(clause, variables, request))
}

function namesCaller({ principal }: Statement, { principal: caller }: AccessRequest): boolean {
  const names = ({ value }: PrincipalEntry): boolean =>
    value === '*' || value === caller.arn || value === caller.accountId
  return principal?.entries.some(names) ?? false
}

function holds(
  { operator, set, ifExists, key, values }: ConditionClause,
  variables: boolean,
  request: AccessRequest,
): boolean {
  const value = request.context.get(key)
  const present = typeof value === 'string' ? [value] : (value ?? [])
  if (operator === 'Null') {
    if (set !== undefined) return set === 'ForAllValues'
    const absent = value === undefined || (typeof value !== 'string' && value.length === 0)
    return values.map((wanted) => wanted.toLowerCase()).includes(String(absent))
  }
  const negated = operator.includes('Not')
  const meets = (actual: string): boolean =>
    values.some((wanted) => compare(operator, actual, wanted, variables, request)) !== negated
  if (value === undefined) return ifExists || (set === undefined ? negated : set === 'ForAllValues')
  if (set === undefined) return negated ? present.every(meets) : present.some(meets)
  const empty = present.join('') === '' && present.length < 2
  if (set === 'ForAllValues') return empty || present.every(meets)
  return !empty && present.some(meets)
}

function compare(
  operator: string,
  actual: string,
  wanted: string,
  variables: boolean,
  request: AccessRequest,
): boolean {
  if (operator === 'Bool') return actual.toLowerCase() === wanted.toLowerCase() && /^(true|false)$/i.test(actual)
  if (operator === 'NumericLessThan')
    return /^\d+$/.test(actual) && /^\d+$/.test(wanted) && Number(actual) < Number(wanted)
  // An operator that the properties learn and this evaluator does not must not pass for equality.
  if (!/^String(?:Not)?(?:Equals|Like)$/.test(operator)) throw new Error(`${operator} is not evaluated here`)
  const pattern = variables ? substitute(wanted, request) : wanted
  if (pattern === undefined) return false
  return operator.endsWith('Like') ? toRegExp(pattern).test(actual) : actual === plain(pattern)
}

/** Private-use characters stand for literals while the wildcards around them are still to be translated. */
const LITERAL_STAR = '\uE000'
const LITERAL_QUESTION = '\uE001'

function substitute(pattern: string, { context }: AccessRequest): string | undefined {
  let missing = false
  const text = pattern.replaceAll(/\$\{([a-z:]+)\}/gi, (_, key: string) => {
    const value = context.get(key)
    if (typeof value === 'string') return value.replaceAll('*', LITERAL_STAR).replaceAll('?', LITERAL_QUESTION)
    missing = true
    return ''
  })
  return missing ? undefined : text
}

function plain(pattern: string): string {
  return pattern.replaceAll(LITERAL_STAR, '*').replaceAll(LITERAL_QUESTION, '?')
}

/** Narrowly, no wildcard before the fifth colon stands for a colon; a star at the end covers all that is missing. */
function resourceRegExp(pattern: string, narrow: boolean): RegExp {
  const colons = pattern.split(':').length - 1
  const whole = colons < 5 && !pattern.endsWith('*') ? `${pattern}:*` : pattern
  if (!narrow) return toRegExp(whole)
  const [, first, last] = /^((?:[^:]*:){0,5})(.*)$/s.exec(whole)!
  if (colons >= 5) return toRegExp(last, sourceOf(first!, '[^:]'))
  return toRegExp('*', sourceOf(whole.slice(0, -1), '[^:]'))
}

function toRegExp(pattern: string | undefined, head = ''): RegExp {
  return new RegExp(`^${head}${sourceOf(pattern ?? '', '.')}$`, 's')
}

function sourceOf(pattern: string, any: string): string {
  const escaped = pattern.replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`)
  const source = escaped.replaceAll('*', () => `${any}*`).replaceAll('?', any)
  return source.replaceAll(LITERAL_STAR, String.raw`\*`).replaceAll(LITERAL_QUESTION, String.raw`\?`)
}
