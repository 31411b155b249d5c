import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { type AuthenticationError, signatureDoesNotMatch } from '../authentication-error.ts'
import { canonicalRequest } from './canonical-request.ts'
import type { ParsedSignature } from './parse-signature.ts'
import { deriveSigningKey, type SigningKeyCache } from './signing-key.ts'
import { stringToSign } from './string-to-sign.ts'

/**
 * Task 4 of SigV4: whether the secret gives this signature for this request. Compares in constant time.
 *
 * The body is always hashed; a declared `x-amz-content-sha256` must be that hash, so `UNSIGNED-PAYLOAD` (an S3 notion)
 * is refused.
 *
 * @param signingKeys keeps derived keys between requests; without it the key is derived each time
 * @returns `true`, or SignatureDoesNotMatch
 */
export function verifySignature(
  parsed: ParsedSignature,
  secretAccessKey: string,
  signingKeys?: SigningKeyCache,
): true | AuthenticationError {
  const { request, accessKeyId, scope } = parsed
  const bodyHash = createHash('sha256').update(request.body).digest('hex')
  const declared = request.headers.get('x-amz-content-sha256')
  if (declared !== undefined && declared !== bodyHash) return signatureDoesNotMatch()

  const text = stringToSign(parsed.amzDate, scope, canonicalRequest(request, parsed.signedHeaders, bodyHash))
  const known = signingKeys?.find(accessKeyId, secretAccessKey, scope)
  const key = known ?? deriveSigningKey(secretAccessKey, scope)
  const expected = Buffer.from(createHmac('sha256', key).update(text).digest('hex'), 'latin1')
  // Compared as text: decoding would accept capital digits and trailing rubbish.
  const given = Buffer.from(parsed.signature, 'utf8')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return signatureDoesNotMatch()
  if (!known) signingKeys?.remember(accessKeyId, secretAccessKey, scope, key)
  return true
}
