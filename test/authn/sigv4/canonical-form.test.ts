import { createHash, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { canonicalPath } from '../../../src/authn/sigv4/percent-encoding.ts'
import { canonicalQuery, readQuery } from '../../../src/authn/sigv4/query-parameters.ts'
import { readHeaders } from '../../../src/authn/sigv4/request-headers.ts'
import { deriveSigningKey } from '../../../src/authn/sigv4/signing-key.ts'
import { parseSignature, SigningKeyCache, verifySignature } from '../../../src/authn/sigv4/index.ts'
import { accessKeyId, now, secretAccessKey, services, signedBySdk, verify } from './requests.ts'

const scope = { date: '20250102', region: 'us-east-1', service: 'iam' }

describe('paths', () => {
  test.each([
    ['', '/'],
    ['/', '/'],
    ['/graphql', '/graphql'],
    ['//', '/'],
    ['//a///b', '/a/b'],
    ['/a/./b/', '/a/b/'],
    ['/a/../b', '/b'],
    ['/../..', '/'],
    ['/.well-known/jwks.json', '/.well-known/jwks.json'],
    ['/a%20b', '/a%2520b'],
    ['/a%2Fb', '/a%252Fb'],
    ['/a*b(c)', '/a%2Ab%28c%29'],
    ['/\u00c3\u00a9', '/%C3%A9'],
    ['/漢', '/%E6%BC%A2'],
  ])('%j is signed as %j', (path, canonical) => {
    expect(canonicalPath(path)).toBe(canonical)
  })
})

describe('queries', () => {
  test.each([
    ['', ''],
    ['b=2&a=1', 'a=1&b=2'],
    ['a=2&a=1&a=10', 'a=1&a=10&a=2'],
    ['a-b=1&a=2', 'a=2&a-b=1'],
    ['a', 'a='],
    ['&a=1&&', 'a=1'],
    ['a=b+c%20d', 'a=b%20c%20d'],
    ['a=%7e%2a*', 'a=~%2A%2A'],
    ['a=b=c', 'a=b%3Dc'],
    ['a=%ff%fe', 'a=%FF%FE'],
    ['X-Amz-Signature=00&a=1', 'a=1'],
    ['X-Amz-Signature=00&X-Amz-Signature=11', 'X-Amz-Signature=11'],
    ['x-amz-signature=00', 'x-amz-signature=00'],
  ])('%j is signed as %j', (query, canonical) => {
    expect(canonicalQuery(readQuery(query))).toBe(canonical)
  })
})

test('only blanks and tabs are trimmed, not bytes that end a letter of UTF-8', () => {
  const bytes = Buffer.from('\u00e0 \u00e0').toString('latin1')
  expect(bytes).toBe('\u00c3\u00a0 \u00c3\u00a0')
  expect(readHeaders(['x', ` \t${bytes}\t `])).toEqual(new Map([['x', bytes]]))
})

test('headers are trimmed, inner blanks made one, and those sent twice joined by a comma in order', () => {
  const raw = ['X-Amz-Meta', '  a   b ', 'Host', 'h', 'x-amz-meta', 'c\t d', 'X-AMZ-META', '']
  expect(readHeaders(raw)).toEqual(
    new Map([
      ['x-amz-meta', 'a b,c d,'],
      ['host', 'h'],
    ]),
  )
})

/** Signed by hand, for what the SDK's signer cannot express. */
function signedByHand(rawHeaders: string[], amzDate: string, canonicalHeaders: string, signedHeaders: string) {
  const emptyHash = createHash('sha256').digest('hex')
  const canonical = `GET\n/\n\n${canonicalHeaders}\n${signedHeaders}\n${emptyHash}`
  const hash = createHash('sha256').update(canonical, 'latin1').digest('hex')
  const text = `AWS4-HMAC-SHA256\n${amzDate}\n20250102/us-east-1/iam/aws4_request\n${hash}`
  const signature = createHmac('sha256', deriveSigningKey(secretAccessKey, scope)).update(text).digest('hex')
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20250102/us-east-1/iam/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`
  return {
    method: 'GET',
    url: '/',
    rawHeaders: [...rawHeaders, 'Authorization', authorization],
    body: new Uint8Array(),
  }
}

test('headers are signed as the bytes that were sent, repeated ones joined', () => {
  const date = '20250102T030405Z'
  const raw = ['Host', 'h', 'X-Amz-Date', date, 'X-Amz-Meta', 'caf\u00e9', 'X-Amz-Meta', 'b']
  const request = signedByHand(
    raw,
    date,
    `host:h\nx-amz-date:${date}\nx-amz-meta:caf\u00e9,b\n`,
    'host;x-amz-date;x-amz-meta',
  )
  expect(verify(request)).toBe('verified')
  expect(verify({ ...request, rawHeaders: request.rawHeaders.with(5, 'cafe') })).toBe('SignatureDoesNotMatch')
})

test('a client without X-Amz-Date signs its Date header, in HTTP or in basic format', () => {
  for (const date of ['Thu, 02 Jan 2025 03:04:05 GMT', '20250102T030405Z']) {
    const request = signedByHand(['Host', 'h', 'Date', date], '20250102T030405Z', `date:${date}\nhost:h\n`, 'date;host')
    expect(verify(request)).toBe('verified')
  }
})

test('headers that proxies add need no signature', async () => {
  const request = await signedBySdk({
    method: 'GET',
    path: '/',
    query: {},
    headers: { host: 'h' },
    body: new Uint8Array(),
  })
  const rawHeaders = [...request.rawHeaders, 'X-Amzn-Trace-Id', 'Root=1', 'X-Forwarded-For', '192.0.2.1']
  expect(verify({ ...request, rawHeaders })).toBe('verified')
})

async function parsed() {
  const request = await signedBySdk({
    method: 'GET',
    path: '/',
    query: {},
    headers: { host: 'h' },
    body: new Uint8Array(),
  })
  const result = parseSignature(request, { now, services })
  if (!result.ok) throw result.error
  return result.signature
}

describe('the cache of signing keys', () => {
  test('answers for the very secret only: a changed secret never hits', async () => {
    const keys = new SigningKeyCache()
    const signature = await parsed()
    expect(verifySignature(signature, secretAccessKey, keys)).toBe(true)
    expect(verifySignature(signature, secretAccessKey, keys)).toBe(true)
    expect(keys.find(accessKeyId, secretAccessKey, scope)).toEqual(deriveSigningKey(secretAccessKey, scope))
    expect(keys.find(accessKeyId, 'another secret', scope)).toBeUndefined()
    expect(keys.find('AKIAOTHER', secretAccessKey, scope)).toBeUndefined()
    expect(keys.find(accessKeyId, secretAccessKey, { ...scope, date: '20250103' })).toBeUndefined()
    expect(verifySignature(signature, 'another secret', keys)).not.toBe(true)
  })

  test('remembers no key whose signature was wrong, so strangers cannot push others out', async () => {
    const keys = new SigningKeyCache()
    const signature = await parsed()
    expect(verifySignature({ ...signature, signature: 'a'.repeat(64) }, secretAccessKey, keys)).not.toBe(true)
    expect(keys.find(accessKeyId, secretAccessKey, scope)).toBeUndefined()
  })
})

test('presigned requests and session tokens are read from where the client put them', async () => {
  const plain = {
    method: 'GET',
    path: '/',
    query: { Action: 'GetUser' },
    headers: { host: 'h' },
    body: new Uint8Array(),
  }
  for (const presigned of [false, true]) {
    const signed = await signedBySdk(plain, { sessionToken: 'a+b/c=', presigned, service: 'sts', region: 'eu-west-1' })
    const parsed = parseSignature(signed, { now, services })
    expect(parsed).toMatchObject({
      ok: true,
      signature: {
        form: presigned ? 'query' : 'header',
        accessKeyId,
        sessionToken: 'a+b/c=',
        scope: { region: 'eu-west-1', service: 'sts' },
        signedAt: now,
      },
    })
  }
})
