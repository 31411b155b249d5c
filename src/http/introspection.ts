import {
  OperationTypeNode,
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionOptions,
  Kind,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql'
import { fragmentsOf } from './document-cost.ts'
import type { Exchange, Step } from './exchange.ts'
import { type PreparedAnswer, answerPrepared, prepareSmallAnswer } from './prepared-answer.ts'

/** Longest text that is looked at, and how many selections it may have once fragments are written out: three times the widest query. */
const MAX_CHARACTERS = 8_000
const MAX_SELECTIONS = 1_000
/** How often `ofType` is nested in a reference to a type: graphql-js 16.9 and later, and before. */
const TYPE_DEPTHS = new Set([9, 7])

interface Request {
  readonly query: string
  readonly operationName?: unknown
}

/**
 * Answers the query that GraphiQL and code generators send, `getIntrospectionQuery` of graphql-js with any of its options, from an
 * answer that is prepared once. To work it out takes some 30 ms of the processor, and anybody may ask.
 */
export function standardIntrospection(schema: GraphQLSchema): Step {
  const answers = new Map<string, Promise<PreparedAnswer> | null>()

  function answerTo(query: string): Promise<PreparedAnswer> | null {
    const known = answers.get(query)
    if (known !== undefined) return known
    const document = parse(query, { noLocation: true })
    // An option that this schema does not have is for whoever reports errors.
    const prepared =
      validate(schema, document).length > 0
        ? null
        : prepareSmallAnswer(JSON.stringify(executeSync({ schema, document })))
    answers.set(query, prepared)
    return prepared
  }

  return async (exchange) => {
    const request = requestOf(exchange)
    const standard = request === null ? null : standardQuery(request)
    const answer = standard === null ? null : await answerTo(standard)
    if (answer === null) return
    const accept = exchange.request.headers.accept ?? ''
    const type = accept.includes('application/graphql-response+json')
      ? 'application/graphql-response+json'
      : 'application/json'
    await answerPrepared(exchange, answer, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' })
  }
}

/**
 * The text of graphql-js for a query of introspection that asks for the same, in whatever order and with whatever names; null for any
 * other document. There are a few hundred such texts, so that answers can be kept for good.
 */
export function standardQuery({ query, operationName }: Request): string | null {
  const document = parsed(query)
  const asked = document === null ? null : writtenOut(document, operationName)
  if (asked === null) return null
  const kinds = asked.includes('queryType{kind name}')
  const standard = textFor(asked, kinds)
  return standard !== null && writtenOut(parse(standard), null) === asked ? standard : null
}

/** Reads off a document which options of graphql-js it was made with, if it was. */
function textFor(asked: string, kinds: boolean): string | null {
  const typeDepth = Math.max(
    0,
    ...[...asked.matchAll(/(?:ofType\{kind name ?)+/g)].map(([run]) => run.split('ofType').length - 1),
  )
  if (!TYPE_DEPTHS.has(typeDepth)) return null
  const options: IntrospectionOptions = {
    descriptions: asked.includes('description'),
    specifiedByUrl: asked.includes('specifiedByURL'),
    directiveIsRepeatable: asked.includes('isRepeatable'),
    schemaDescription: asked.startsWith('__schema{description '),
    inputValueDeprecation: asked.includes('args(includeDeprecated)'),
    experimentalDirectiveDeprecation: asked.includes('directives(includeDeprecated)'),
    oneOf: asked.includes('isOneOf'),
    typeDepth,
  }
  const text = getIntrospectionQuery(options)
  // Before version 16.10 it did not ask for the kinds of the three root types.
  return kinds ? text : text.replace(/(queryType|mutationType|subscriptionType) \{ name kind \}/g, '$1 { name }')
}

function requestOf(exchange: Exchange): Request | null {
  const { request, body } = exchange
  const { accept = '*/*' } = request.headers
  if (!/\*\/\*|application\/(\*|json|graphql-response\+json)/.test(accept) || accept.includes('text/event-stream'))
    return null
  if (request.method === 'GET') {
    const { url = '' } = request
    if (!url.includes('__schema')) return null
    const parameters = new URLSearchParams(url.slice(url.indexOf('?') + 1))
    return requestFrom(Object.fromEntries(parameters))
  }
  if (body.length > 2 * MAX_CHARACTERS || !body.includes('__schema')) return null
  try {
    return requestFrom(JSON.parse(body.toString('utf8')))
  } catch {
    return null
  }
}

function requestFrom(value: unknown): Request | null {
  if (typeof value !== 'object' || value === null || !('query' in value) || typeof value.query !== 'string') return null
  if (value.query.length > MAX_CHARACTERS) return null
  return { query: value.query, ...('operationName' in value && { operationName: value.operationName }) }
}

function parsed(query: string): DocumentNode | null {
  try {
    return parse(query, { noLocation: true, maxTokens: MAX_SELECTIONS })
  } catch {
    return null
  }
}

/**
 * What a document of one query selects, in one order, with fragments written out and each field once; null when there is anything
 * that the standard queries do not have: variables, aliases, directives, arguments but `includeDeprecated: true`.
 */
function writtenOut(document: DocumentNode, operationName: unknown): string | null {
  const fragments = fragmentsOf(document)
  const [operation, ...others] = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION)
  if (operation === undefined || others.length > 0 || operation.operation !== OperationTypeNode.QUERY) return null
  if (operation.variableDefinitions?.length || operation.directives?.length) return null
  if (operationName !== null && operationName !== undefined && operationName !== operation.name?.value) return null
  let selections = 0

  function write({ selections: inner }: SelectionSetNode): string[] | null {
    const parts = new Set<string>()
    for (const selection of inner) {
      if (++selections > MAX_SELECTIONS || selection.directives?.length) return null
      const written = selection.kind === Kind.FIELD ? writeField(selection) : writeFragment(selection)
      if (written === null) return null
      for (const part of written) parts.add(part)
    }
    return [...parts].toSorted()
  }

  function writeField({ name, alias, arguments: given = [], selectionSet }: FieldNode): string[] | null {
    const bare = alias === undefined && given.length <= 1
    const allowed = given.every(
      (one) => one.name.value === 'includeDeprecated' && one.value.kind === Kind.BOOLEAN && one.value.value,
    )
    const below = selectionSet === undefined ? [] : write(selectionSet)
    if (!bare || !allowed || below === null) return null
    const call = `${name.value}${given.length > 0 ? '(includeDeprecated)' : ''}`
    return [below.length > 0 ? `${call}{${below.join(' ')}}` : call]
  }

  function writeFragment(selection: Exclude<SelectionSetNode['selections'][number], FieldNode>): string[] | null {
    if (selection.kind === Kind.INLINE_FRAGMENT) return write(selection.selectionSet)
    const fragment = fragments.get(selection.name.value)
    return fragment === undefined ? null : write(fragment.selectionSet)
  }

  return write(operation.selectionSet)?.join(' ') ?? null
}
