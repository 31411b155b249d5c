import { CODES, type ErrorCode } from './codes.ts'

/** What goes out beside the code. */
export type Details = Readonly<Record<string, unknown>>

interface CodedErrorOptions extends ErrorOptions {
  readonly details?: Details | undefined
}

/**
 * An error that has a code of ours, whichever room threw it. The message has the wording of IAM or STS where they have one, and
 * never carries a secret, a password or a token.
 */
export class CodedError extends Error {
  override readonly name: string = 'CodedError'
  readonly code: ErrorCode
  readonly httpStatus: number
  readonly details: Details | undefined

  constructor(code: ErrorCode, message: string, { details, ...options }: CodedErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.httpStatus = CODES[code].status
    this.details = details
  }
}

/** What a caller reads of an error. */
export type PublicError = Pick<CodedError, 'code' | 'httpStatus' | 'message' | 'details'>

/** What a caller learns about a fault of ours; the cause is only logged. */
export const INTERNAL_FAILURE: PublicError = {
  code: 'InternalFailure',
  httpStatus: CODES.InternalFailure.status,
  message: 'An internal error occurred.',
  details: undefined,
}

/** Whether the caller may read the error as it is. */
export function isForCaller(error: unknown): error is CodedError {
  return error instanceof CodedError && CODES[error.code].reader === 'caller'
}
