/** Why a request was denied, as the API tells it. */
export interface Authz {
  readonly decisionId: string
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly effect: 'IMPLICIT_DENY' | 'EXPLICIT_DENY'
  readonly reason: string
  /** True exactly when the same request with a fresh MFA code would be allowed. */
  readonly mfaRequired: boolean
  readonly passwordChangeRequired?: true
}

export interface ApiErrorParts {
  readonly code: string
  readonly message: string
  readonly path?: readonly (string | number)[] | undefined
  readonly authz?: Authz | undefined
  readonly requestId?: string | undefined
  readonly details?: Readonly<Record<string, unknown>> | undefined
}

/** Codes of our own, for what went wrong before the API could answer. */
export const UNREACHABLE = 'Unreachable'
/** The server has no database, or too much to do: the request was not at fault. */
export const UNAVAILABLE = 'ServiceUnavailable'
/** What the API says when nobody is signed in. */
export const NOT_SIGNED_IN = 'MissingAuthenticationToken'

/** An error of the API. */
export class ApiError extends Error implements ApiErrorParts {
  override readonly name = 'ApiError'
  readonly code: string
  /** Names of fields and positions in lists, from the root. */
  readonly path: readonly (string | number)[]
  readonly authz: Authz | undefined
  readonly requestId: string | undefined
  /** Everything else that came with the code, e.g. `mfaCodeRequired`. */
  readonly details: Readonly<Record<string, unknown>>

  constructor({ code, message, path = [], authz, requestId, details = {} }: ApiErrorParts) {
    super(message)
    this.code = code
    this.path = path
    this.authz = authz
    this.requestId = requestId
    this.details = details
  }
}

/** The same request may be answered later. */
export function isAway({ code }: ApiError): boolean {
  return code === UNREACHABLE || code === UNAVAILABLE
}

/** What was thrown, as an error of the API. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  return new ApiError({ code: UNREACHABLE, message: thrown instanceof Error ? thrown.message : '' })
}
