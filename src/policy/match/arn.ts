import type { RequestContext } from '../context.ts'
import { Glob, resolveVariable } from './glob.ts'
import { type Token, tokenize } from './template.ts'

const SEGMENTS = 6

/** The six segments of an ARN, the last one with its colons, or undefined for any other text. */
function splitArn(text: string): string[] | undefined {
  if (!text.startsWith('arn:')) return undefined
  const parts = text.split(':')
  if (parts.length < SEGMENTS) return undefined
  return [...parts.slice(0, SEGMENTS - 1), parts.slice(SEGMENTS - 1).join(':')]
}

/**
 * A resource pattern, with variables in the sixth segment. What a short one leaves out is a star (AWS IAM user guide, "Resource":
 * `arn:aws:sqs` is `arn:aws:sqs:*:*:*`).
 */
export function tokenizeResource(pattern: string, variables: boolean): Token[] {
  const short = pattern.startsWith('arn:') && !pattern.endsWith('*') && pattern.split(':', SEGMENTS).length < SEGMENTS
  const whole = short ? `${pattern}:*` : pattern
  return tokenize(whole, { wildcards: true, variables, colonsBeforeVariables: SEGMENTS - 1 })
}

/**
 * How a wildcard in one of the first five segments of a resource pattern is read. AWS compares segment by segment in its
 * examples, and warns that a star at the end of a segment may reach over colons:
 * - `one-glob`: over the whole text, the widest reading;
 * - `by-segment`: each segment compared by itself, the narrowest.
 */
export type Reach = 'one-glob' | 'by-segment'

/** Matches what stands behind the literal head of a pattern, from an offset to the end of the text. */
export interface TailMatcher {
  matches(text: string, from: number, context?: RequestContext): boolean
}

/** A resource pattern, split where its first wildcard or variable stands. */
export class ResourcePattern {
  readonly text: string
  readonly tokens: readonly Token[]
  /** The literal text in front: every resource that matches begins with it. */
  readonly head: string
  /** The pattern behind the head. */
  readonly rest: TailMatcher

  constructor(text: string, variables: boolean, reach: Reach) {
    const tokens = tokenizeResource(text, variables)
    const first = tokens[0]
    this.text = text
    this.tokens = tokens
    this.head = first?.type === 'text' ? first.text : ''
    this.rest = tailOf(this.head, this.head === '' ? tokens : tokens.slice(1), reach)
  }

  matches(resource: string, context: RequestContext): boolean {
    return resource.startsWith(this.head) && this.rest.matches(resource, this.head.length, context)
  }
}

/** The two readings differ only where a wildcard stands before the fifth colon, and something behind that colon. */
function tailOf(head: string, tokens: readonly Token[], reach: Reach): TailMatcher {
  const before = head.split(':', SEGMENTS).length - 1
  if (reach === 'one-glob' || before >= SEGMENTS - 1) return new Glob(tokens)
  const most = SEGMENTS - before
  const segments = splitTokens(tokens, most)
  // A short pattern ends in a star, which covers what is missing.
  const last = segments.at(-1)!
  if (segments.length < most && !(last.length === 1 && last[0]!.type === 'star')) segments.push([{ type: 'star' }])
  return segments.length < 2 ? new Glob(tokens) : new SegmentedTail(segments.map((segment) => new Glob(segment)))
}

/**
 * Segments of which all but the last end at the next colon of the text. A variable stands in the sixth segment only, where its
 * value is compared with what the text has there, colons and all: it cannot move the others.
 */
class SegmentedTail implements TailMatcher {
  readonly #bounded: readonly Glob[]
  readonly #last: Glob

  constructor(segments: readonly Glob[]) {
    this.#bounded = segments.slice(0, -1)
    this.#last = segments.at(-1)!
  }

  matches(text: string, from: number, context?: RequestContext): boolean {
    let at = from
    for (let i = 0; i < this.#bounded.length; i++) {
      const colon = text.indexOf(':', at)
      if (colon < 0 || !this.#bounded[i]!.matches(text, at, context, colon)) return false
      at = colon + 1
    }
    return this.#last.matches(text, at, context)
  }
}

/** Cuts a pattern at its colons into at most so many segments; the last one keeps its own. */
function splitTokens(tokens: readonly Token[], most: number): Token[][] {
  const segments: Token[][] = [[]]
  for (const token of tokens) {
    if (token.type !== 'text') segments.at(-1)!.push(token)
    else {
      for (const [i, text] of token.text.split(':').entries()) {
        if (i > 0 && segments.length < most) segments.push([])
        else if (i > 0) segments.at(-1)!.push({ type: 'text', text: ':' })
        if (text !== '') segments.at(-1)!.push({ type: 'text', text })
      }
    }
  }
  return segments
}

/**
 * The pattern of an ARN condition operator: each segment is a glob of its own, so that a star in the account does not
 * reach into the resource. A short pattern that ends in a star covers the missing segments.
 *
 * The value of a variable that begins the pattern may be an ARN (`${aws:PrincipalArn}`), whose segments are known only once it
 * is inserted. Anywhere else it is compared within the segment where it is written: colons in a tag's value move no others.
 */
export class ArnPattern {
  readonly #tokens: readonly Token[]
  /** The compiled segments; null when they can match no ARN, undefined when they are known only with the request. */
  readonly #fixed: readonly Glob[] | null | undefined

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
    this.#fixed = tokens[0]?.type === 'variable' ? undefined : compileSegments(tokens)
  }

  matches(value: string, context: RequestContext): boolean {
    const globs = this.#fixed === undefined ? this.#resolve(context) : this.#fixed
    if (globs === null) return false
    const segments = splitArn(value)
    return segments !== undefined && segments.every((segment, i) => globs[i]!.matches(segment, 0, context))
  }

  #resolve(context: RequestContext): readonly Glob[] | null {
    const [first, ...others] = this.#tokens
    const text = first?.type === 'variable' ? resolveVariable(first, context) : undefined
    return text === undefined ? null : compileSegments([{ type: 'text', text }, ...others])
  }
}

function compileSegments(tokens: readonly Token[]): readonly Glob[] | null {
  const segments = splitTokens(tokens, SEGMENTS)
  if (segments.length < SEGMENTS && tokens.at(-1)?.type !== 'star') return null
  while (segments.length < SEGMENTS) segments.push([{ type: 'star' }])
  return segments.map((segment) => new Glob(segment))
}
