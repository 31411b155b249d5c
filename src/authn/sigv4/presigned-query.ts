import { AuthenticationError } from '../authentication-error.ts'
import { type QueryParameter, queryValue } from './query-parameters.ts'
import type { RequestHeaders } from './request-headers.ts'
import { algorithm, type SignatureParts } from './signature-parts.ts'

/** Whether the query claims to carry a signature. */
export function isPresigned(query: readonly QueryParameter[]): boolean {
  for (const { name } of query)
    if (name === 'X-Amz-Signature' || name === 'X-Amz-Algorithm' || name === 'X-Amz-Credential') return true
  return false
}

/**
 * Reads the query form of a signature (`X-Amz-Algorithm=…&X-Amz-Credential=…`). `X-Amz-Expires` is not read: IAM and
 * STS accept a presigned request for 15 minutes, whatever it says.
 *
 * @throws AuthenticationError IncompleteSignature for another algorithm or a missing parameter
 */
export function readPresignedQuery(query: readonly QueryParameter[], headers: RequestHeaders): SignatureParts {
  const scheme = queryValue(query, 'X-Amz-Algorithm')
  if (scheme && scheme !== algorithm)
    throw new AuthenticationError('IncompleteSignature', `Unsupported AWS 'algorithm': '${scheme}'.`)
  const credential = queryValue(query, 'X-Amz-Credential')
  const signature = queryValue(query, 'X-Amz-Signature')
  const signedHeaders = queryValue(query, 'X-Amz-SignedHeaders')
  const date = queryValue(query, 'X-Amz-Date')
  if (scheme && credential && signature && signedHeaders && date) {
    const sessionToken = queryValue(query, 'X-Amz-Security-Token') ?? headers.get('x-amz-security-token')
    return { credential, signature, signedHeaders, date, sessionToken }
  }
  const required = {
    'X-Amz-Algorithm': scheme,
    'X-Amz-Credential': credential,
    'X-Amz-Signature': signature,
    'X-Amz-SignedHeaders': signedHeaders,
    'X-Amz-Date': date,
  }
  const missing = Object.entries(required)
    .filter(([, value]) => !value)
    .map(([name]) => `AWS query-string parameters must include '${name}'. `)
  throw new AuthenticationError('IncompleteSignature', `${missing.join('')}Re-examine the query-string parameters.`)
}
