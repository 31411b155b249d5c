import { CodedError } from '../errors/index.ts'

/** Which policies decided a denial; the names are those of `extensions.authz.reason`. */
export type DenialReason =
  | 'NO_IDENTITY_POLICY'
  | 'IDENTITY_POLICY'
  | 'PERMISSIONS_BOUNDARY'
  | 'SESSION_POLICY'
  | 'RESOURCE_POLICY'
  | 'ORGANIZATION_POLICY'

/** What a client learns about a denial, beside the message. */
export interface Authz {
  readonly decisionId: string
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly effect: 'IMPLICIT_DENY' | 'EXPLICIT_DENY'
  readonly reason: DenialReason
  /** True exactly when the same request with a fresh MFA code would be allowed. */
  readonly mfaRequired: boolean
  /** Present and true when the password must be changed before anything else. */
  readonly passwordChangeRequired?: true
}

/** A denial in AWS's wording. */
export class AccessDenied extends CodedError {
  override readonly name = 'AccessDenied'
  declare readonly details: { readonly authz: Authz }

  constructor(message: string, authz: Authz) {
    super('AccessDenied', message, { details: { authz } })
  }
}
