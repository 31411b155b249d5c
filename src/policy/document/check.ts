import type { PolicyDocument, PolicyKind } from '../types.ts'
import { type JsonNode, type JsonObject, readJson, shownKey } from './json.ts'
import { Lines } from './lines.ts'
import { lintPolicy } from './lint.ts'
import type { ActionCatalogue } from './lint-catalogue.ts'
import type { LintRule } from './lint-rule.ts'
import { parsePolicy } from './parse.ts'

/**
 * - `ERROR`: the text is refused when it is written;
 * - `SECURITY_WARNING`: it allows more, or denies less, than its author may mean;
 * - `WARNING`: a part of it does nothing, or something else than it seems to;
 * - `SUGGESTION`: it could be shorter or clearer.
 */
export type FindingSeverity = 'ERROR' | 'SECURITY_WARNING' | 'WARNING' | 'SUGGESTION'

/** One thing to look at in a policy text. `line` and `column` count from 1. */
export interface PolicyFinding {
  readonly severity: FindingSeverity
  readonly code: LintRule | 'MALFORMED_POLICY_DOCUMENT' | 'MISSING_VERSION'
  readonly message: string
  readonly path: string
  readonly line: number
  readonly column: number
}

const SEVERITY: Readonly<Record<LintRule, FindingSeverity>> = {
  ALLOWS_ALL_OTHERS: 'SECURITY_WARNING',
  DENY_MISSES_ABSENT_KEY: 'SECURITY_WARNING',
  OPEN_WITHOUT_KEY: 'SECURITY_WARNING',
  PASSES_ANY_ROLE: 'SECURITY_WARNING',
  NEVER_HOLDS: 'WARNING',
  RESOURCE_NEVER_MATCHES: 'WARNING',
  UNKNOWN_ACTION: 'WARNING',
  VALUE_NEVER_MATCHES: 'WARNING',
  VARIABLE_IS_TEXT: 'WARNING',
  REDUNDANT_ACTION: 'SUGGESTION',
  REDUNDANT_RESOURCE: 'SUGGESTION',
}

/** Everything there is to say about a policy text, in the order of the text. What cannot be parsed has one finding. */
export function checkPolicy(text: string, kind: PolicyKind, catalogue?: ActionCatalogue): PolicyFinding[] {
  const parsed = parsePolicy(text, kind)
  if (!parsed.ok) {
    const { message, path, line, column } = parsed.error
    return [{ severity: 'ERROR', code: 'MALFORMED_POLICY_DOCUMENT', message, path, line, column }]
  }
  const linted = lintPolicy(parsed.document, catalogue)
  if (linted.length === 0) return missingVersion(parsed.document)
  const places = new Places(text)
  const found = linted.map(({ rule, message, statement, element }) => {
    return { severity: SEVERITY[rule], code: rule, message, ...places.of(statement, element) }
  })
  return [...missingVersion(parsed.document), ...found]
}

function missingVersion({ declaredVersion }: PolicyDocument): PolicyFinding[] {
  if (declaredVersion !== undefined) return []
  const message = 'Without Version the document counts as 2008-10-17, which knows no variables: write "2012-10-17".'
  return [{ severity: 'SUGGESTION', code: 'MISSING_VERSION', message, path: '$', line: 1, column: 1 }]
}

/** A step of an element's path: `.Name`, `[3]`, `["odd key"]`. */
const STEP = /\.(\w+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gy

/** Where in a text the elements of its statements stand. Found step by step: most places are never asked for. */
class Places {
  readonly #lines: Lines
  readonly #root: JsonNode
  /** Members by name in lower case: operators are not always written as they are called. */
  readonly #members = new Map<JsonObject, ReadonlyMap<string, JsonNode>>()

  constructor(text: string) {
    this.#lines = new Lines(text)
    this.#root = readJson(text)
  }

  /** The element, or what is nearest around it: a list of one may be written without brackets. */
  of(statement: number, element: string): { path: string; line: number; column: number } {
    const list = this.#member(this.#root, 'Statement')
    const outer = list?.type === 'array' ? list.items[statement] : list
    const { path, start } = (outer && this.#below(outer, element)) ?? outer ?? { path: '$', start: 0 }
    const { line, column } = this.#lines.at(start)
    return { path, line, column }
  }

  #below(outer: JsonNode, element: string): JsonNode | undefined {
    let at: JsonNode | undefined = outer
    for (const [, name, index, quoted] of element.matchAll(STEP)) {
      if (at === undefined) return undefined
      if (index !== undefined) at = at.type === 'array' ? at.items[Number(index)] : at
      else at = this.#member(at, name ?? String(JSON.parse(quoted ?? '""')))
    }
    return at
  }

  #member(node: JsonNode, name: string): JsonNode | undefined {
    if (node.type !== 'object') return undefined
    const known = this.#members.get(node) ?? new Map(node.members.map((one) => [shortened(one.key.value), one.value]))
    this.#members.set(node, known)
    return known.get(shortened(name))
  }
}

/** As paths show it. */
function shortened(key: string): string {
  return shownKey(key).toLowerCase()
}
