import { readable } from './readable.ts'

/** A place in a policy text; lines and columns count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** From the opening brace of a statement to its closing one. */
export interface StatementPlace {
  readonly start: Place
  readonly end: Place
}

/** A statement in a text: offsets of its first character and of the one after its last, and its lines from 1. */
export interface StatementMark {
  readonly from: number
  readonly to: number
  readonly firstLine: number
  readonly lastLine: number
}

export interface MarkedText {
  readonly content: string
  /** In the order of the places; null for one at which no statement stands, as in a text that was changed since. */
  readonly marks: readonly (StatementMark | null)[]
}

interface Range {
  readonly from: number
  readonly to: number
}

/** Stands for a statement while the text around it is set out: no text of a policy holds characters without a meaning. */
const STAND_IN = '\uE000'

/** A policy as `readable` shows it, and where in it the statements are. */
export function markStatements(text: string, places: readonly StatementPlace[]): MarkedText {
  const source = text.replace(/\r\n?/g, '\n')
  const ranges = places.map((place) => rangeOf(source, place))
  const content = readable(source)
  const shown = content === source ? ranges : ranges.map((range) => range && moved(source, range, content))
  return { content, marks: shown.map((range) => range && { ...range, ...linesOf(content, range) }) }
}

function rangeOf(text: string, { start, end }: StatementPlace): Range | null {
  const from = offsetOf(text, start)
  const to = offsetOf(text, end) + 1
  return text[from] === '{' && text[to - 1] === '}' ? { from, to } : null
}

function offsetOf(text: string, { line, column }: Place): number {
  const before = text.split('\n').slice(0, line - 1)
  return before.reduce((sum, { length }) => sum + length + 1, column - 1)
}

/** Where a statement of a text of one line is when the text is set out. */
function moved(text: string, { from, to }: Range, content: string): Range | null {
  try {
    const outside: unknown = JSON.parse(`${text.slice(0, from)}"${STAND_IN}"${text.slice(to)}`)
    const [before = '', after = ''] = JSON.stringify(outside, null, 2).split(`"${STAND_IN}"`)
    return content.startsWith(before) && content.endsWith(after)
      ? { from: before.length, to: content.length - after.length }
      : null
  } catch {
    return null
  }
}

function linesOf(content: string, { from, to }: Range) {
  const lineAt = (offset: number) => content.slice(0, offset).split('\n').length
  return { firstLine: lineAt(from), lastLine: lineAt(to - 1) }
}
