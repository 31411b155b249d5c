import { GraphQLError } from 'graphql'
import { INTERNAL_FAILURE, isForCaller, type PublicError } from '../errors/index.ts'
import { cut } from './cut.ts'
import { codedErrorOf, headersOf, isOutage } from './http-error.ts'
import { withoutValues } from './quoted-values.ts'

/**
 * What a caller may read of an error: coded errors and those of GraphQL itself pass, everything else becomes
 * InternalFailure, with the cause kept beside it for the log.
 */
export function maskError(error: unknown): GraphQLError {
  const cause = rootCause(error)
  if (isForCaller(cause) || isOutage(cause)) {
    const coded = codedErrorOf(cause)
    // Without the database nothing of the answer is worth a success, whatever field noticed it: clients come back for all of it.
    const http = httpOf(isOutage(cause) ? cause : error, coded)
    return located(error, cause, coded.message, { ...coded.details, code: coded.code, http })
  }
  if (error instanceof GraphQLError && (cause === error || cause instanceof GraphQLError)) return error
  const { message, code } = INTERNAL_FAILURE
  return located(error, cause, message, { code, http: httpOf(error, INTERNAL_FAILURE) })
}

/**
 * The error as it goes out: with a code and the request's id, and without what GraphQL Yoga tells about its own causes.
 *
 * @param status of the whole answer, where the error decides it
 */
export function outgoingError(error: GraphQLError, requestId: string, status?: number): GraphQLError {
  const { originalError, code = 'ValidationError', ...extensions } = error.extensions
  // GraphQL's own: variables that do not fit. Like a document that does not, which is a 200 for clients of application/json.
  if (error.extensions.code === undefined && extensions.http) extensions.http = { ...extensions.http, spec: true }
  // Yoga marks a body that is no JSON like this. It is not a GraphQL request at all: 400 in every media type.
  if (originalError !== undefined) extensions.http = { status: 400 }
  if (status !== undefined) extensions.http = { ...extensions.http, status }
  const message = isOfGraphQL(error) ? withoutValues(error.message) : error.message
  return located(error, error.originalError, cut(message), { ...cutTexts(extensions), code, requestId })
}

function cutTexts(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, cutText(value)]))
}

function cutText(value: unknown): unknown {
  if (typeof value === 'string') return cut(value)
  const plain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  return plain ? cutTexts({ ...value }) : value
}

/** Not one of our codes: what parsing, validation and the coercion of variables report. */
function isOfGraphQL({ extensions: { code } }: GraphQLError): boolean {
  return typeof code !== 'string' || code.startsWith('GRAPHQL_')
}

/** The fault of ours that hides behind an outgoing error; undefined when there is none. */
export function hiddenCause(error: GraphQLError): unknown {
  return error.extensions.code === INTERNAL_FAILURE.code ? (error.originalError ?? error) : undefined
}

function located(
  error: unknown,
  cause: unknown,
  message: string,
  extensions: GraphQLError['extensions'],
): GraphQLError {
  const at = error instanceof GraphQLError ? error : undefined
  return new GraphQLError(message, {
    nodes: at?.nodes,
    source: at?.source,
    positions: at?.positions,
    path: at?.path,
    originalError: cause instanceof Error ? cause : new Error('something that is no Error was thrown'),
    extensions,
  })
}

/**
 * What the error means for the answer as a whole. At a field it leaves the other fields their data, so that the status is that of
 * a success (GraphQL over HTTP); when to come back is told all the same.
 */
function httpOf(error: unknown, coded: PublicError) {
  const headers = headersOf(coded)
  if (error instanceof GraphQLError && error.path !== undefined)
    return Object.keys(headers).length > 0 ? { headers } : undefined
  return { status: coded.httpStatus, headers }
}

function rootCause(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? rootCause(error.originalError) : error
}
