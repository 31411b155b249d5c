import { getIntrospectionQuery, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { buildSchema } from '../../src/graphql/schema.ts'
import { DEFAULT_QUERY } from '../../src/http/graphiql.ts'
import { SIGN_IN_FORM } from '../../src/http/sign-in-form.ts'
import { ALICE_TOKEN, json, post, type Served, serve } from './serve.ts'

const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' }
const FROM_ELSEWHERE = ['same-site', 'cross-site', 'none']

describe('the session cookie', () => {
  test('is set by a sign-in from a page of ours, out of reach of scripts and other sites', async () => {
    const answer = await post(await serve(), 'mutation { signIn }', SAME_ORIGIN)
    expect(answer.headers.getSetCookie()).toEqual([
      'latchkey-session-4000=token; Path=/; HttpOnly; SameSite=Strict; Expires=Wed, 01 Jan 2031 00:00:00 GMT',
    ])
  })

  test('is set for a page of the public address when the browser sends no fetch metadata', async () => {
    const answer = await post(await serve(), 'mutation { signIn }', { origin: 'http://127.0.0.1:4000' })
    expect(answer.headers.getSetCookie()).toHaveLength(1)
    const other = await post(await serve(), 'mutation { signIn }', { origin: 'http://127.0.0.1:4001' })
    expect(other.headers.getSetCookie()).toEqual([])
  })

  test('is Secure when the public address is https', async () => {
    const served = await serve({ publicUrl: 'https://iam.example.com' })
    expect((await post(served, 'mutation { signIn }', SAME_ORIGIN)).headers.getSetCookie().at(-1)).toContain(
      '; Secure;',
    )
  })

  test.each(['absent', ...FROM_ELSEWHERE])('is not set when Sec-Fetch-Site is %s', async (site) => {
    const headers: Record<string, string> = site === 'absent' ? {} : { 'sec-fetch-site': site }
    // Node's fetch adds no Sec-Fetch-Site of its own.
    expect((await post(await serve(), 'mutation { signIn }', headers)).headers.getSetCookie()).toEqual([])
  })

  test('authenticates pages of ours, and nobody else', async () => {
    const served = await serve()
    const cookie = `other=1; latchkey-session-4000=${ALICE_TOKEN}`
    const whoAmI = async (headers: Record<string, string>) =>
      (await json(await post(served, '{ whoAmI }', { cookie, ...headers }))).data?.whoAmI
    expect(await whoAmI(SAME_ORIGIN)).toBe('arn:aws:iam::123456789012:user/alice')
    expect(await whoAmI({})).toBeNull()
    for (const site of FROM_ELSEWHERE) expect(await whoAmI({ 'sec-fetch-site': site })).toBeNull()
  })

  test('is cleared by a sign-out', async () => {
    const answer = await post(await serve(), 'mutation { signOut }', SAME_ORIGIN)
    expect(answer.headers.getSetCookie().at(-1)).toMatch(
      /^latchkey-session-4000=; .*Expires=Thu, 01 Jan 1970 00:00:00 GMT$/,
    )
  })

  test('of a session that has ended is cleared, and the caller can still sign in', async () => {
    const answer = await post(await serve(), '{ whoAmI }', { ...SAME_ORIGIN, cookie: 'latchkey-session-4000=ended' })
    expect(answer.headers.getSetCookie().at(-1)).toMatch(/^latchkey-session-4000=; /)
    expect(await json(answer)).toEqual({ data: { whoAmI: null } })
  })

  test('does not soften the refusal of a header', async () => {
    const headers = { ...SAME_ORIGIN, cookie: `latchkey-session-4000=${ALICE_TOKEN}`, authorization: 'Bearer ended' }
    expect((await post(await serve(), '{ whoAmI }', headers)).status).toBe(403)
  })
})

describe('what a page of another site can send without asking', () => {
  test.each([
    ['text/plain', '{"query":"mutation { change }"}'],
    ['application/x-www-form-urlencoded', 'query=mutation%20%7B%20change%20%7D'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="query"\r\n\r\nmutation { change }\r\n--x--',
    ],
    ['application/graphql', 'mutation { change }'],
    ['application/json-like', '{"query":"mutation { change }"}'],
  ])('%s is refused with a coded 415', async (type, body) => {
    const answer = await send(await serve(), type, body)
    expect([answer.status, (await json(answer)).errors?.[0]?.extensions.code]).toEqual([415, 'UnsupportedMediaType'])
  })

  test('a mutation by GET is refused', async () => {
    const { url } = await serve()
    const answer = await fetch(`${url}/graphql?query=${encodeURIComponent('mutation { change }')}`)
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await json(answer)).data).toBeUndefined()
  })
})

describe('CORS', () => {
  test('lets a listed origin send signed and bearer requests, without credentials of the browser', async () => {
    const served = await serve()
    const origin = 'https://portal.example.com'
    const asked = await preflight(served, origin)
    expect(asked.status).toBe(204)
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin)
    expect(asked.headers.get('access-control-allow-headers')).toContain('authorization')
    const answered = await post(served, '{ whoAmI }', { origin })
    expect(answered.headers.get('access-control-allow-origin')).toBe(origin)
    for (const { headers } of [asked, answered]) {
      expect(headers.get('access-control-allow-credentials')).toBeNull()
      expect(headers.get('vary')).toContain('origin')
    }
  })

  test.each(['https://evil.example.com', 'https://portal.example.com.evil.com', 'http://portal.example.com', 'null'])(
    'tells %s nothing',
    async (origin) => {
      const served = await serve()
      for (const { headers } of [await preflight(served, origin), await post(served, '{ whoAmI }', { origin })]) {
        expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
      }
    },
  )
})

describe('GraphiQL', () => {
  test('is served to browsers from this host alone, under a policy of its own', async () => {
    const { url } = await serve()
    const page = await fetch(`${url}/graphql`, { headers: { accept: 'text/html,*/*;q=0.8', 'accept-encoding': 'br' } })
    expect([page.status, page.headers.get('content-encoding'), page.headers.get('content-type')]).toEqual([
      200,
      'br',
      'text/html; charset=utf-8',
    ])
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'")
    const html = await page.text()
    expect(html).toContain('mutation SignIn')
    expect(html).toContain('query WhoAmI')
    expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/)
    const again = await fetch(`${url}/graphql`, {
      headers: { accept: 'text/html', 'if-none-match': page.headers.get('etag') ?? '' },
    })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  test('opens with operations that the schema has', () => {
    expect(validate(buildSchema(), parse(DEFAULT_QUERY))).toEqual([])
  })

  test('signs in and out with operations that the schema has', () => {
    const operations = [...SIGN_IN_FORM.matchAll(/'((?:query|mutation) [^']+)'/g)].map(
      ([, operation]) => operation ?? '',
    )
    expect(operations).toHaveLength(3)
    for (const operation of operations) expect(validate(buildSchema(), parse(operation))).toEqual([])
  })

  test('can introspect the schema within the limits', async () => {
    const options = { inputValueDeprecation: true, schemaDescription: true, specifiedByUrl: true, oneOf: true }
    const answer = await post(await serve({ schema: buildSchema() }), getIntrospectionQuery(options))
    expect((await json(answer)).errors).toBeUndefined()
  })
})

function send({ url }: Served, type: string, body: string): Promise<Response> {
  return fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': type }, body })
}

function preflight({ url }: Served, origin: string): Promise<Response> {
  const headers = { origin, 'access-control-request-method': 'POST' }
  return fetch(`${url}/graphql`, { method: 'OPTIONS', headers })
}
