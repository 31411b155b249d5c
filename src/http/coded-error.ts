/** What every error that a caller may read has in common, whichever room threw it. */
export interface CodedError {
  readonly code: string
  readonly httpStatus: number
  readonly message: string
  /** Goes out beside the code. */
  readonly details?: Readonly<Record<string, unknown>> | undefined
}

const HTTP_ERROR_STATUS = {
  BadRequest: 400,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  NotFound: 404,
  PayloadTooLarge: 413,
  RequestHeaderFieldsTooLarge: 431,
  ServiceUnavailable: 503,
  UnsupportedMediaType: 415,
  ValidationError: 400,
} as const

/** A request that HTTP itself refuses. */
export class HttpError extends Error implements CodedError {
  override readonly name = 'HttpError'
  readonly code: keyof typeof HTTP_ERROR_STATUS
  readonly httpStatus: number
  /** Headers that the status asks for, e.g. Allow (RFC 9110 §15.5.6). */
  readonly headers: Readonly<Record<string, string>>

  constructor(code: keyof typeof HTTP_ERROR_STATUS, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.code = code
    this.httpStatus = HTTP_ERROR_STATUS[code]
    this.headers = headers
  }
}

/** What a caller learns about a fault of ours; the cause is only logged. */
export const INTERNAL_FAILURE: CodedError = {
  code: 'InternalFailure',
  httpStatus: 500,
  message: 'An internal error occurred.',
}

/** What the caller learns of an error: its own code, or that it is a fault of ours. */
export function codedErrorOf(error: unknown): CodedError {
  if (isCodedError(error)) return error
  return isOutage(error) ? outage(error) : INTERNAL_FAILURE
}

/** What the store throws while the database does not work; Prisma, where it comes through it, leaves only the code and its words. */
export function isOutage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ServiceUnavailable' && isOfStore(error)
}

function isOfStore({ name }: Error): boolean {
  return name === 'OutageError' || name.startsWith('PrismaClient')
}

function outage({ message }: Error): CodedError {
  const words = message.trim().split('\n').at(-1) ?? ''
  return { code: 'ServiceUnavailable', httpStatus: 503, message: words, details: { retryAfterSeconds: 2 } }
}

/** Errors are told apart by their shape, so that this room needs none of the classes. */
export function isCodedError(error: unknown): error is CodedError & Error {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    'httpStatus' in error &&
    typeof error.httpStatus === 'number'
  )
}

/** Headers that an error asks for beside its code: `Retry-After` in seconds, and those of HTTP's own errors. */
export function headersOf(error: CodedError): Readonly<Record<string, string>> {
  const { retryAfterSeconds } = error.details ?? {}
  return {
    ...(typeof retryAfterSeconds === 'number' && { 'retry-after': String(retryAfterSeconds) }),
    ...(error instanceof HttpError ? error.headers : {}),
  }
}
