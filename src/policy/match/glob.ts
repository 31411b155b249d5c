import type { RequestContext } from '../context.ts'
import type { Token, VariableToken } from './template.ts'

/** A literal, that many characters of any kind (a run of `?`), or a variable. A character is a UTF-16 unit. */
type Piece = string | number | VariableToken

/**
 * The value that replaces a variable, or undefined. A multivalued key is no value, not even the default: AWS IAM user
 * guide, "Policy variables", allows single-valued keys only.
 */
export function resolveVariable(variable: VariableToken, context: RequestContext | undefined): string | undefined {
  const value = context?.get(variable.key)
  if (typeof value === 'string') return value
  return value === undefined ? variable.fallback : undefined
}

/** The pattern as readable text with the variables' values in place, or undefined when one has no value. */
export function resolveTokens(tokens: readonly Token[], context: RequestContext): string | undefined {
  let text = ''
  for (const token of tokens) {
    const part = token.type === 'variable' ? resolveVariable(token, context) : plainText(token)
    if (part === undefined) return undefined
    text += part
  }
  return text
}

function plainText(token: Exclude<Token, VariableToken>): string {
  return token.type === 'text' ? token.text : token.type === 'star' ? '*' : '?'
}

/**
 * A compiled pattern. The text between two stars is a chunk: the first is held at the start, the last at the end, and
 * each other one is taken at its leftmost place. Leftmost is enough (whatever a later place leaves, an earlier one
 * leaves too), so nothing is ever tried again and the work stays within text length × pattern length.
 *
 * Variables are looked up while matching and compared as literals: a `*` in a tag value is a star, not a wildcard.
 */
export class Glob {
  /** Matches whatever follows: the pattern is `*`. */
  readonly matchesAll: boolean
  readonly #head: readonly Piece[]
  readonly #middle: readonly (readonly Piece[])[]
  /** Undefined when the pattern has no star. */
  readonly #tail: readonly Piece[] | undefined
  readonly #foldCase: boolean
  readonly #exact: string | undefined

  constructor(tokens: readonly Token[], foldCase = false) {
    const chunks: Piece[][] = [[]]
    for (const token of tokens) {
      const chunk = chunks.at(-1)!
      const last = chunk.at(-1)
      if (token.type === 'star') chunks.push([])
      else if (token.type === 'variable') chunk.push(token)
      else if (token.type === 'text') chunk.push(foldCase ? token.text.toLowerCase() : token.text)
      else if (typeof last === 'number') chunk[chunk.length - 1] = last + 1
      else chunk.push(1)
    }
    const [head, ...others] = chunks
    this.#foldCase = foldCase
    this.#head = head ?? []
    this.#middle = others.slice(0, -1).filter((chunk) => chunk.length > 0)
    this.#tail = others.at(-1)
    this.matchesAll = others.length > 0 && chunks.every((chunk) => chunk.length === 0)
    const only = this.#head.length === 0 ? '' : this.#head[0]
    this.#exact = others.length === 0 && this.#head.length < 2 && typeof only === 'string' ? only : undefined
  }

  /**
   * Whether the pattern matches `text` from offset `from` up to, not including, offset `to`. With case folding, `text` comes in
   * lower case.
   */
  matches(text: string, from = 0, context?: RequestContext, to = text.length): boolean {
    if (this.matchesAll) return true
    if (this.#exact !== undefined) {
      return (
        to - from === this.#exact.length &&
        (from === 0 && to === text.length ? text === this.#exact : text.startsWith(this.#exact, from))
      )
    }
    let at = this.#head.length === 0 ? from : this.#forward(this.#head, text, from, to, context)
    if (at < 0) return false
    if (this.#tail === undefined) return at === to
    const end = this.#backward(this.#tail, text, at, to, context)
    if (end < 0) return false
    for (const chunk of this.#middle) {
      at = this.#search(chunk, text, at, end, context)
      if (at < 0) return false
    }
    return true
  }

  /** Offset behind `chunk` when it stands at `at` and ends before `high`, else -1. */
  #forward(
    chunk: readonly Piece[],
    text: string,
    at: number,
    high: number,
    context: RequestContext | undefined,
  ): number {
    for (let i = 0; i < chunk.length; i++) {
      const piece = this.#resolve(chunk[i]!, context)
      if (typeof piece === 'number') at += piece
      else if (piece !== undefined && text.startsWith(piece, at)) at += piece.length
      else return -1
      if (at > high) return -1
    }
    return at
  }

  /** Offset of `chunk` when it ends exactly at `high` and does not begin before `low`, else -1. */
  #backward(
    chunk: readonly Piece[],
    text: string,
    low: number,
    high: number,
    context: RequestContext | undefined,
  ): number {
    let at = high
    for (let i = chunk.length - 1; i >= 0; i--) {
      const piece = this.#resolve(chunk[i]!, context)
      if (piece === undefined) return -1
      at -= typeof piece === 'number' ? piece : piece.length
      if (at < low || (typeof piece === 'string' && !text.startsWith(piece, at))) return -1
    }
    return at
  }

  /** Offset behind the leftmost `chunk` between `low` and `high`, else -1. */
  #search(
    chunk: readonly Piece[],
    text: string,
    low: number,
    high: number,
    context: RequestContext | undefined,
  ): number {
    const pieces: (string | number)[] = []
    let length = 0
    let anchor: string | undefined
    let anchorAt = 0
    for (const each of chunk) {
      const piece = this.#resolve(each, context)
      if (piece === undefined) return -1
      if (anchor === undefined && typeof piece === 'string' && piece !== '') {
        anchor = piece
        anchorAt = length
      }
      pieces.push(piece)
      length += typeof piece === 'number' ? piece : piece.length
    }
    if (anchor === undefined) return low + length <= high ? low + length : -1
    for (let at = low; ; at++) {
      const found = text.indexOf(anchor, at + anchorAt)
      at = found - anchorAt
      if (found < 0 || at + length > high) return -1
      if (this.#forward(pieces, text, at, high, undefined) >= 0) return at + length
    }
  }

  #resolve(piece: Piece, context: RequestContext | undefined): string | number | undefined {
    if (typeof piece !== 'object') return piece
    const value = resolveVariable(piece, context)
    return this.#foldCase ? value?.toLowerCase() : value
  }
}
