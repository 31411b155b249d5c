import type { Layers, PolicySet, RequestContext } from '../../policy/index.ts'

/** Action patterns that are gone through in the time of one ordinary decision, to find the statements about an action. */
const PATTERNS_PER_LOOK_UP = 500
/** Comparisons of a pattern with a text that a decision and its explanation make in that time. */
const COMPARISONS_PER_DECISION = 50
/** Characters of a text that is compared that cost as much as beginning to. */
const CHARACTERS_PER_COMPARISON = 100

const setsOf = ({ identity, boundary, session, resource, organization }: Layers): PolicySet[] =>
  [identity, boundary, session, resource?.set, ...(organization ?? [])].filter(
    (set) => set !== null && set !== undefined,
  )

/** What it costs to find the statements about one action, in decisions: 0 for policies of ordinary size. */
export function lookUpCost(layers: Layers): number {
  const patterns = setsOf(layers)
    .flatMap(({ policies }) => policies)
    .flatMap(({ statements }) => statements)
    .reduce((sum, { actions }) => sum + actions.length, 0)
  return Math.floor(patterns / PATTERNS_PER_LOOK_UP)
}

/**
 * What it costs to decide and explain one action on each of some resources, in decisions: what the caller sends may hold ten
 * thousands of patterns about the action, and as many values for them to be compared with.
 */
export function decisionCost(
  layers: Layers,
  action: string,
  resources: readonly string[],
  context: RequestContext,
): number {
  let independent = 0
  let onResources = 0
  for (const set of setsOf(layers)) {
    for (const { statement, resources: patterns } of set.statementsAbout(action)) {
      independent += 1 + statement.action.values.length
      onResources += patterns.length
      for (const { key, values } of statement.conditions)
        independent += values.length * weightOf(context.get(key.toLowerCase()))
    }
  }
  return resources.reduce(
    (sum, arn) => sum + 1 + Math.floor((independent + onResources * weightOf(arn)) / COMPARISONS_PER_DECISION),
    0,
  )
}

function weightOf(value: string | readonly string[] | undefined): number {
  const texts = typeof value === 'string' ? [value] : (value ?? [''])
  return texts.reduce((sum, text) => sum + 1 + Math.floor(text.length / CHARACTERS_PER_COMPARISON), 0)
}
