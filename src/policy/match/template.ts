/**
 * The pattern language of policies, cut into tokens once: wildcards `*` and `?`, variables `${key}` and `$<key>` (for
 * shells and templates in which `${}` is taken) with a default `${key, 'text'}`, and the literals `${*}`, `${?}`, `${$}`.
 */
export type Token = TextToken | VariableToken | { readonly type: 'star' } | { readonly type: 'one' }

interface TextToken {
  readonly type: 'text'
  readonly text: string
}

export interface VariableToken {
  readonly type: 'variable'
  /** In lower case. */
  readonly key: string
  /** As written. */
  readonly name: string
  readonly fallback?: string
}

export interface Syntax {
  readonly wildcards: boolean
  readonly variables: boolean
  /** Colons that must lie before a variable: five in an ARN, whose variables may stand in the last segment only. */
  readonly colonsBeforeVariables?: number
}

const STAR: Token = { type: 'star' }
const ONE: Token = { type: 'one' }

/** Never fails: what is no well-formed variable is literal text. Neighbouring texts and stars are merged. */
export function tokenize(pattern: string, syntax: Syntax): Token[] {
  const tokens: Token[] = []
  const needed = syntax.colonsBeforeVariables ?? 0
  let colons = 0
  let text = ''
  const flush = (): void => {
    if (text !== '') tokens.push({ type: 'text', text })
    text = ''
  }
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!
    if (character === ':') colons++
    const variable = character === '$' && syntax.variables && colons >= needed ? readVariable(pattern, at) : undefined
    if (variable !== undefined) {
      at = variable.end
      if (typeof variable.token === 'string') text += variable.token
      else {
        flush()
        tokens.push(variable.token)
      }
    } else if (character === '*' && syntax.wildcards) {
      flush()
      if (tokens.at(-1) !== STAR) tokens.push(STAR)
    } else if (character === '?' && syntax.wildcards) {
      flush()
      tokens.push(ONE)
    } else text += character
  }
  flush()
  return tokens
}

/** The variables of a pattern, as `tokenize` sees them. */
export function variablesOf(tokens: readonly Token[]): VariableToken[] {
  return tokens.filter((token) => token.type === 'variable')
}

interface Found {
  readonly token: string | VariableToken
  /** Offset of the closing bracket. */
  readonly end: number
}

/** Scanned by hand, because a regular expression with blanks around an open-ended key takes quadratic time on hostile text. */
function readVariable(pattern: string, at: number): Found | undefined {
  const open = pattern[at + 1]
  if (open !== '{' && open !== '<') return undefined
  const close = open === '{' ? '}' : '>'
  const first = pattern[at + 2]
  if ((first === '*' || first === '?' || first === '$') && pattern[at + 3] === close)
    return { token: first, end: at + 3 }
  let end = at + 2
  while (end < pattern.length && !'{}<>,\'"$*?'.includes(pattern[end]!)) end++
  const name = pattern.slice(at + 2, end).trim()
  const colon = name.indexOf(':')
  if (colon <= 0 || colon === name.length - 1) return undefined
  const key = name.toLowerCase()
  if (pattern[end] === close) return { token: { type: 'variable', key, name }, end }
  if (pattern[end] !== ',') return undefined
  const from = skipBlanks(pattern, end + 1)
  if (pattern[from] !== "'") return undefined
  const to = pattern.indexOf("'", from + 1)
  if (to < 0) return undefined
  const last = skipBlanks(pattern, to + 1)
  if (pattern[last] !== close) return undefined
  return { token: { type: 'variable', key, name, fallback: pattern.slice(from + 1, to) }, end: last }
}

function skipBlanks(text: string, at: number): number {
  while (text[at] === ' ') at++
  return at
}
