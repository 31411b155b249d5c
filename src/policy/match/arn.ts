import type { RequestContext } from '../context.ts'
import { Glob, resolveVariable } from './glob.ts'
import { type Token, tokenize, variablesOf } from './template.ts'

const SEGMENTS = 6

/** The six segments of an ARN, the last one with its colons, or undefined for any other text. */
function splitArn(text: string): string[] | undefined {
  if (!text.startsWith('arn:')) return undefined
  const parts = text.split(':')
  if (parts.length < SEGMENTS) return undefined
  return [...parts.slice(0, SEGMENTS - 1), parts.slice(SEGMENTS - 1).join(':')]
}

/** Resource patterns are one glob over the whole ARN, with variables in the sixth segment. */
export function tokenizeResource(pattern: string, variables: boolean): Token[] {
  return tokenize(pattern, { wildcards: true, variables, colonsBeforeVariables: SEGMENTS - 1 })
}

/**
 * The pattern of an ARN condition operator: each segment is a glob of its own, so that a star in the account does not
 * reach into the resource. A short pattern that ends in a star covers the missing segments.
 */
export class ArnPattern {
  readonly #tokens: readonly Token[]
  /** The compiled segments of a pattern without variables; null when it can match no ARN. */
  readonly #fixed: readonly Glob[] | null | undefined

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
    this.#fixed = variablesOf(tokens).length === 0 ? compileSegments(tokens) : undefined
  }

  matches(value: string, context: RequestContext): boolean {
    const globs = this.#fixed === undefined ? this.#resolve(context) : this.#fixed
    if (globs === null) return false
    const segments = splitArn(value)
    return segments !== undefined && segments.every((segment, i) => globs[i]!.matches(segment))
  }

  /** A variable's value may hold colons (`${aws:PrincipalArn}`): the segments are known only once it is inserted. */
  #resolve(context: RequestContext): readonly Glob[] | null {
    const tokens: Token[] = []
    for (const token of this.#tokens) {
      if (token.type !== 'variable') tokens.push(token)
      else {
        const text = resolveVariable(token, context)
        if (text === undefined) return null
        tokens.push({ type: 'text', text })
      }
    }
    return compileSegments(tokens)
  }
}

function compileSegments(tokens: readonly Token[]): readonly Glob[] | null {
  const segments: Token[][] = [[]]
  for (const token of tokens) {
    if (token.type !== 'text') segments.at(-1)!.push(token)
    else {
      for (const [i, text] of token.text.split(':').entries()) {
        if (i > 0 && segments.length < SEGMENTS) segments.push([])
        else if (i > 0) segments.at(-1)!.push({ type: 'text', text: ':' })
        if (text !== '') segments.at(-1)!.push({ type: 'text', text })
      }
    }
  }
  if (segments.length < SEGMENTS && tokens.at(-1)?.type !== 'star') return null
  while (segments.length < SEGMENTS) segments.push([{ type: 'star' }])
  return segments.map((segment) => new Glob(segment))
}
