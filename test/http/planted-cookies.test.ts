import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testClock } from '../support/services.ts'
import { ROOT_PASSWORD, startApplication } from './serve-application.ts'

type Server = Awaited<ReturnType<typeof startApplication>>

const HOST_COOKIE = '__Host-latchkey-session'
const HTTP_COOKIE = 'latchkey-session-4000'
const WHO = '{ viewer { arn } }'
const EVENTS = 'subscription { auditEventAdded { action } }'
const ROOT = 'arn:aws:iam::123456789012:root'
const signInMutation = (password: string) =>
  `mutation { signIn(input: { rootEmail: "root@example.com", password: "${password}" }) { accessToken } }`
const SIGN_IN = signInMutation(ROOT_PASSWORD)
/** Every place of a cookie that a browser sends to `/graphql` of this host, but the one where ours is. */
const PLACES = [
  'Path=/graphql',
  'Path=/; Domain=iam.dev.example.com',
  'Path=/graphql; Domain=iam.dev.example.com',
  'Path=/; Domain=dev.example.com',
  'Path=/graphql; Domain=dev.example.com',
  'Path=/; Domain=example.com',
  'Path=/graphql; Domain=example.com',
]

let https: Server
let http: Server
beforeAll(async () => {
  const clock = testClock()
  https = await startApplication({ clock, publicUrl: 'https://iam.dev.example.com' })
  http = await startApplication({ clock, publicUrl: 'http://iam.dev.example.com:4000' })
})
afterAll(async () => {
  await https.close()
  await http.close()
})

/** What a page of ours sends when the browser's jar holds these cookies, one header line each. */
async function ask({ url }: Server, query: string, cookies: readonly string[] = [], accept = 'application/json') {
  const headers = new Headers({ 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', accept })
  for (const cookie of cookies) headers.append('cookie', cookie)
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })
  return { set: answer.headers.getSetCookie(), text: await answer.text() }
}

/** The token of a session, as whoever plants a cookie has one, too. */
async function begin(server: Server): Promise<string> {
  const { set } = await ask(server, SIGN_IN)
  return set.at(-1)?.split(/[=;]/)[1] ?? ''
}

const begun = new Map<Server, Promise<string>>()

/** One that stands and that no test ends. */
function session(server: Server): Promise<string> {
  const token = begun.get(server) ?? begin(server)
  begun.set(server, token)
  return token
}

async function callerOf(server: Server, cookies: readonly string[]): Promise<string | undefined> {
  return /arn:aws:iam::\d+:\w+/.exec((await ask(server, WHO, cookies)).text)?.[0]
}

describe.each([
  ['https', HOST_COOKIE, () => https],
  ['http', HTTP_COOKIE, () => http],
] as const)('over %s', (scheme, name, server) => {
  test('the cookie of a sign-in is the one that counts', async () => {
    const { set } = await ask(server(), SIGN_IN)
    const secure = scheme === 'https' ? '; Secure' : ''
    expect(set).toHaveLength(1)
    expect(set[0]).toMatch(new RegExp(`^${name}=ey[^;]+; Path=/; HttpOnly; SameSite=Strict${secure}; Expires=`))
    expect(await callerOf(server(), [`theme=dark; ${set[0]?.split(';')[0]}`])).toBe(ROOT)
  })

  test('two of the name are none, whichever is first, good or empty, in one line or two; and they are removed', async () => {
    const [ours, planted] = [`${name}=${await session(server())}`, `${name}=${await begin(server())}`]
    const jars = [[`${ours}; ${planted}`], [planted, ours], [`${ours};${name}=`], [`${name}=; ${ours}`], [ours, ours]]
    for (const jar of jars) {
      const { text, set } = await ask(server(), WHO, jar)
      expect([jar, text]).toEqual([jar, expect.stringContaining('MissingAuthenticationToken')])
      expect(set.at(-1)).toMatch(new RegExp(`^${name}=; Path=/; .*Expires=Thu, 01 Jan 1970`))
    }
  })

  test('two are none for a subscription, too', async () => {
    const jar = [`${name}=${await session(server())}; ${name}=${await session(server())}`]
    const { text, set } = await ask(server(), EVENTS, jar, 'text/event-stream')
    expect(text).toContain('MissingAuthenticationToken')
    expect(set.at(-1)).toContain(`${name}=; Path=/;`)
  })

  test.each([
    [
      'with the name of the other scheme',
      (token: string) => `${name === HOST_COOKIE ? HTTP_COOKIE : HOST_COOKIE}=${token}`,
    ],
    ['with the name of an older release', (token: string) => `latchkey_session=${token}`],
    ['of another port', (token: string) => `latchkey-session-4001=${token}`],
    ['behind a comma in the value of another', (token: string) => `theme=dark,${name}=${token}`],
    ['behind white space that is no blank', (token: string) => `\u00a0${name}=${token}`],
    ['with the name in another case', (token: string) => `${name.toUpperCase()}=${token}`],
    ['in quotes', (token: string) => `theme="; ${name}"=${token}`],
  ])('one that was planted %s signs nobody in, and is nothing beside ours', async (_, planted) => {
    const token = await session(server())
    expect(await callerOf(server(), [planted(token)])).toBeUndefined()
    expect(await callerOf(server(), [`${planted('x')}; ${name}=${token}`])).toBe(ROOT)
  })

  test('a sign-in ends the session that the browser held, and only once it succeeds', async () => {
    const before = `${name}=${await begin(server())}`
    await ask(server(), signInMutation('wrong'), [before])
    expect(await callerOf(server(), [before])).toBe(ROOT)
    const after = (await ask(server(), SIGN_IN, [before])).set.at(-1)?.split(';')[0] ?? ''
    expect(after).not.toBe(before)
    expect([await callerOf(server(), [before]), await callerOf(server(), [after])]).toEqual([undefined, ROOT])
  })

  test('cookies of a page that is not ours end nothing and remove nothing', async () => {
    const token = await session(server())
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-site', cookie: `${name}=${token}` }
    const body = JSON.stringify({ query: SIGN_IN })
    const answer = await fetch(`${server().url}/graphql`, { method: 'POST', headers, body })
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(await callerOf(server(), [`${name}=${token}`])).toBe(ROOT)
  })
})

describe('nobody is locked out by a cookie that was planted', () => {
  test('over http: whatever place it stands at, it goes with the first answer and with a sign-in', async () => {
    const removed = PLACES.map((place) => `${HTTP_COOKIE}=; ${place}; Expires=Thu, 01 Jan 1970 00:00:00 GMT`)
    const planted = `${HTTP_COOKIE}=${await session(http)}`
    expect((await ask(http, WHO, [`${planted}; ${planted}`])).set.slice(0, -1)).toEqual(removed)
    const { set } = await ask(http, SIGN_IN, [`${planted}; ${planted}`])
    expect(set.slice(0, -1)).toEqual(removed)
    expect(await callerOf(http, [set.at(-1)?.split(';')[0] ?? ''])).toBe(ROOT)
  })

  test('over https: browsers let nobody plant it, so there is one place', async () => {
    const { set } = await ask(https, SIGN_IN, [`${HOST_COOKIE}=a; ${HOST_COOKIE}=b`])
    expect(set).toEqual([expect.stringMatching(/^__Host-latchkey-session=ey/)])
  })
})
