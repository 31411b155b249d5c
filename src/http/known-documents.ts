import { type DocumentNode, execute, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { BoundedCache } from '../authn/bounded-cache.ts'
import { createDocumentCache } from './document-cache.ts'
import { isIntrospection } from './document-cost.ts'
import type { Exchange } from './exchange.ts'
import { DOCUMENT_LIMITS } from './limits.ts'
import { describeOperation, rootFieldsOf } from './root-fields.ts'
import type { RunOperation } from './run-operation.ts'

/** Values of `Accept` whose answers are remembered: programs send some ten of them. */
const MOST_MEDIA_TYPES = 100

type Headers = Readonly<Record<string, string>>

export interface KnownAnswer {
  readonly headers: Headers
  readonly body: string
}

export interface KnownDocuments {
  /** Remembers a document that was found valid and within the limits. */
  learnDocument(document: DocumentNode): void
  /** Remembers how an answer without errors goes out to who asked as this exchange does. */
  learnHeaders(exchange: Exchange, headers: Headers): void
  /**
   * Executes an exchange whose document is known. The answer, if all went well in all its fields; otherwise null, and the usual way
   * has to answer. What was executed by then is not executed again: `executedOf` has it.
   */
  execute(exchange: Exchange, runOperation: RunOperation): Promise<KnownAnswer | null>
  executedOf(exchange: Exchange): ExecutionResult | undefined
}

interface Parameters {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>> | undefined
  readonly operationName: string | undefined
}

const PLAIN_JSON = /^application\/json\s*(?:;\s*charset=utf-8\s*)?$/i

const PARAMETERS = new Set(['query', 'variables', 'operationName'])

/**
 * The short way of ordinary requests: a POST of a document that was executed before needs neither to be parsed and validated again,
 * nor a Request and a Response of the Fetch standard. Everything that is out of the ordinary takes the way through GraphQL Yoga, which
 * knows what GraphQL over HTTP says of it: other parameters, other media types, streams, and every answer with an error.
 */
export function createKnownDocuments(schema: GraphQLSchema): KnownDocuments {
  const documents = createDocumentCache<DocumentNode>(DOCUMENT_LIMITS.cachedCharacters)
  const headersByAccept = new BoundedCache<string, Headers>(MOST_MEDIA_TYPES)
  const executed = new WeakMap<Exchange, ExecutionResult>()

  return {
    learnDocument(document) {
      const source = document.loc?.source.body
      if (source !== undefined) documents.set(source, document)
    },
    learnHeaders(exchange, headers) {
      const known = Object.entries(headers).filter(([name]) => name !== 'content-length')
      headersByAccept.set(acceptOf(exchange), Object.fromEntries(known))
    },
    async execute(exchange, runOperation) {
      const headers = headersByAccept.get(acceptOf(exchange))
      const parameters = headers && parametersOf(exchange)
      const document = parameters && documents.get(parameters.query)
      if (headers === undefined || parameters === undefined || document === undefined) return null
      const { variables, operationName } = parameters
      const fields = rootFieldsOf(document, operationName)
      if (fields === null || fields.type === 'subscription') return null
      if (exchange.principal === null && fields.names.some(isIntrospection)) return null
      exchange.operation = describeOperation(fields)
      const result = await runOperation(exchange, (contextValue) =>
        execute({ schema, document, contextValue, variableValues: variables, operationName }),
      )
      if (result.errors !== undefined || result.data == null) {
        // Without data nothing was executed, as when variables do not fit.
        if (result.data !== undefined) executed.set(exchange, result)
        return null
      }
      return { headers, body: JSON.stringify(result) }
    },
    executedOf: (exchange) => executed.get(exchange),
  }
}

function acceptOf({ request }: Exchange): string {
  return request.headers.accept ?? ''
}

/** The parameters of an ordinary request; undefined for every other. */
function parametersOf({ request, body, path }: Exchange): Parameters | undefined {
  if (request.method !== 'POST' || request.url !== path || !PLAIN_JSON.test(request.headers['content-type'] ?? ''))
    return undefined
  const parsed = objectIn(body)
  if (parsed === undefined || Object.keys(parsed).some((name) => !PARAMETERS.has(name))) return undefined
  const { query, variables, operationName }: Record<string, unknown> = parsed
  if (typeof query !== 'string') return undefined
  if (variables !== undefined && variables !== null && !isObject(variables)) return undefined
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return undefined
  return { query, variables: variables ?? undefined, operationName: operationName ?? undefined }
}

function objectIn(body: Buffer): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    return isObject(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
