import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { AWS_NAMES } from '../../src/access/aws-names.ts'

const require = createRequire(import.meta.url)
const FOLDER = { iam: commandsOf('@aws-sdk/client-iam'), sts: commandsOf('@aws-sdk/client-sts') } as const

/** What every operation can throw, and what says that the service itself has failed. */
const OF_ALL = /^(?:IAMServiceException|STSServiceException|ServiceFailureException)$/

/** Classes of the SDK whose code on the wire is not the name without `Exception`. */
const CODES: Readonly<Record<string, string>> = {
  CredentialReportExpiredException: 'ReportExpired',
  CredentialReportNotPresentException: 'ReportNotPresent',
  CredentialReportNotReadyException: 'ReportInProgress',
  ExpiredTokenException: 'ExpiredTokenException',
  IDPCommunicationErrorException: 'IDPCommunicationError',
  IDPRejectedClaimException: 'IDPRejectedClaim',
  InvalidAuthorizationMessageException: 'InvalidAuthorizationMessageException',
  InvalidIdentityTokenException: 'InvalidIdentityToken',
  JWTPayloadSizeExceededException: 'JWTPayloadSizeExceededException',
  OpenIdIdpCommunicationErrorException: 'OpenIdIdpCommunicationError',
  OutboundWebIdentityFederationDisabledException: 'OutboundWebIdentityFederationDisabledException',
  PolicyEvaluationException: 'PolicyEvaluation',
  RegionDisabledException: 'RegionDisabledException',
  ServiceNotSupportedException: 'NotSupportedService',
  SessionDurationEscalationException: 'SessionDurationEscalationException',
  UnrecognizedPublicKeyEncodingException: 'UnrecognizedPublicKeyEncoding',
}

/** An error that AWS's model says of an operation. */
export interface ModelledError {
  readonly service: 'iam' | 'sts'
  readonly action: string
  readonly code: string
}

/** All errors that AWS's model says of the operations that are offered, but for those of all operations. */
export function modelledErrors(): readonly ModelledError[] {
  return AWS_NAMES.flatMap(({ service, name: action, notOffered }) => {
    const file = path.join(FOLDER[service], `${action}Command.d.ts`)
    if (notOffered !== null || !existsSync(file)) return []
    const thrown = [...readFileSync(file, 'utf8').matchAll(/@throws \{@link (\w+)\}/g)].map(([, name = '']) => name)
    return thrown
      .filter((name) => !OF_ALL.test(name))
      .map((name) => ({ service, action, code: CODES[name] ?? name.replace(/Exception$/, '') }))
  })
}

function commandsOf(name: string): string {
  return path.join(path.dirname(require.resolve(`${name}/package.json`)), 'dist-types/commands')
}
