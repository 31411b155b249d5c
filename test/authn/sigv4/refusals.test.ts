import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { parseSignature, type SignedRequest, verifySignature } from '../../../src/authn/sigv4/index.ts'
import { accessKeyId, now, secretAccessKey, services, signedBySdk } from './requests.ts'

const scope = '20250102/us-east-1/iam/aws4_request'
const hex = 'a'.repeat(64)

interface Parts {
  algorithm?: string
  credential?: string
  signedHeaders?: string
  signature?: string
}

function authorization({
  algorithm = 'AWS4-HMAC-SHA256',
  credential = `${accessKeyId}/${scope}`,
  signedHeaders = 'host;x-amz-date',
  signature = hex,
}: Parts = {}): string {
  return `${algorithm} Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`
}

function request(headers: Record<string, string>, url = '/'): SignedRequest {
  const all = { host: 'iam.example.com', 'x-amz-date': '20250102T030405Z', ...headers }
  return { method: 'POST', url, rawHeaders: Object.entries(all).flat(), body: new Uint8Array() }
}

function presigned(changes: Record<string, string | undefined> = {}): SignedRequest {
  const parameters: Record<string, string | undefined> = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${accessKeyId}/${scope}`,
    'X-Amz-Date': '20250102T030405Z',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': hex,
    ...changes,
  }
  const query = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return { method: 'GET', url: `/?${query.join('&')}`, rawHeaders: ['Host', 'iam.example.com'], body: new Uint8Array() }
}

/** [what is wrong, request, code, HTTP status, message] in AWS's order of checks. */
type Case = [title: string, request: SignedRequest, code: string, httpStatus: number, message: string]

const hostText = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
const dateText = (got: string) =>
  `Date must be in ISO-8601 'basic format'. Got '${got}'. See http://en.wikipedia.org/wiki/ISO_8601`
const partsText = (got: string) =>
  `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${got}'`
const equalSign = (part: string, header: string) =>
  `'${part}' not a valid key=value pair (missing equal-sign) in Authorization header: '${header}'.`
const hashed = (header: string) =>
  `(Hashed with SHA-256 and encoded with Base64) Authorization=${createHash('sha256').update(header).digest('base64')}`
const scoped = (credential: string) =>
  request({ authorization: authorization({ credential: `${accessKeyId}/${credential}` }) })

const incomplete = 'IncompleteSignature'
const mismatch = 'SignatureDoesNotMatch'
const cases: Case[] = [
  [
    'an escape that is not hexadecimal',
    request({}, '/?a=%zz'),
    'MalformedQueryString',
    400,
    'Illegal hex character in escape % pattern: %zz',
  ],
  ['a cut-off escape', request({}, '/?a=b%4'), 'MalformedQueryString', 400, 'Incomplete trailing escape % sequence'],
  [
    'a cut-off escape in the middle',
    request({}, '/?a%=b'),
    'MalformedQueryString',
    400,
    'Incomplete trailing escape % sequence',
  ],
  ['no signature', request({}), 'MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
  [
    'an empty Authorization header',
    request({ authorization: ' ' }),
    'MissingAuthenticationToken',
    403,
    'Request is missing Authentication Token',
  ],
  ['signatures in header and query', request({ authorization: authorization() }, presigned().url), mismatch, 403, ''],
  [
    'another algorithm',
    request({ authorization: authorization({ algorithm: 'AWS4-HMAC-SHA1' }) }),
    incomplete,
    400,
    "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1'.",
  ],
  [
    'another algorithm in the query',
    presigned({ 'X-Amz-Algorithm': 'AWS4-ECDSA-P256-SHA256' }),
    incomplete,
    400,
    "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.",
  ],
  [
    'a component without =',
    request({ authorization: 'AWS4-HMAC-SHA256 Credential=a, SignedHeaders' }),
    incomplete,
    400,
    equalSign('SignedHeaders', 'AWS4-HMAC-SHA256 Credential=a, SignedHeaders'),
  ],
  [
    'the algorithm alone',
    request({ authorization: 'AWS4-HMAC-SHA256', 'x-amz-date': '' }),
    incomplete,
    400,
    `Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ${hashed('AWS4-HMAC-SHA256')}`,
  ],
  [
    'no signature component',
    request({ authorization: 'AWS4-HMAC-SHA256 Credential=a,SignedHeaders=b,Signature=' }),
    incomplete,
    400,
    `Authorization header requires 'Signature' parameter. ${hashed('AWS4-HMAC-SHA256 Credential=a,SignedHeaders=b,Signature=')}`,
  ],
  [
    'no signature parameter',
    presigned({ 'X-Amz-Signature': undefined }),
    incomplete,
    400,
    "AWS query-string parameters must include 'X-Amz-Signature'. Re-examine the query-string parameters.",
  ],
  [
    'no date and no signed headers in the query',
    presigned({ 'X-Amz-Date': undefined, 'X-Amz-SignedHeaders': '' }),
    incomplete,
    400,
    "AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
  ],
  [
    'an unsigned host',
    request({ authorization: authorization({ signedHeaders: 'x-amz-date' }) }),
    mismatch,
    403,
    hostText,
  ],
  ['an unsigned host in the query', presigned({ 'X-Amz-SignedHeaders': 'x-amz-date' }), mismatch, 403, hostText],
  [
    'an unsigned x-amz- header',
    request({ authorization: authorization(), 'X-Amz-Security-Token': 'token' }),
    mismatch,
    403,
    "'x-amz-security-token' must be a 'SignedHeader' in the AWS Authorization.",
  ],
  [
    'a date in another format',
    request({ authorization: authorization(), 'x-amz-date': '2025-01-02T03:04:05Z' }),
    incomplete,
    400,
    dateText('2025-01-02T03:04:05Z'),
  ],
  [
    'a day that no calendar has',
    request({ authorization: authorization(), 'x-amz-date': '20250230T030405Z' }),
    incomplete,
    400,
    dateText('20250230T030405Z'),
  ],
  [
    'an hour that no clock has',
    presigned({ 'X-Amz-Date': '20250102T250405Z' }),
    incomplete,
    400,
    dateText('20250102T250405Z'),
  ],
  [
    'a signature of 15 minutes and a second ago',
    request({ authorization: authorization(), 'x-amz-date': '20250102T024904Z' }),
    mismatch,
    403,
    'Signature expired: 20250102T024904Z is now earlier than 20250102T024905Z (20250102T030405Z - 15 min.)',
  ],
  [
    'a presigned request of 15 minutes and a second ago, whatever X-Amz-Expires says',
    presigned({ 'X-Amz-Date': '20250102T024904Z', 'X-Amz-Expires': '604800' }),
    mismatch,
    403,
    'Signature expired: 20250102T024904Z is now earlier than 20250102T024905Z (20250102T030405Z - 15 min.)',
  ],
  [
    'a signature from the future',
    request({ authorization: authorization(), 'x-amz-date': '20250102T031906Z' }),
    mismatch,
    403,
    'Signature not yet current: 20250102T031906Z is still later than 20250102T031905Z (20250102T030405Z + 15 min.)',
  ],
  [
    'a credential of four parts',
    request({ authorization: authorization({ credential: 'a/20250102/us-east-1/iam' }) }),
    incomplete,
    400,
    partsText('a/20250102/us-east-1/iam'),
  ],
  [
    'a credential of six parts',
    presigned({ 'X-Amz-Credential': 'a/b/c/d/e/f' }),
    incomplete,
    400,
    partsText('a/b/c/d/e/f'),
  ],
  [
    'a region that is none',
    scoped('20250102/nowhere/iam/aws4_request'),
    mismatch,
    403,
    "Credential should be scoped to a valid region, not 'nowhere'. ",
  ],
  [
    'another service',
    scoped('20250102/eu-west-1/s3/aws4_request'),
    mismatch,
    403,
    "Credential should be scoped to correct service: 'iam'. ",
  ],
  [
    'another terminator',
    scoped('20250102/us-east-1/iam/aws5_request'),
    mismatch,
    403,
    "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ",
  ],
  [
    'a scope of another day',
    scoped('20250103/us-east-1/iam/aws4_request'),
    mismatch,
    403,
    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20250103' != '20250102', from '20250102T030405Z'.",
  ],
  [
    'everything wrong with the scope at once',
    scoped('1/x/y/z'),
    mismatch,
    403,
    "Credential should be scoped to a valid region, not 'x'. Credential should be scoped to correct service: 'iam'. Credential should be scoped with a valid terminator: 'aws4_request', not 'z'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '1' != '20250102', from '20250102T030405Z'.",
  ],
]

describe('refused before any key is looked up, with the exact code, status and message:', () => {
  test.each(cases)('%s', (_, signed, code, httpStatus, message) => {
    const parsed = parseSignature(signed, { now, services })
    if (parsed.ok) throw new Error('accepted')
    expect(parsed.error).toMatchObject({ name: 'AuthenticationError', code, httpStatus, message })
    expect(parsed.missing).toBe(code === 'MissingAuthenticationToken')
  })
})

test('of several faults the first in the order of checks answers', () => {
  // Each step mends one fault; the next one in AWS's order must then answer.
  const broken = {
    url: '/?a=%zz',
    algorithm: 'AWS4-HMAC-SHA1',
    extra: ', oops',
    signature: '',
    signedHeaders: 'x-amz-date',
    date: 'yesterday',
    credential: 'a/b/c',
  }
  const steps: [Partial<typeof broken>, RegExp][] = [
    [{}, /^Illegal hex/],
    [{ url: presigned().url }, /^$/],
    [{ url: '/' }, /^Unsupported AWS/],
    [{ algorithm: 'AWS4-HMAC-SHA256' }, /^'oops' not a valid key=value/],
    [{ extra: '' }, /requires 'Signature' parameter/],
    [{ signature: hex }, /^'Host'/],
    [{ signedHeaders: 'host;x-amz-date' }, /^Date must be/],
    [{ date: '20240102T030405Z' }, /^Signature expired/],
    [{ date: '20250102T030405Z' }, /^Credential must have/],
    [{ credential: 'a/1/x/y/z' }, /^Credential should be scoped/],
  ]
  let state = broken
  for (const [mended, message] of steps) {
    state = { ...state, ...mended }
    const header = `${state.algorithm} Credential=${state.credential}, SignedHeaders=${state.signedHeaders}, Signature=${state.signature}${state.extra}`
    const parsed = parseSignature(request({ authorization: header, 'x-amz-date': state.date }, state.url), {
      now,
      services,
    })
    expect(parsed.ok ? 'accepted' : parsed.error.message).toMatch(message)
  }
})

test('a signature is good for 15 minutes either way, to the second', () => {
  for (const date of ['20250102T024905Z', '20250102T031905Z'])
    expect(parseSignature(request({ authorization: authorization(), 'x-amz-date': date }), { now, services }).ok).toBe(
      true,
    )
})

function replace(signed: SignedRequest, from: RegExp, to: (text: string) => string): SignedRequest {
  return { ...signed, rawHeaders: signed.rawHeaders.map((value) => value.replace(from, to)) }
}

describe('a signature that is not that of the request', () => {
  const refusal = {
    code: 'SignatureDoesNotMatch',
    httpStatus: 403,
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  }
  const plain = { method: 'POST', path: '/', query: {}, headers: { host: 'iam.example.com' }, body: Buffer.from('{}') }

  async function verdict(change: (signed: SignedRequest) => SignedRequest, checksum = true) {
    const parsed = parseSignature(change(await signedBySdk(plain, { checksum })), { now, services })
    if (!parsed.ok) throw parsed.error
    return verifySignature(parsed.signature, secretAccessKey)
  }

  test('is refused with one text', async () => {
    expect(await verdict((signed) => signed)).toBe(true)
    expect(await verdict((signed) => replace(signed, /Signature=\w{4}/, () => 'Signature=0000'))).toMatchObject(refusal)
  })

  test('is refused when it is longer, shorter, in capitals or not hexadecimal', async () => {
    for (const start of ['Signature=', 'Signature=zz', 'Signature=00', 'Signature=é'])
      expect(await verdict((signed) => replace(signed, /Signature=\w{2}/, () => start))).toMatchObject(refusal)
    expect(await verdict((signed) => replace(signed, /(?<=Signature=)\w+/, (all) => `${all}00`))).toMatchObject(refusal)
    expect(
      await verdict((signed) => replace(signed, /(?<=Signature=)\w+/, (digits) => digits.toUpperCase())),
    ).toMatchObject(refusal)
  })

  test('cannot be had for an undeclared or another body', async () => {
    expect(await verdict((signed) => ({ ...signed, body: Buffer.from('[]') }))).toMatchObject(refusal)
    expect(await verdict((signed) => ({ ...signed, body: Buffer.from('[]') }), false)).toMatchObject(refusal)
    const unsigned = { ...plain, headers: { ...plain.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }
    const parsed = parseSignature(await signedBySdk(unsigned), { now, services })
    if (!parsed.ok) throw parsed.error
    expect(verifySignature(parsed.signature, secretAccessKey)).toMatchObject(refusal)
  })
})
