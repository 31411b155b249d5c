import { CodedError } from '../errors/index.ts'

/** A credential was refused ("Common errors" of IAM). */
export class AuthenticationError extends CodedError {
  override readonly name = 'AuthenticationError'
}

/** Nothing in the request says who is calling. */
export const missingAuthenticationToken = () =>
  new AuthenticationError('MissingAuthenticationToken', 'Request is missing Authentication Token')

/**
 * The session token is wrong, is missing beside a temporary key, or is present beside a long-term key. AWS writes this
 * text without a full stop and the one for an unknown key with it.
 */
export const invalidSessionToken = () =>
  new AuthenticationError('InvalidClientTokenId', 'The security token included in the request is invalid')

/** The session or the bearer token was valid once. */
export const expiredToken = () =>
  new AuthenticationError('ExpiredToken', 'The security token included in the request is expired')

/**
 * The access key or bearer token is unknown, deleted, revoked or inactive. One text for all of them, on purpose: a
 * stranger must not learn which key ids exist.
 */
export const invalidClientToken = () =>
  new AuthenticationError('InvalidClientTokenId', 'The security token included in the request is invalid.')

/** The signature is not the one that the secret of this key gives for this request. */
export const signatureDoesNotMatch = () =>
  new AuthenticationError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  )
