import { CodedError, type ErrorCode, INTERNAL_FAILURE, isForCaller, type PublicError } from '../errors/index.ts'

/** A request that HTTP itself refuses. */
export class HttpError extends CodedError {
  override readonly name = 'HttpError'
  /** Headers that the status asks for, e.g. Allow (RFC 9110 §15.5.6). */
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ErrorCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(code, message)
    this.headers = headers
  }
}

/** What the caller learns of an error: its own code, or that it is a fault of ours. */
export function codedErrorOf(error: unknown): PublicError {
  if (isForCaller(error)) return error
  return isOutage(error) ? outage(error) : INTERNAL_FAILURE
}

/** What the store throws while the database does not work; Prisma, where it comes through it, leaves only the code and its words. */
export function isOutage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ServiceUnavailable' && isOfStore(error)
}

function isOfStore({ name }: Error): boolean {
  return name === 'OutageError' || name.startsWith('PrismaClient')
}

function outage({ message }: Error): PublicError {
  const words = message.trim().split('\n').at(-1) ?? ''
  return new CodedError('ServiceUnavailable', words, { details: { retryAfterSeconds: 2 } })
}

/** Headers that an error asks for beside its code: `Retry-After` in seconds, and those of HTTP's own errors. */
export function headersOf(error: PublicError): Readonly<Record<string, string>> {
  const { retryAfterSeconds } = error.details ?? {}
  return {
    ...(typeof retryAfterSeconds === 'number' && { 'retry-after': String(retryAfterSeconds) }),
    ...(error instanceof HttpError ? error.headers : {}),
  }
}
