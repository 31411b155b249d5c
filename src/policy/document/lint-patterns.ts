import { overlaps } from '../match/overlap.ts'
import { Glob } from '../match/glob.ts'
import { tokenize } from '../match/template.ts'
import type { PatternList, Statement } from '../types.ts'
import type { Effort } from './lint-effort.ts'
import type { Finding } from './lint-rule.ts'

const PASS_ROLE = 'iam:passrole'
/** Two roles that have nothing in common: what matches both was not written for one. */
const ANY_ROLES = ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/z/9']
const NARROWING_KEYS = /^iam:(?:PassedToService|AssociatedResourceArn)$/i
/** Comparing every pattern with every other one would take quadratic time on a hostile text. */
const MOST_COMPARED = 50

/** What the patterns of actions and resources tell by themselves. */
export function lintPatterns(statement: Statement, effort: Effort): Finding[] {
  const { action, resource } = statement
  return [
    ...lintPassRole(statement, effort),
    ...redundant(action, true, effort).map(([i, pattern, by]): Finding => {
      return [
        'REDUNDANT_ACTION',
        `${pattern} adds nothing to ${by}.`,
        `${action.negated ? '.NotAction' : '.Action'}[${i}]`,
      ]
    }),
    ...(resource === undefined ? [] : redundant(resource, false, effort)).map(([i, pattern, by]): Finding => {
      const element = resource?.negated === true ? '.NotResource' : '.Resource'
      return ['REDUNDANT_RESOURCE', `${pattern} adds nothing to ${by}.`, `${element}[${i}]`]
    }),
  ]
}

/** Who may pass any role to a service gets the permissions of the most powerful one. */
function lintPassRole({ effect, action, resource, conditions }: Statement, effort: Effort): Finding[] {
  if (effect === 'Deny' || action.negated || resource === undefined || resource.negated) return []
  if (conditions.some(({ key }) => NARROWING_KEYS.test(key))) return []
  const at = action.values.findIndex(
    (pattern) => effort.allows(pattern, 1) && glob(pattern.toLowerCase()).matches(PASS_ROLE),
  )
  if (at < 0) return []
  const wide = resource.values.find((pattern) => {
    if (!effort.allows(pattern, Math.ceil(pattern.length / 50))) return false
    const tokens = tokenize(pattern, { wildcards: true, variables: true })
    return ANY_ROLES.every((role) => overlaps(tokens, [{ type: 'text', text: role }]))
  })
  if (wide === undefined) return []
  const advice = 'name the roles, or add a condition on iam:PassedToService.'
  return [['PASSES_ANY_ROLE', `iam:PassRole on ${wide} hands any role to any service: ${advice}`, `.Action[${at}]`]]
}

/** Patterns that another one of the list covers, with the one that does. */
function redundant({ values }: PatternList, foldCase: boolean, effort: Effort): (readonly [number, string, string])[] {
  const texts = foldCase ? values.map((value) => value.toLowerCase()) : values
  const first = new Map<string, number>()
  for (const [i, text] of texts.entries()) if (!first.has(text)) first.set(text, i)
  // A `?` would take another pattern's `*` for one character.
  const wide = [...first]
    .filter(([text]) => text.includes('*') && !text.includes('?'))
    .slice(0, MOST_COMPARED)
    .map(([text, i]) => ({ i, matcher: glob(text) }))
  return texts.flatMap((text, i) => {
    const original = first.get(text)!
    const covers = (one: (typeof wide)[number]) => one.i !== i && one.matcher.matches(text)
    const by = original < i ? original : effort.allows(text, wide.length) ? wide.find(covers)?.i : undefined
    return by === undefined ? [] : [[i, values[i]!, values[by]!] as const]
  })
}

function glob(pattern: string): Glob {
  return new Glob(tokenize(pattern, { wildcards: true, variables: false }))
}
