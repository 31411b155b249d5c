/** Who reads the message of an error: the caller, who learns what to do, or only the operator, in the log. */
export type Audience = 'caller' | 'operator'

interface Code {
  readonly status: number
  readonly reader: Audience
}

const told = (status: number): Code => ({ status, reader: 'caller' })

/**
 * Every code that a caller can be answered with, in every door, and the HTTP status that goes with it: IAM's and STS's ("Errors" of
 * each action, "Common errors"), and HTTP's own. GraphQL's own errors, of syntax and validation, are `ValidationError`.
 */
export const CODES = {
  AccessDenied: told(403),
  BadRequest: told(400),
  ConcurrentModification: told(409),
  DeleteConflict: told(409),
  DuplicateCertificate: told(409),
  DuplicateSSHPublicKey: told(400),
  EntityAlreadyExists: told(409),
  EntityTemporarilyUnmodifiable: told(409),
  ExpiredToken: told(403),
  ExpiredTokenException: told(400),
  FeatureDisabled: told(404),
  FeatureEnabled: told(409),
  IDPRejectedClaim: told(403),
  IncompleteSignature: told(400),
  InternalFailure: { status: 500, reader: 'operator' },
  InvalidAction: told(400),
  InvalidAuthenticationCode: told(403),
  InvalidAuthorizationMessageException: told(400),
  InvalidCertificate: told(400),
  InvalidClientTokenId: told(403),
  InvalidIdentityToken: told(400),
  InvalidInput: told(400),
  InvalidParameterValue: told(400),
  InvalidPublicKey: told(400),
  InvalidUserType: told(400),
  JWTPayloadSizeExceededException: told(400),
  KeyPairMismatch: told(400),
  LimitExceeded: told(409),
  MalformedCertificate: told(400),
  MalformedPolicyDocument: told(400),
  MalformedQueryString: told(400),
  MethodNotAllowed: told(405),
  MissingAction: told(400),
  MissingAuthenticationToken: told(403),
  NoSuchEntity: told(404),
  NotAcceptable: told(406),
  NotFound: told(404),
  NotSupportedService: told(404),
  OrganizationNotFoundException: told(400),
  OutboundWebIdentityFederationDisabledException: told(403),
  PackedPolicyTooLarge: told(400),
  PasswordPolicyViolation: told(400),
  PayloadTooLarge: told(413),
  PolicyNotAttachable: told(400),
  ReportExpired: told(410),
  ReportInProgress: told(404),
  ReportNotPresent: told(410),
  RequestHeaderFieldsTooLarge: told(431),
  ServiceUnavailable: told(503),
  SessionDurationEscalationException: told(403),
  SignatureDoesNotMatch: told(403),
  Throttling: told(400),
  UnmodifiableEntity: told(400),
  UnrecognizedPublicKeyEncoding: told(400),
  UnsupportedMediaType: told(415),
  UnsupportedOperation: told(400),
  ValidationError: told(400),
} as const satisfies Readonly<Record<string, Code>>

export type ErrorCode = keyof typeof CODES
