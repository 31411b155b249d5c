import { type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import { missingAuthenticationToken } from '../authn/authentication-error.ts'
import { answer, answerStream } from './answer.ts'
import { HttpError } from './http-error.ts'
import { createDocumentCache, NO_CACHE } from './document-cache.ts'
import { isIntrospection } from './document-cost.ts'
import type { Exchange, Step } from './exchange.ts'
import { noteFailure } from './failures.ts'
import { hiddenCause, maskError, outgoingError } from './graphql-errors.ts'
import { createKnownDocuments, type KnownDocuments } from './known-documents.ts'
import { DOCUMENT_LIMITS, ERROR_LIMITS } from './limits.ts'
import type { Log } from './log.ts'
import { queryLimits } from './query-limits.ts'
import { describeOperation, rootFieldsOf } from './root-fields.ts'
import { isAsyncIterable, type operationRunner } from './run-operation.ts'

export const GRAPHQL_PATH = '/graphql'
export const SCHEMA_PATH = '/schema.graphql'

interface ServerContext extends Record<string, unknown> {
  readonly exchange: Exchange
}

export interface EndpointParts {
  readonly schema: GraphQLSchema
  readonly operations: ReturnType<typeof operationRunner>
  /** Called when an operation is over or was found invalid, before the answer leaves. */
  readonly onOperation: (exchange: Exchange) => void
  readonly log: Log
}

/**
 * GraphQL over HTTP. Neither forms nor plain text nor batches: what a page of another site can send without asking first is
 * not accepted, and queries by GET change nothing.
 */
export function graphqlEndpoint({ schema, operations, onOperation, log }: EndpointParts): Step {
  const known = createKnownDocuments(schema)
  const yoga = createYoga<ServerContext>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    logging: false,
    maskedErrors: { maskError },
    graphiql: false,
    landingPage: false,
    cors: false,
    batching: false,
    multipart: false,
    maxRequestBodySize: false,
    parserAndValidationCache: {
      documentCache: createDocumentCache(DOCUMENT_LIMITS.cachedCharacters),
      errorCache: NO_CACHE,
    },
    plugins: [...queryLimits(), withContext(operations, known), withRequestId(log)],
  })
  return async (exchange) => {
    const short = await known.execute(exchange, operations.runOperation)
    if (short !== null) {
      onOperation(exchange)
      answer(exchange, 200, short.headers, short.body)
      return
    }
    const { request, body } = exchange
    // The address only has to be well-formed: resolvers never see it.
    const result = await yoga.fetch(
      `http://localhost${request.url ?? GRAPHQL_PATH}`,
      {
        method: request.method ?? 'GET',
        headers: headersFor(request.headers),
        ...(request.method === 'POST' && { body: body.toString('utf8') }),
      },
      { exchange },
    )
    onOperation(exchange)
    const headers = { ...Object.fromEntries(result.headers), 'cache-control': 'no-store' }
    if (result.body && isEventStream(result.headers.get('content-type'))) {
      await answerStream(exchange, result.status, headers, result.body)
    } else {
      if (result.status === 200 && request.method === 'POST' && exchange.failures.length === 0)
        known.learnHeaders(exchange, headers)
      answer(exchange, result.status, headers, await result.text())
    }
  }
}

/** Only JSON: an HTML form cannot send it, and a script of another site has to ask first (CORS). */
export function requireJson({ request }: Exchange): void {
  if (request.method !== 'POST') return
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers
  if (!/^application\/(graphql\+)?json\s*(;|$)/i.test(type) || encoding !== 'identity') {
    throw new HttpError('UnsupportedMediaType', 'Send the request as application/json, not compressed.')
  }
}

/** Yoga would take a parameter in the address that is no JSON for a fault of its own. */
export function requireJsonInAddress({ request: { method, url = '' } }: Exchange): void {
  if (method !== 'GET') return
  const mark = url.indexOf('?')
  const parameters = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1))
  for (const name of ['variables', 'extensions']) {
    const text = parameters.get(name)
    if (text !== null && text !== '' && !isJson(text))
      throw new HttpError('ValidationError', `\`${name}\` is not valid JSON.`)
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Yoga needs the two that content negotiation looks at; credentials have no business further down. */
function headersFor({ accept, 'content-type': contentType }: Exchange['request']['headers']): Record<string, string> {
  return { ...(accept !== undefined && { accept }), ...(contentType !== undefined && { 'content-type': contentType }) }
}

/** Only who asks for a stream by name gets one: others would wait for an end that does not come. */
function isEventStream(mediaTypes: string | null | undefined): boolean {
  return (mediaTypes ?? '').toLowerCase().includes('text/event-stream')
}

/** Hands resolvers the context as it is: Yoga's own way copies it, which would evaluate its getters. */
function withContext(
  { runOperation, runSubscription }: EndpointParts['operations'],
  known: KnownDocuments,
): Plugin<ServerContext> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { exchange } = args.contextValue
      known.learnDocument(args.document)
      const executed = known.executedOf(exchange)
      if (executed !== undefined) {
        setExecuteFn(() => executed)
        return
      }
      const fields = rootFieldsOf(args.document, args.operationName)
      exchange.operation = fields && describeOperation(fields)
      setExecuteFn(async (given) => {
        if (exchange.principal === null && fields?.names.some(isIntrospection))
          return { errors: [introspectedByStranger()] }
        return await runOperation(exchange, (contextValue) => executeFn({ ...given, contextValue }))
      })
    },
    onSubscribe({ args, subscribeFn, setSubscribeFn }) {
      const { exchange } = args.contextValue
      const fields = rootFieldsOf(args.document, args.operationName)
      exchange.operation = fields && describeOperation(fields)
      setSubscribeFn(async (given) => {
        if (!isEventStream(exchange.request.headers.accept)) {
          return {
            errors: [maskError(new HttpError('NotAcceptable', 'Subscriptions need Accept: text/event-stream.'))],
          }
        }
        return await runSubscription(exchange, (contextValue) => subscribeFn({ ...given, contextValue }))
      })
    },
  }
}

function withRequestId(log: Log): Plugin<object, ServerContext> {
  return {
    onResultProcess(processing) {
      const { result, serverContext } = processing
      const { exchange } = serverContext
      const withId = (one: ExecutionResult): ExecutionResult => {
        if (!one.errors) return one
        const errors = fewer(one.errors.filter((error) => error instanceof GraphQLError))
        for (const err of errors.map(hiddenCause)) {
          if (err !== undefined) log.error({ requestId: exchange.id, err }, 'internal failure')
        }
        const status = statusAsAWhole(one.data, errors)
        const outgoing = errors.map((error) => outgoingError(error, exchange.id, status))
        for (const { extensions } of outgoing) noteFailure(exchange, String(extensions.code), extensions)
        return { ...one, errors: outgoing }
      }
      if (Array.isArray(result)) return
      processing.setResult(isAsyncIterable(result) ? mapped(result, withId) : withId(result))
    },
  }
}

function mapped<Item>(
  source: AsyncIterable<Item>,
  change: (item: Item) => Item,
): AsyncIterableIterator<Item, undefined> {
  const inner = source[Symbol.asyncIterator]()
  return {
    async next() {
      const { done, value } = await inner.next()
      return done === true ? { done, value: undefined } : { done: false, value: change(value) }
    },
    async return() {
      await inner.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** Of a document that was not executed a few faults are enough; of fields that were, each has its own. */
function fewer(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  return errors.some(({ path }) => path !== undefined) ? errors : errors.slice(0, ERROR_LIMITS.ofOneDocument)
}

/**
 * What HTTP says when every field failed for the same reason: nobody is signed in and nothing public was asked for, or the server
 * is too busy, which clients and proxies read from the status when they decide to come back.
 */
const STATUS_AS_A_WHOLE = { MissingAuthenticationToken: 403, ServiceUnavailable: 503 } as const

function statusAsAWhole(data: unknown, errors: readonly GraphQLError[]): number | undefined {
  const empty = typeof data !== 'object' || data === null || Object.values(data).every((value) => value === null)
  if (!empty) return undefined
  const [, status] =
    Object.entries(STATUS_AS_A_WHOLE).find(([code]) => errors.every(({ extensions }) => extensions.code === code)) ?? []
  return status
}

/** The standard query was answered before; any other is worked out for this caller alone. */
function introspectedByStranger(): GraphQLError {
  const { code, httpStatus } = missingAuthenticationToken()
  return new GraphQLError(
    `Introspection other than the usual query of GraphiQL and code generators needs a caller who is signed in. The schema is at ${SCHEMA_PATH}.`,
    { extensions: { code, http: { status: httpStatus } } },
  )
}
