import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens'
import { type DocumentNode, GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { type DocumentCost, documentCost } from './document-cost.ts'
import { DOCUMENT_LIMITS } from './limits.ts'

/** What each limit is called in the error. */
const MEASURED: readonly [keyof DocumentCost, string][] = [
  ['depth', 'Query depth'],
  ['introspectionDepth', 'Introspection depth'],
  ['introspected', 'Introspection'],
  ['aliases', 'Aliases'],
  ['fields', 'Fields'],
  ['repeated', 'Repeated fields'],
  ['longestName', 'Name length'],
]

/** Refuses what would cost too much before it is validated or executed: long documents, deep ones, and many copies of one field. */
export function queryLimits(): Plugin[] {
  return [maxTokensPlugin({ n: DOCUMENT_LIMITS.tokens }), nestingLimit(), documentLimits()]
}

/** The parser calls itself for every bracket: what is nested too deep would use up its stack before it is refused for anything else. */
function nestingLimit(): Plugin {
  return {
    onParse({ params: { source }, setParseFn }) {
      if (nestingOf(typeof source === 'string' ? source : source.body) <= DOCUMENT_LIMITS.nesting) return
      setParseFn(() => {
        throw new GraphQLError(`Syntax Error: Nesting limit of ${DOCUMENT_LIMITS.nesting} brackets exceeded.`)
      })
    },
  }
}

const WITHOUT_BRACKETS = /"""[^]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g

/** How deep brackets of any kind stand in each other, outside of texts and comments. */
function nestingOf(source: string): number {
  let depth = 0
  let deepest = 0
  for (const character of source.replaceAll(WITHOUT_BRACKETS, '')) {
    if (character === '{' || character === '(' || character === '[') deepest = Math.max(deepest, ++depth)
    else if (character === '}' || character === ')' || character === ']') depth--
  }
  return deepest
}

/**
 * In place of validation and not one of its rules: some of those take time with the square of what is refused here. An answer as of
 * any invalid document.
 */
function documentLimits(): Plugin {
  // Documents are parsed once and kept.
  const known = new WeakMap<DocumentNode, readonly GraphQLError[]>()
  return {
    onValidate({ params: { documentAST }, setResult }) {
      const exceeded = known.get(documentAST) ?? exceededLimits(documentAST)
      known.set(documentAST, exceeded)
      if (exceeded.length > 0) setResult([...exceeded])
    },
  }
}

function exceededLimits(document: DocumentNode): readonly GraphQLError[] {
  const cost = documentCost(document)
  return MEASURED.filter(([kind]) => cost[kind] > DOCUMENT_LIMITS[kind]).map(
    ([kind, name]) =>
      new GraphQLError(`Syntax Error: ${name} limit of ${DOCUMENT_LIMITS[kind]} exceeded, found ${cost[kind]}.`),
  )
}
