import type { Token } from './template.ts'

/** A character, a star, or one character of any kind. */
type Step = string

const STAR = '*any'
const ONE = '?one'

/**
 * Whether some text matches both patterns. A variable may stand for any text. Both are walked at once, as two automata: the set
 * of places in `b` that can be reached is kept for each place in `a`, so the work is length × length, and ends where nothing
 * can be reached any more.
 */
export function overlaps(a: readonly Token[], b: readonly Token[]): boolean {
  const right = steps(b)
  let places = closure(new Set([0]), right)
  for (const step of steps(a)) {
    if (places.size === 0) return false
    places = step === STAR ? reachable(places, right) : closure(advance(places, right, step), right)
  }
  return places.has(right.length)
}

function steps(tokens: readonly Token[]): Step[] {
  return tokens.flatMap((token) =>
    token.type === 'text' ? token.text.split('') : token.type === 'one' ? [ONE] : [STAR],
  )
}

/** With what a star may also leave out. */
function closure(places: Set<number>, pattern: readonly Step[]): Set<number> {
  for (const place of places) if (pattern[place] === STAR) places.add(place + 1)
  return places
}

/** One character on, in both patterns. */
function advance(places: ReadonlySet<number>, pattern: readonly Step[], step: Step): Set<number> {
  const next = new Set<number>()
  for (const place of places) {
    const own = pattern[place]
    if (own === STAR) next.add(place)
    else if (own !== undefined && (own === step || own === ONE || step === ONE)) next.add(place + 1)
  }
  return next
}

/** Where any text may lead: everywhere behind the first place. */
function reachable(places: ReadonlySet<number>, pattern: readonly Step[]): Set<number> {
  const first = Math.min(...places)
  return new Set(Array.from({ length: pattern.length + 1 - first }, (_, i) => first + i))
}
