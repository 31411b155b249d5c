/** The error codes of IAM and STS that operations answer with, and the HTTP status that each carries. */
export const IAM_ERROR_STATUS = {
  AccessDenied: 403,
  ConcurrentModification: 409,
  DeleteConflict: 409,
  EntityAlreadyExists: 409,
  EntityTemporarilyUnmodifiable: 409,
  ExpiredTokenException: 400,
  InternalFailure: 500,
  InvalidAuthenticationCode: 403,
  InvalidAuthorizationMessageException: 400,
  InvalidClientTokenId: 403,
  InvalidIdentityToken: 400,
  InvalidInput: 400,
  InvalidParameterValue: 400,
  InvalidUserType: 400,
  LimitExceeded: 409,
  MalformedPolicyDocument: 400,
  NoSuchEntity: 404,
  PackedPolicyTooLarge: 400,
  PasswordPolicyViolation: 400,
  PolicyNotAttachable: 400,
  ReportExpired: 410,
  ReportInProgress: 404,
  ReportNotPresent: 410,
  ServiceUnavailable: 503,
  Throttling: 400,
  UnmodifiableEntity: 400,
  ValidationError: 400,
} as const

export type IamErrorCode = keyof typeof IAM_ERROR_STATUS

/** An error that the caller may read: a stable code, IAM's wording, and nothing secret. `details` goes out beside the code. */
export class IamError extends Error {
  override readonly name = 'IamError'
  readonly code: IamErrorCode
  readonly httpStatus: number
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(code: IamErrorCode, message: string, details?: Readonly<Record<string, unknown>>) {
    super(message)
    this.code = code
    this.httpStatus = IAM_ERROR_STATUS[code]
    this.details = details
  }
}
