import { Glob } from '../match/glob.ts'
import { overlaps } from '../match/overlap.ts'
import { tokenize } from '../match/template.ts'
import type { Statement } from '../types.ts'
import type { Effort } from './lint-effort.ts'
import type { Finding } from './lint-rule.ts'

/**
 * Actions by name, with patterns of the ARNs that each is judged on: `*` alone where it has no resource, null where that is not
 * known. Of the services that occur every action is there; nothing is said about other services.
 */
export type ActionCatalogue = ReadonlyMap<string, readonly string[] | null>

/** Actions of one service, in lower case, with what each is judged on. */
type Named = readonly (readonly [name: string, resources: readonly string[] | null])[]

/** What an action pattern stands for. */
interface Meant {
  readonly any: boolean
  /** Null as soon as it is about something whose resources are not known. */
  readonly resources: ReadonlySet<string> | null
}

const UNKNOWN: Meant = { any: true, resources: null }

/** A catalogue as it is looked up, for one document: the same pattern is often there in many statements. */
export class KnownActions {
  readonly #services = new Map<string, [string, readonly string[] | null][]>()
  readonly #meant = new Map<string, Meant>()

  constructor(catalogue: ActionCatalogue) {
    for (const [name, resources] of catalogue) {
      const lower = name.toLowerCase()
      const service = serviceOf(lower)
      const names = this.#services.get(service)
      if (names === undefined) this.#services.set(service, [[lower, resources]])
      else names.push([lower, resources])
    }
  }

  /** What a pattern in lower case stands for; of services that do not occur, and of what costs too much, nothing is known. */
  meantBy(pattern: string, effort: Effort): Meant {
    const found = this.#meant.get(pattern)
    if (found !== undefined) return found
    const names = this.#services.get(serviceOf(pattern))
    if (names === undefined || !effort.allows(pattern, names.length)) return UNKNOWN
    const meant = meaning(pattern, names)
    this.#meant.set(pattern, meant)
    return meant
  }
}

function meaning(pattern: string, names: Named): Meant {
  const glob = new Glob(wild(pattern))
  const meant = names.filter(([name]) => glob.matches(name)).map(([, resources]) => resources)
  const known = meant.filter((resources) => resources !== null)
  return { any: meant.length > 0, resources: known.length < meant.length ? null : new Set(known.flat()) }
}

/** What only who knows the actions can tell: names that do not exist, resources that no action of the statement has. */
export function lintAgainst(known: KnownActions, { action, resource }: Statement, effort: Effort): Finding[] {
  const found: Finding[] = []
  /** Null as soon as the statement is about something whose resources are not known. */
  let judgedOn: Set<string> | null = action.negated ? null : new Set()
  for (const [i, pattern] of action.values.entries()) {
    const { any, resources } = known.meantBy(pattern.toLowerCase(), effort)
    if (!any) {
      const element = `${action.negated ? '.NotAction' : '.Action'}[${i}]`
      found.push([
        'UNKNOWN_ACTION',
        `${pattern} is no action of ${serviceOf(pattern)}: nothing ever asks for it.`,
        element,
      ])
    }
    if (resources === null) judgedOn = null
    else for (const one of resources) judgedOn?.add(one)
  }
  if (judgedOn === null || judgedOn.size === 0 || resource === undefined || resource.negated) return found
  const targets = [...judgedOn]
  for (const [i, pattern] of resource.values.entries()) {
    if (!effort.allows(pattern, targets.length * Math.ceil(pattern.length / 100))) break
    if (targets.some((target) => canMatch(pattern, target))) continue
    const message = `${pattern} never matches: it is no resource of the statement's actions.`
    found.push(['RESOURCE_NEVER_MATCHES', message, `.Resource[${i}]`])
  }
  return found
}

/**
 * Segment by segment, other than the engine: that `arn:aws:iam::*:role/a` would match a user whose path holds `:role/` is not what
 * its author means. Shorter patterns end in a star that covers what is missing.
 */
function canMatch(pattern: string, target: string): boolean {
  if (target === '*') return overlaps(variable(pattern), [{ type: 'text', text: '*' }])
  const segments = split(pattern)
  if (segments.length < SEGMENTS) return overlaps(variable(pattern), wild(target))
  return split(target).every((segment, i) => overlaps(variable(segments[i]!), wild(segment)))
}

const SEGMENTS = 6

/** The six segments of an ARN; the last one keeps its colons, and may have variables with colons in them. */
function split(arn: string): string[] {
  const parts = arn.split(':')
  return parts.length < SEGMENTS ? parts : [...parts.slice(0, SEGMENTS - 1), parts.slice(SEGMENTS - 1).join(':')]
}

const variable = (pattern: string) => tokenize(pattern, { wildcards: true, variables: true })
const wild = (pattern: string) => tokenize(pattern, { wildcards: true, variables: false })

function serviceOf(action: string): string {
  const colon = action.indexOf(':')
  return colon < 0 ? action : action.slice(0, colon)
}
