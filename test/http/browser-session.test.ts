import { beforeEach, describe, expect, test } from 'vitest'
import { ROOT_PASSWORD, type ServedApplication, serveApplication } from './serve-application.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const OUR_PAGE = { 'sec-fetch-site': 'same-origin' }
const SIGN_IN = `mutation ($password: String!) {
  signIn(input: { rootEmail: "root@example.com", password: $password }) { accessToken expiresAt }
}`
const WHO = '{ viewer { sessionExpiresAt sessionIdleExpiresAt } }'

interface Answer {
  readonly data?: Record<string, Record<string, unknown>> | null
  readonly errors?: readonly { extensions: Record<string, unknown> }[]
}

let served: ServedApplication
/** What the browser's cookie holds; '' after it was cleared. */
let cookie: string
/** The bearer token that the same sign-in answered with. */
let bearer: string

beforeEach(async () => {
  served = await serveApplication()
  const { data } = await ask(SIGN_IN, OUR_PAGE, { password: ROOT_PASSWORD })
  bearer = String(data?.signIn?.accessToken)
})

/** As a browser, which keeps the cookie that an answer sets. */
async function ask(query: string, headers: Record<string, string>, variables: object = {}) {
  const response = await send(query, headers, variables)
  const set = response.headers.getSetCookie().at(-1)
  if (set !== undefined) cookie = /^latchkey-session-4000=([^;]*)/.exec(set)?.[1] ?? ''
  const { data, errors }: Answer = await response.json()
  return { data, code: errors?.[0]?.extensions.code, set }
}

function send(query: string, headers: Record<string, string>, variables: object = {}): Promise<Response> {
  return fetch(`${served.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
}

const withCookie = () => ({ ...OUR_PAGE, cookie: `latchkey-session-4000=${cookie}` })
const byCookie = (query = WHO, headers: Record<string, string> = {}) => ask(query, { ...withCookie(), ...headers })
const after = (milliseconds: number) => new Date(served.clock().getTime() + milliseconds).toISOString()

describe("the session in a browser's cookie", () => {
  test('ends after an hour without a request, and the cookie goes', async () => {
    served.clock.advance(HOUR - 1000)
    expect((await byCookie()).code).toBeUndefined()
    served.clock.advance(HOUR)
    const { code, set } = await byCookie()
    expect([code, cookie]).toEqual(['MissingAuthenticationToken', ''])
    expect(set).toMatch(/Expires=Thu, 01 Jan 1970/)
  })

  test('is renewed by a request once the token is some minutes old, and says until when', async () => {
    const absolute = after(12 * HOUR)
    served.clock.advance(5 * MINUTE)
    const { data, set } = await byCookie()
    expect(data?.viewer).toEqual({ sessionExpiresAt: absolute, sessionIdleExpiresAt: after(HOUR) })
    expect(set).toContain(`Expires=${new Date(after(HOUR)).toUTCString()}`)
    served.clock.advance(HOUR - 1000)
    expect((await byCookie('{ viewer { arn } }')).code).toBeUndefined()
  })

  test('is not renewed while the token is fresh', async () => {
    const end = after(HOUR)
    served.clock.advance(5 * MINUTE - 1000)
    const { data, set } = await byCookie()
    expect([data?.viewer?.sessionIdleExpiresAt, set]).toEqual([end, undefined])
  })

  test('never lives past the end that signing in set, however busy it is', async () => {
    const absolute = after(12 * HOUR)
    for (let hours = 0; hours < 11.5; hours += 0.5) {
      served.clock.advance(HOUR / 2)
      expect((await byCookie()).data?.viewer?.sessionExpiresAt).toBe(absolute)
    }
    const { data, set } = await byCookie()
    // The token ends with the session already: there is nothing to renew.
    expect([data?.viewer?.sessionIdleExpiresAt, set]).toEqual([absolute, undefined])
    served.clock.advance(HOUR / 2 - 1000)
    expect((await byCookie()).code).toBeUndefined()
    served.clock.advance(1000)
    expect((await byCookie()).code).toBe('MissingAuthenticationToken')
  })

  test('is not renewed once it was revoked, and a token that was renewed before is as dead as the others', async () => {
    const first = cookie
    served.clock.advance(10 * MINUTE)
    await byCookie()
    const second = cookie
    expect(second).not.toBe(first)
    await ask('mutation { signOutEverywhere { signedOut } }', { authorization: `Bearer ${bearer}` })
    served.clock.advance(10 * MINUTE)
    for (const kept of [first, second]) {
      cookie = kept
      expect((await byCookie()).code).toBe('MissingAuthenticationToken')
      expect(cookie).toBe('')
    }
  })

  test('is cleared, not renewed, by the request that signs out', async () => {
    served.clock.advance(10 * MINUTE)
    await byCookie('mutation { signOut { signedOut } }')
    expect(cookie).toBe('')
  })

  test('is renewed by a request that changes something, which is authenticated again midway', async () => {
    served.clock.advance(10 * MINUTE)
    const change = `mutation {
      createUser(input: { userName: "eve" }) { __typename }
      deleteUser(input: { userName: "eve" }) { __typename }
    }`
    expect((await byCookie(change)).code).toBeUndefined()
    expect((await byCookie()).data?.viewer?.sessionIdleExpiresAt).toBe(after(HOUR))
  })

  test('is kept by what a person asks for, not by what a page asks by itself', async () => {
    const end = after(HOUR)
    served.clock.advance(30 * MINUTE)
    const { data, set } = await byCookie(WHO, { 'latchkey-background': '1' })
    expect([data?.viewer?.sessionIdleExpiresAt, set]).toEqual([end, undefined])
  })

  test('is neither renewed by a stream of events nor outlived by it', async () => {
    served.clock.advance(10 * MINUTE)
    const subscription = 'subscription { auditEventAdded { action } }'
    const stream = await send(subscription, { ...withCookie(), accept: 'text/event-stream' })
    expect([stream.status, stream.headers.getSetCookie()]).toEqual([200, []])
    served.clock.advance(50 * MINUTE)
    await served.application.eventFeed.poll()
    const said = await stream.text()
    expect(said).toContain('"code":"ExpiredToken"')
    expect((await byCookie()).code).toBe('MissingAuthenticationToken')
  })

  test('is renewed without a row, a sign-in event or anything else in the database', async () => {
    const { db } = served.application.services
    const written = async () => [await db.session.findMany(), await db.auditEvent.count()]
    const before = await written()
    served.clock.advance(30 * MINUTE)
    expect((await byCookie()).set).toBeDefined()
    await served.application.readQueue.flush()
    expect(await written()).toEqual(before)
  })
})

describe('the bearer token of the same session', () => {
  test('lives as long as the session, renews nothing, and says nothing of an idle end', async () => {
    const absolute = after(12 * HOUR)
    served.clock.advance(11 * HOUR)
    for (const headers of [{}, OUR_PAGE]) {
      const { data, set } = await ask(WHO, { ...headers, authorization: `Bearer ${bearer}` })
      expect(data?.viewer).toEqual({ sessionExpiresAt: absolute, sessionIdleExpiresAt: null })
      expect(set).toBeUndefined()
    }
  })
})
