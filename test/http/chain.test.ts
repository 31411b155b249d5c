import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { signatureDoesNotMatch } from '../../src/authn/authentication-error.ts'
import { createLog } from '../../src/http/log.ts'
import { createMetrics } from '../../src/http/metrics.ts'
import { metricsApp } from '../../src/http/server.ts'
import { ALICE_TOKEN, answering, json, listenOn, post, type Served, serve } from './serve.ts'

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('every answer', () => {
  test.each(['/', '/graphql?query={whoAmI}', '/healthz', '/readyz', '/metrics', '/nowhere', '/.well-known/jwks.json'])(
    'of %s carries the request id and the security headers',
    async (path) => {
      const { url } = await serve()
      const { headers } = await fetch(url + path, { redirect: 'manual' })
      expect(headers.get('x-amzn-requestid')).toMatch(UUID_V4)
      expect(headers.get('x-request-id')).toBe(headers.get('x-amzn-requestid'))
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
      expect(headers.get('strict-transport-security')).toBeNull()
    },
  )

  test('asks browsers to stay on TLS when the public address is https', async () => {
    const { url } = await serve({ publicUrl: 'https://iam.example.com' })
    expect((await fetch(`${url}/healthz`)).headers.get('strict-transport-security')).toBe('max-age=31536000')
  })

  test('asks it of subdomains, too, only where the operator says so and TLS is there', async () => {
    expect(await hstsOf('https://iam.example.com')).toBe('max-age=31536000; includeSubDomains')
    expect(await hstsOf('http://iam.example.com')).toBeNull()
  })

  test('of GraphQL is kept out of caches, because it may hold a secret', async () => {
    expect((await post(await serve(), '{ whoAmI }')).headers.get('cache-control')).toBe('no-store')
  })

  test('has an id of its own', async () => {
    const { url } = await serve()
    const ids = await Promise.all(
      ['/healthz', '/healthz'].map(async (path) => (await fetch(url + path)).headers.get('x-request-id')),
    )
    expect(new Set(ids).size).toBe(2)
  })
})

describe('routing', () => {
  test('sends a browser at / to GraphiQL, and answers others with a coded 404 or, when they post, in the AWS protocol', async () => {
    const { url } = await serve()
    const page = await fetch(url, { headers: { accept: 'text/html' }, redirect: 'manual' })
    expect([page.status, page.headers.get('location')]).toEqual([302, '/graphql'])
    const answer = await fetch(url)
    expect([answer.status, (await json(answer)).errors?.[0]?.extensions.code]).toEqual([404, 'NotFound'])
    const posted = await fetch(url, { method: 'POST' })
    expect([posted.status, await posted.text()]).toEqual([400, expect.stringContaining('<Code>MissingAction</Code>')])
  })

  test('answers unknown addresses with a coded 404 that names the request', async () => {
    const { url } = await serve()
    const answer = await fetch(`${url}/graphql/more`)
    const requestId = answer.headers.get('x-request-id')
    expect(answer.status).toBe(404)
    expect(await json(answer)).toEqual({
      errors: [{ message: 'There is nothing at this address.', extensions: { code: 'NotFound', requestId } }],
    })
  })

  test('names the methods that an address has', async () => {
    const { url } = await serve()
    const answer = await fetch(`${url}/graphql`, { method: 'DELETE' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST'])
  })

  test('answers HEAD without a body', async () => {
    const { url } = await serve()
    const answer = await fetch(`${url}/healthz`, { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })

  test('is alive, but not ready, while the database does not answer', async () => {
    const { url } = await serve({
      ready: async () => {
        throw new Error('connection refused')
      },
    })
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    const ready = await fetch(`${url}/readyz`)
    expect([ready.status, (await json(ready)).errors?.[0]?.extensions.code]).toEqual([503, 'ServiceUnavailable'])
  })

  test('publishes the keys that verify tokens', async () => {
    const answer = await fetch(`${(await serve()).url}/.well-known/jwks.json`)
    expect([await answer.json(), answer.headers.get('cache-control')]).toEqual([{ keys: [] }, 'public, max-age=300'])
  })
})

describe('limits', () => {
  test('a body of more than a million bytes is refused with a coded 413', async () => {
    const query = `{ echo(text: "${'x'.repeat(1_000_001)}") }`
    const answer = await post(await serve(), query, { authorization: `Bearer ${ALICE_TOKEN}` })
    expect([answer.status, (await json(answer)).errors?.[0]?.extensions.code]).toEqual([413, 'PayloadTooLarge'])
  })

  test('a chunked body that does not say its length is measured all the same', async () => {
    const { url } = await serve()
    const status = await new Promise((resolve, reject) => {
      const sending = request(
        `${url}/graphql`,
        { method: 'POST', headers: { 'content-type': 'application/json' } },
        (answer) => resolve(answer.resume().statusCode),
      ).on('error', reject)
      for (let sent = 0; sent < 12; sent++) sending.write(Buffer.alloc(100_000, ' '))
      sending.end()
    })
    expect(status).toBe(413)
  })

  test('a body just below the limit passes', async () => {
    const text = 'x'.repeat(900_000)
    const headers = { authorization: `Bearer ${ALICE_TOKEN}` }
    expect(await json(await post(await serve(), `{ echo(text: "${text}") }`, headers))).toEqual({
      data: { echo: text },
    })
  })

  test.each([
    ['headers that Node would count', 120],
    ['headers that Node would leave out without a word', 2_100],
  ])('a request with more than a hundred %s is refused', async (_what, count) => {
    const { url } = await serve()
    const headers = Object.fromEntries(Array.from({ length: count }, (_, i) => [`h${i}`, '']))
    const status = await new Promise((resolve, reject) => {
      request(`${url}/healthz`, { headers }, (answer) => resolve(answer.resume().statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(431)
  })

  test.each([
    [
      'deep',
      `{ ${'self { '.repeat(12)} whoAmI ${'}'.repeat(12)} }`,
      'Syntax Error: Query depth limit of 12 exceeded, found 13.',
    ],
    [
      'deep through fragments',
      `{ ...a } fragment a on Query { ${'self { '.repeat(12)} whoAmI ${'}'.repeat(12)} }`,
      'Syntax Error: Query depth limit of 12 exceeded, found 13.',
    ],
    [
      'full of aliases',
      `{ ${Array.from({ length: 101 }, (_, i) => `a${i}: whoAmI`).join(' ')} }`,
      'Syntax Error: Aliases limit of 100 exceeded, found 101.',
    ],
    ['long', `{ ${'whoAmI '.repeat(4_000)} }`, 'Syntax Error: Token limit of 4000 exceeded.'],
  ])('a query that is %s is refused before it runs', async (_what, query, message) => {
    const answer = await post(await serve(), query, { accept: 'application/graphql-response+json' })
    expect(answer.status).toBe(400)
    const { errors, data } = await json(answer)
    expect([errors?.[0]?.message, data]).toEqual([message, undefined])
  })

  test('a batch is refused', async () => {
    const { url } = await serve()
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ whoAmI }' }]),
    })
    expect(answer.status).toBe(400)
  })
})

describe('authentication', () => {
  test('a refused credential is answered before the body is even parsed, with its code and status', async () => {
    const served = await serve({
      authenticator: answering(async () => {
        throw signatureDoesNotMatch()
      }),
    })
    const answer = await fetch(`${served.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: '{ this is no JSON',
    })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      403,
      'application/graphql-response+json; charset=utf-8',
    ])
    expect((await json(answer)).errors?.[0]?.extensions).toEqual({
      code: 'SignatureDoesNotMatch',
      requestId: answer.headers.get('x-request-id'),
    })
  })

  test('sees the bytes and headers exactly as they came in', async () => {
    let seen: unknown
    const { url } = await serve({
      authenticator: answering(async (signed) => {
        const doubled = signed.rawHeaders.filter((text) => /^x-doubled$/i.test(text))
        seen = { method: signed.method, target: signed.url, doubled, body: Buffer.from(signed.body).toString() }
        return null
      }),
    })
    const body = '{ "query" :  "{ whoAmI }" }'
    await new Promise((resolve, reject) => {
      request(
        `${url}/graphql?b=%2F&a=//`,
        {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: 'AWS4-HMAC-SHA256', 'X-Doubled': ['1', '2'] },
        },
        (answer) => answer.resume().on('end', resolve),
      )
        .on('error', reject)
        .end(body)
    })
    expect(seen).toEqual({
      method: 'POST',
      target: '/graphql?b=%2F&a=//',
      doubled: ['X-Doubled', 'X-Doubled'],
      body,
    })
  })
})

test('what an operation records is recorded before the caller has the answer', async () => {
  const order: string[] = []
  const served = await serve({
    openContext: () => ({
      context: {},
      finish: async () => {
        await new Promise(setImmediate)
        order.push('recorded')
      },
    }),
  })
  await post(served, '{ echo(text: "") }')
  order.push('answered')
  expect(order).toEqual(['recorded', 'answered'])
})

describe('metrics', () => {
  test('count by field of the schema, never by what the caller made up', async () => {
    const served = await serve()
    await post(served, 'query Invented1 { alias1: whoAmI }')
    await post(served, 'query Invented2 { nonsense }')
    await post(served, '{ whoAmI echo(text: "") }')
    await fetch(`${served.url}/invented3`)
    const text = await (await fetch(`${served.url}/metrics`)).text()
    expect(text).toContain('latchkey_requests_total{path="/graphql",operation="query whoAmI",status="200"} 1')
    expect(text).toContain('latchkey_requests_total{path="/graphql",operation="several",status="200"} 1')
    expect(text).toContain('latchkey_requests_total{path="other",operation="none",status="404"} 1')
    expect(text).not.toMatch(/invented|alias1|nonsense/i)
  })

  test.each([
    ['came through a proxy', { 'x-forwarded-for': '192.0.2.1' }],
    ['came through a proxy of the newer kind', { forwarded: 'for=192.0.2.1' }],
    ['was made by a page whose name leads here', { host: 'rebound.example.com' }],
    ['names the public address', { host: 'iam.example.com' }],
    ['bears another token', { host: 'iam.example.com', authorization: 'Bearer not-the-token-of-metrics' }],
  ])('are refused when the request %s', async (_what, headers) => {
    const served = await serve({ metricsToken: METRICS_TOKEN, publicUrl: 'https://iam.example.com' })
    expect(await statusOfMetrics(served, headers)).toBe(404)
  })

  test('are for this machine by any of its names, and for who bears the token by any way', async () => {
    const served = await serve({ metricsToken: METRICS_TOKEN })
    expect(await statusOfMetrics(served, { host: 'localhost:4000' })).toBe(200)
    expect(await statusOfMetrics(served, { host: '[::1]:4000' })).toBe(200)
    const authorization = `Bearer ${METRICS_TOKEN}`
    const proxied = { host: 'iam.example.com', 'x-forwarded-for': '192.0.2.1', authorization }
    expect(await statusOfMetrics(served, proxied)).toBe(200)
  })
})

describe('figures on a port of their own', () => {
  test('are read there and nowhere else, under the same guard, and nothing else is there', async () => {
    const metrics = createMetrics({ token: METRICS_TOKEN })
    const main = await serve({ metrics, metricsApart: true })
    const apart = await listenOn(metricsApp({ metrics, log: createLog('silent') }))
    await post(main, '{ whoAmI }')
    expect(await statusOfMetrics(main, { authorization: `Bearer ${METRICS_TOKEN}` })).toBe(404)
    const text = await (await fetch(`${apart.url}/metrics`)).text()
    expect(text).toContain('latchkey_requests_total{path="/graphql",operation="query whoAmI",status="200"} 1')
    expect(await statusOfMetrics(apart, { host: 'rebound.example.com' })).toBe(404)
    expect(await statusOfMetrics(apart, { 'x-forwarded-for': '192.0.2.1' })).toBe(404)
    expect(await statusOfMetrics(apart, { host: 'x', authorization: `Bearer ${METRICS_TOKEN}` })).toBe(200)
    for (const path of ['/', '/graphql', '/readyz', '/schema.graphql'])
      expect((await fetch(apart.url + path)).status).toBe(404)
  })
})

const METRICS_TOKEN = 'the token of the metrics'.replaceAll(' ', '-')

/** By hand: `fetch` does not let anybody choose the host. */
function statusOfMetrics({ url }: Pick<Served, 'url'>, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${url}/metrics`, { headers }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end()
  })
}

describe('a proxy that nobody named', () => {
  const forwarded = { headers: { 'x-forwarded-for': '192.0.2.1' } }

  test('is warned of once', async () => {
    const { url, logged } = await serve()
    for (let n = 0; n < 3; n++) await fetch(`${url}/healthz`, forwarded)
    expect(logged().match(/LATCHKEY_TRUST_PROXY/g)).toHaveLength(1)
  })

  test('is not warned of when it is named, or when there is none', async () => {
    const named = await serve({ trustProxy: { kind: 'hops', hops: 1 } })
    await fetch(`${named.url}/healthz`, forwarded)
    const none = await serve()
    await fetch(`${none.url}/healthz`)
    expect(named.logged() + none.logged()).not.toContain('LATCHKEY_TRUST_PROXY')
  })
})

async function hstsOf(publicUrl: string): Promise<string | null> {
  const { url } = await serve({ publicUrl, hstsSubdomains: true })
  return (await fetch(`${url}/healthz`)).headers.get('strict-transport-security')
}
