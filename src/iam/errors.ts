import { invalidClientToken } from '../authn/authentication-error.ts'
import { CodedError, type Details, type ErrorCode } from '../errors/index.ts'

/** An operation of IAM or STS refuses: recorded in the audit trail with its code. */
export class IamError extends CodedError {
  override readonly name = 'IamError'

  constructor(code: ErrorCode, message: string, details?: Details) {
    super(code, message, { details })
  }
}

/** The user, the key or the session that the request was authenticated with is gone since. */
export function callerGone(): IamError {
  const { code, message } = invalidClientToken()
  return new IamError(code, message)
}

/** @param todo what has to be done before, as in `detach all policies` */
export function deleteConflict(todo: string): IamError {
  return new IamError('DeleteConflict', `Cannot delete entity, must ${todo} first.`)
}

export function wrongMfaCode(): IamError {
  return new IamError('InvalidAuthenticationCode', 'Authentication code for device is not valid.')
}

export function noMfaDevice(): IamError {
  return new IamError('NoSuchEntity', 'No MFA device is enabled for this user.')
}
