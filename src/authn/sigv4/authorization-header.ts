import { createHash } from 'node:crypto'
import { AuthenticationError } from '../authentication-error.ts'
import type { RequestHeaders } from './request-headers.ts'
import { algorithm, type SignatureParts } from './signature-parts.ts'

/**
 * Reads `Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…` and the headers that belong to it.
 * Of components stated twice the first counts; unknown ones are ignored.
 *
 * @throws AuthenticationError IncompleteSignature for another algorithm, a component without `=`, or a missing one
 */
export function readAuthorizationHeader(authorization: string, headers: RequestHeaders): SignatureParts {
  const blank = authorization.indexOf(' ')
  const scheme = blank < 0 ? authorization : authorization.slice(0, blank)
  if (scheme !== algorithm)
    throw new AuthenticationError('IncompleteSignature', `Unsupported AWS 'algorithm': '${scheme}'.`)

  const components = readComponents(blank < 0 ? '' : authorization.slice(blank + 1), authorization)
  const { Credential: credential, SignedHeaders: signedHeaders, Signature: signature } = components
  const date = headers.get('x-amz-date') || headers.get('date')
  if (credential && signedHeaders && signature && date)
    return { credential, signedHeaders, signature, date, sessionToken: headers.get('x-amz-security-token') }

  let missing = ''
  if (!credential) missing += "Authorization header requires 'Credential' parameter. "
  if (!signature) missing += "Authorization header requires 'Signature' parameter. "
  if (!signedHeaders) missing += "Authorization header requires 'SignedHeaders' parameter. "
  if (!date) missing += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
  // AWS once echoed the header here and now answers with its hash: a credential pasted into the wrong place is not
  // repeated into a response or a log.
  const hash = createHash('sha256').update(authorization, 'latin1').digest('base64')
  throw new AuthenticationError(
    'IncompleteSignature',
    `${missing}(Hashed with SHA-256 and encoded with Base64) Authorization=${hash}`,
  )
}

interface Components {
  Credential?: string
  SignedHeaders?: string
  Signature?: string
}

function readComponents(list: string, authorization: string): Components {
  const components: Components = {}
  if (list.trim() === '') return components
  for (const part of list.split(',')) {
    const component = part.trim()
    const equals = component.indexOf('=')
    if (equals < 0)
      throw new AuthenticationError(
        'IncompleteSignature',
        `'${component}' not a valid key=value pair (missing equal-sign) in Authorization header: '${authorization}'.`,
      )
    const name = component.slice(0, equals)
    if (name === 'Credential' || name === 'SignedHeaders' || name === 'Signature')
      components[name] ??= component.slice(equals + 1)
  }
  return components
}
