import { createServer, type Server } from 'node:http'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import * as fc from 'fast-check'
import { GraphQLClient } from 'graphql-request'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseSignature, type SignedRequest, verifySignature } from '../../src/authn/sigv4/index.ts'
import { createBearerFetch, createSigningFetch, type SigningFetchOptions } from '../../src/client/index.ts'

const now = new Date('2025-01-02T03:04:05Z')
const credentials = { accessKeyId: 'AKIARZPUZDIKFABCDEF2', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }

let server: Server
let origin: string
let received: SignedRequest
beforeAll(async () => {
  // Answers GraphQL requests whose signature holds, and remembers what came over the wire.
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request
      received = { method, url, rawHeaders, body: Buffer.concat(chunks) }
      const verdict = verify(received)
      response.writeHead(verdict === true ? 200 : 403, { 'content-type': 'application/json' })
      response.end(JSON.stringify(verdict === true ? { data: { viewer: { arn: 'arn' } } } : { errors: [verdict] }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port')
  origin = `http://127.0.0.1:${address.port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

function verify(request: SignedRequest) {
  const parsed = parseSignature(request, { now, services: ['iam', 'sts', 'latchkey'] })
  if (!parsed.ok) return parsed.error
  return verifySignature(parsed.signature, credentials.secretAccessKey)
}

const signing = (rest: Partial<SigningFetchOptions> = {}) =>
  createSigningFetch({ ...credentials, now: () => now, ...rest })
const header = (name: string) =>
  received.rawHeaders.find((_, index) => received.rawHeaders[index - 1]?.toLowerCase() === name && index % 2 === 1)

describe('over the wire, the server accepts', () => {
  test('a GraphQL client that was given the fetch', async () => {
    const client = new GraphQLClient(`${origin}/graphql`, { fetch: signing() })
    expect(await client.request('query ($name: String) { viewer { arn } }', { name: 'Jos\u00e9 漢字' })).toEqual({
      viewer: { arn: 'arn' },
    })
    expect(header('authorization')).toContain('SignedHeaders=content-type;host;x-amz-date,')
  })

  test('temporary credentials, another region and service', async () => {
    const fetch = signing({ sessionToken: 'LKS1a+b/c', region: 'eu-west-1', service: 'latchkey' })
    expect((await fetch(`${origin}/graphql`, { method: 'POST', body: '{}' })).status).toBe(200)
    expect(header('x-amz-security-token')).toBe('LKS1a+b/c')
    expect(header('authorization')).toContain('/20250102/eu-west-1/latchkey/aws4_request')
  })

  test.each<[string, BodyInit, string | undefined]>([
    ['a string', 'text é', 'text/plain;charset=UTF-8'],
    ['bytes', new Uint8Array([0, 255, 128]).subarray(1), undefined],
    ['a buffer', new Uint8Array([1, 2, 3]).buffer, undefined],
    [
      'a form',
      new URLSearchParams({ Action: 'GetUser', Version: '2010-05-08' }),
      'application/x-www-form-urlencoded;charset=UTF-8',
    ],
  ])('%s as body, with the type that fetch gives it', async (_, body, contentType) => {
    expect((await signing()(`${origin}/`, { method: 'POST', body })).status).toBe(200)
    expect(header('content-type')).toBe(contentType)
    await fetch(`${origin}/`, { method: 'POST', body })
    expect(header('content-type')).toBe(contentType)
  })

  test('a Request, its headers and body, and what overrides them', async () => {
    const request = new Request(`${origin}/a?b=c`, {
      method: 'PUT',
      body: 'text',
      headers: { 'X-Amz-Meta': ' a  b \u00e9 ' },
    })
    expect((await signing()(request)).status).toBe(200)
    expect(received).toMatchObject({ method: 'PUT', url: '/a?b=c', body: Buffer.from('text') })
    expect(header('authorization')).toContain('SignedHeaders=content-type;host;x-amz-date;x-amz-meta,')
    expect((await signing()(request, { method: 'POST', body: 'other' })).status).toBe(200)
    expect(received).toMatchObject({ method: 'POST', body: Buffer.from('other') })
  })

  test('every path and query that a URL can have', async () => {
    const piece = fc.string({ unit: fc.constantFrom(...Array.from("aZ0-._~!$'()*+,;=:@/ %2é漢|^")), maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(piece, fc.array(fc.tuple(piece, piece), { maxLength: 3 }), async (path, query) => {
        const url = new URL(`${origin}/`)
        url.pathname = path
        url.search = new URLSearchParams(query).toString()
        expect((await signing()(url)).status).toBe(200)
      }),
      { numRuns: 100 },
    )
  })
})

test('a method in small letters, a key of another day', async () => {
  let clock = now
  const fetch = signing({ now: () => clock })
  expect((await fetch(`${origin}/`, { method: 'patch', body: '' })).status).toBe(200)
  clock = new Date('2025-01-01T03:04:05Z')
  const late = await fetch(`${origin}/`)
  expect(late.status).toBe(403)
  expect(await late.text()).toContain('SignatureDoesNotMatch')
  clock = now
  expect((await fetch(`${origin}/`)).status).toBe(200)
})

test("the signature is the AWS SDK's", async () => {
  let sent: Headers | undefined
  const fetch = signing({
    sessionToken: 'token',
    fetch: async (_, init) => {
      sent = new Headers(init?.headers)
      return new Response()
    },
  })
  const body = '{"query":"{ viewer { arn } }"}'
  const contentType = 'application/json'
  await fetch('https://iam.example.com:8443/graph%20ql?b=2&a=x+y', {
    method: 'POST',
    body,
    headers: { 'content-type': contentType },
  })
  const sdk = new SignatureV4({
    credentials: { ...credentials, sessionToken: 'token' },
    region: 'us-east-1',
    service: 'iam',
    sha256: Sha256,
    applyChecksum: false,
  })
  const expected = await sdk.sign(
    {
      method: 'POST',
      protocol: 'https:',
      hostname: 'iam.example.com',
      path: '/graph%20ql',
      query: { a: 'x y', b: '2' },
      headers: { host: 'iam.example.com:8443', 'content-type': contentType },
      body,
    },
    { signingDate: now },
  )
  expect(sent?.get('authorization')).toBe(expected.headers.authorization)
})

test('a body whose bytes cannot be known beforehand is refused', async () => {
  await expect(signing()(`${origin}/`, { method: 'POST', body: new FormData() })).rejects.toThrow(TypeError)
  await expect(signing()(`${origin}/`, { method: 'POST', body: new ReadableStream() })).rejects.toThrow(TypeError)
})

test('a wrong secret is refused by the server, and an abort signal reaches the sender', async () => {
  expect((await signing({ secretAccessKey: 'wrong' })(`${origin}/`)).status).toBe(403)
  await expect(signing()(`${origin}/`, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
})

test('a bearer fetch sends the current token beside the headers it was given', async () => {
  const seen: (string | null)[] = []
  const send: typeof globalThis.fetch = async (_, init) => {
    const headers = new Headers(init?.headers)
    seen.push(headers.get('authorization'), headers.get('x-a'))
    return new Response()
  }
  let token = 'one'
  const fetch = createBearerFetch({ accessToken: () => token, fetch: send })
  await fetch('https://h/', { headers: { 'x-a': '1' } })
  token = 'two'
  await fetch(new Request('https://h/', { headers: { 'x-a': '2' } }))
  await createBearerFetch({ accessToken: 'three', fetch: send })('https://h/')
  expect(seen).toEqual(['Bearer one', '1', 'Bearer two', '2', 'Bearer three', null])
})
