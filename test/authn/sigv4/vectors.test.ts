import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { canonicalRequest } from '../../../src/authn/sigv4/canonical-request.ts'
import { parseSignature, type SignedRequest, verifySignature } from '../../../src/authn/sigv4/index.ts'
import { deriveSigningKey } from '../../../src/authn/sigv4/signing-key.ts'

const contentType = 'application/x-www-form-urlencoded; charset=utf-8'

test("the AWS guide's ListUsers example gives the published key, canonical hash and signature", () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
  const scope = { date: '20150830', region: 'us-east-1', service: 'iam' }
  expect(deriveSigningKey(secret, scope).toString('hex')).toBe(
    'c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9',
  )
  const request: SignedRequest = {
    method: 'GET',
    url: '/?Action=ListUsers&Version=2010-05-08',
    rawHeaders: [
      'Content-Type',
      contentType,
      'Host',
      'iam.amazonaws.com',
      'X-Amz-Date',
      '20150830T123600Z',
      'Authorization',
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    ],
    body: new Uint8Array(),
  }
  const parsed = parseSignature(request, { now: new Date('2015-08-30T12:36:00Z'), services: ['iam'] })
  if (!parsed.ok) throw parsed.error
  const { signature } = parsed
  expect(signature).toMatchObject({ form: 'header', accessKeyId: 'AKIDEXAMPLE', scope, sessionToken: undefined })
  const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  const canonical = canonicalRequest(signature.request, signature.signedHeaders, emptyHash)
  expect(createHash('sha256').update(canonical).digest('hex')).toBe(
    'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
  )
  expect(verifySignature(signature, secret)).toBe(true)
  expect(verifySignature(signature, secret.replace('+', '/'))).toMatchObject({ code: 'SignatureDoesNotMatch' })
})

test('a GetCallerIdentity form signed by an AWS SDK is accepted', () => {
  const request: SignedRequest = {
    method: 'POST',
    url: '/',
    rawHeaders: [
      'content-type',
      contentType,
      'host',
      'sts.us-east-1.amazonaws.com',
      'x-amz-date',
      '20250102T030405Z',
      'authorization',
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20250102/us-east-1/sts/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=2aa9b95df1dfe23a301e75610e636713f6045e0fe7da77e990a639bd46080ec8',
    ],
    body: Buffer.from('Action=GetCallerIdentity&Version=2011-06-15'),
  }
  const parsed = parseSignature(request, { now: new Date('2025-01-02T03:04:05Z'), services: ['sts'] })
  if (!parsed.ok) throw parsed.error
  expect(verifySignature(parsed.signature, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')).toBe(true)
})
