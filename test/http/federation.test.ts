import { get } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ConsoleFiles } from '../../src/http/console.ts'
import { assume, must, makeRole, trustOf } from '../access/roles/role-setup.ts'
import {
  type Account,
  type Answer,
  type Ask,
  at,
  type Installation,
  keyOf,
  openInstallation,
  policyOf,
  PUBLIC_URL,
  textAt,
} from '../support/installation.ts'

const CONSOLE: ConsoleFiles = {
  index: { type: 'text/html', etag: 'W/"1"', identity: Buffer.from('the console') },
  assets: new Map(),
  pages: new Set(['dashboard', 'users']),
}
const MINUTE = 60_000
const CREDENTIALS = 'accessKeyId secretAccessKey sessionToken accessToken'

let installation: Installation
let account: Account
let broker: Ask
let roleArn: string

beforeAll(async () => {
  installation = await openInstallation({ console: CONSOLE, logLevel: 'info' })
  account = await installation.openAccount()
  const allow = [{ action: ['sts:AssumeRole', 'sts:GetFederationToken', 'iam:ListUsers'] }]
  broker = (await account.user({ name: 'broker', allow })).ask
  const { arn } = await makeRole(account, {
    roleName: 'Guest',
    trust: trustOf({ who: account.arn('root') }),
    allow: [{ action: 'iam:ListUsers' }],
    maxSessionDuration: 43_200,
  })
  roleArn = arn
})
afterAll(() => installation.stop())

type Shown = Readonly<Record<'sessionId' | 'sessionKey' | 'sessionToken', string>>
let guest: Shown
beforeEach(async () => {
  guest = shownIn(await assume(broker, { roleArn, durationSeconds: 7200 }), 'assumeRole')
})

function shownIn(answer: Answer, field: string): Shown {
  return {
    sessionId: textAt(answer, `${field}.accessKeyId`),
    sessionKey: textAt(answer, `${field}.secretAccessKey`),
    sessionToken: textAt(answer, `${field}.sessionToken`),
  }
}

const address = (parameters: Readonly<Record<string, string>>) =>
  `${installation.url}/federation?${String(new URLSearchParams(parameters))}`

const askForToken = (session: object | string, more: Readonly<Record<string, string>> = {}) =>
  fetch(
    address({
      Action: 'getSigninToken',
      Session: typeof session === 'string' ? session : JSON.stringify(session),
      ...more,
    }),
  )

async function tokenFor(session: Shown, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const answer = await askForToken(session, more)
  expect(answer.status).toBe(200)
  const { SigninToken }: { SigninToken: string } = await answer.json()
  return SigninToken
}

const NAVIGATION = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'cross-site' }

const login = (SigninToken: string, { Destination = `${PUBLIC_URL}/`, headers = NAVIGATION }: LoginOptions = {}) =>
  visit({ Action: 'login', Issuer: 'https://broker.example.com', Destination, SigninToken }, headers)

/** Opens an address as a browser does: `fetch` says of itself that it is none. */
function visit(
  parameters: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = NAVIGATION,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    get(address(parameters), { headers, agent: false }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const told = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])
        resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 0, headers: told }))
      })
    }).on('error', reject)
  })
}

interface LoginOptions {
  readonly Destination?: string
  readonly headers?: Readonly<Record<string, string>>
}

const codeOf = async (answer: Response): Promise<unknown> => {
  const { errors } = Object(await answer.json())
  return errors[0].extensions.code
}

const cookieOf = (answer: Response) => answer.headers.get('set-cookie') ?? ''

/** Asks as the console does in the browser that was answered. */
const asksIn = (answer: Response): Ask =>
  installation.asks(fetch, { cookie: cookieOf(answer).split(';')[0] ?? '', 'sec-fetch-site': 'same-origin' })

describe('a broker', () => {
  test('signs a browser in as a session of a role, who may do what the role may', async () => {
    const answer = await login(await tokenFor(guest), { Destination: `${PUBLIC_URL}/users?page=2` })
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe(`${PUBLIC_URL}/users?page=2`)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(cookieOf(answer)).toMatch(/^latchkey-session-4000=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict; Expires=/)
    const ask = asksIn(answer)
    expect(at(await ask('{ viewer { arn } }'), 'viewer.arn')).toBe(
      `arn:aws:sts::${account.accountId}:assumed-role/Guest/session`,
    )
    expect((await ask('{ users { edges { node { name } } } }')).codes).toEqual([])
    expect((await ask('{ groups { edges { node { name } } } }')).codes).toEqual(['AccessDenied'])
  })

  test('signs a browser in as a federated user', async () => {
    const policy = policyOf([{ action: '*' }])
    const made = await must(broker, 'getFederationToken', { name: 'jane', policy }, CREDENTIALS)
    const ask = asksIn(await login(await tokenFor(shownIn(made, 'getFederationToken'))))
    expect(at(await ask('{ viewer { arn } }'), 'viewer.arn')).toBe(
      `arn:aws:sts::${account.accountId}:federated-user/jane`,
    )
    expect((await ask('{ users { edges { node { name } } } }')).codes).toEqual(['InvalidClientTokenId'])
  })

  test('may post what no log of a proxy should have', async () => {
    const body = new URLSearchParams({ Action: 'getSigninToken', Session: JSON.stringify(guest) })
    const answer = await fetch(`${installation.url}/federation`, { method: 'POST', body })
    const { SigninToken }: { SigninToken: string } = await answer.json()
    expect((await login(SigninToken)).status).toBe(302)
  })

  test('may end the session of the console before the credentials', async () => {
    const ask = asksIn(await login(await tokenFor(guest, { SessionDuration: '900' })))
    const end = new Date(installation.clock().getTime() + 15 * MINUTE)
    expect(at(await ask('{ viewer { sessionIdleExpiresAt } }'), 'viewer.sessionIdleExpiresAt')).toBe(end.toISOString())
    installation.clock.advance(15 * MINUTE)
    expect(at(await ask('{ viewer { arn } }'), 'viewer.arn')).toBeUndefined()
  })

  test('cannot make it outlive the credentials', async () => {
    const ask = asksIn(await login(await tokenFor(guest, { SessionDuration: '43200' })))
    installation.clock.advance(120 * MINUTE)
    expect((await ask('{ viewer { arn } }')).codes).toEqual(['MissingAuthenticationToken'])
  })
})

describe('credentials', () => {
  test.each<[string, (shown: Shown) => object | string, string]>([
    ['with another secret', (shown) => ({ ...shown, sessionKey: `${shown.sessionKey}x` }), 'InvalidClientTokenId'],
    ['without a secret', ({ sessionId, sessionToken }) => ({ sessionId, sessionToken }), 'ValidationError'],
    ['with another id', (shown) => ({ ...shown, sessionId: 'ASIAQQQQQQQQQQQQQQQQ' }), 'InvalidClientTokenId'],
    ['with another token', (shown) => ({ ...shown, sessionToken: 'x'.repeat(200) }), 'InvalidClientTokenId'],
    ['that are no JSON', () => '{', 'ValidationError'],
    ['that are a list', () => '[1]', 'ValidationError'],
    ['that are nothing', () => 'null', 'ValidationError'],
  ])('%s are refused', async (_what, changed, code) => {
    expect(await codeOf(await askForToken(changed(guest)))).toBe(code)
  })

  test('of a long-term key are refused, with any token', async () => {
    const { accessKeyId: sessionId, secretAccessKey: sessionKey } = keyOf(account.rootKey)
    for (const sessionToken of ['', guest.sessionToken])
      expect(await codeOf(await askForToken({ sessionId, sessionKey, sessionToken }))).toBe('InvalidClientTokenId')
  })

  test('that a user made of a key are refused', async () => {
    const made = await must(broker, 'getSessionToken', {}, CREDENTIALS)
    expect(await codeOf(await askForToken(shownIn(made, 'getSessionToken')))).toBe('AccessDenied')
  })

  test('that are expired or signed out are refused, and so are their tokens', async () => {
    const token = await tokenFor(guest)
    const signed = installation.signs({
      accessKeyId: guest.sessionId,
      secretAccessKey: guest.sessionKey,
      sessionToken: guest.sessionToken,
    })
    await signed('mutation { signOut { signedOut } }')
    expect(await codeOf(await askForToken(guest))).toBe('InvalidClientTokenId')
    expect(await codeOf(await login(token))).toBe('InvalidClientTokenId')
    const old = shownIn(await assume(broker, { roleArn, durationSeconds: 900 }), 'assumeRole')
    installation.clock.advance(15 * MINUTE)
    expect(await codeOf(await askForToken(old))).toBe('ExpiredToken')
  })

  test.each(['899', '43201', '-1', '1e3', ''])('for a session of %j seconds are refused', async (SessionDuration) => {
    expect(await codeOf(await askForToken(guest, { SessionDuration }))).toBe('ValidationError')
  })

  test('whose session no cookie holds are refused when the token is asked for', async () => {
    const policy = policyOf([{ action: 's3:*', on: Array.from({ length: 60 }, (_, n) => `arn:aws:s3:::bucket-${n}`) }])
    const large = shownIn(await assume(broker, { roleArn, policy }), 'assumeRole')
    expect(await codeOf(await askForToken(large))).toBe('PackedPolicyTooLarge')
  })

  test('are not tried without end', async () => {
    const codes = new Set<unknown>()
    for (let n = 0; n < 25; n++) codes.add(await codeOf(await askForToken({ ...guest, sessionKey: `wrong${n}` })))
    expect(codes).toEqual(new Set(['InvalidClientTokenId', 'Throttling']))
  })
})

describe('a sign-in token', () => {
  test('works once, also when it is brought twice at the same time', async () => {
    const token = await tokenFor(guest)
    const answers = await Promise.all(Array.from({ length: 5 }, () => login(token)))
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(1)
    expect(answers.filter((answer) => cookieOf(answer) !== '')).toHaveLength(1)
    expect(await codeOf(await login(token))).toBe('InvalidClientTokenId')
  })

  test('works for fifteen minutes', async () => {
    const [one, two] = [await tokenFor(guest), await tokenFor(guest)]
    installation.clock.advance(15 * MINUTE - 1)
    expect((await login(one)).status).toBe(302)
    installation.clock.advance(1)
    expect(await codeOf(await login(two))).toBe('InvalidClientTokenId')
  })

  test('is remembered no longer than it could be used', async () => {
    await login(await tokenFor(guest))
    installation.clock.advance(15 * MINUTE)
    await login(await tokenFor(guest))
    expect(await installation.db.usedSigninToken.count()).toBe(1)
  })

  test.each<[string, (token: string) => string]>([
    ['nothing', () => ''],
    ['another text', () => 'x.y'],
    ['a changed one', (token) => `${token.slice(0, -2)}${token.endsWith('A') ? 'B' : 'A'}A`],
    ['one with more at its end', (token) => `${token}.x`],
    ['one in another spelling', (token) => `${token}=`],
    ['a session token', () => guest.sessionToken],
  ])('is not %s', async (_what, changed) => {
    const answer = await login(changed(await tokenFor(guest)))
    expect([await codeOf(answer), cookieOf(answer)]).toEqual(['InvalidClientTokenId', ''])
  })

  test('is not used up by what is no page, nor by an address that is not ours', async () => {
    const token = await tokenFor(guest)
    for (const headers of [
      { ...NAVIGATION, 'sec-fetch-dest': 'iframe' },
      { ...NAVIGATION, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
      { ...NAVIGATION, 'sec-purpose': 'prefetch' },
    ])
      expect(await codeOf(await login(token, { headers }))).toBe('BadRequest')
    expect(await codeOf(await login(token, { Destination: 'https://evil.example' }))).toBe('ValidationError')
    expect((await login(token)).status).toBe(302)
  })

  test('is in no line of the log, in no event and in no table', async () => {
    // Events are told in the order of their moments.
    installation.clock.advance(1000)
    const token = await tokenFor(guest)
    installation.clock.advance(1000)
    await login(token)
    const events = await account.trail()
    const [given, used] = events.slice(-2)
    expect([given?.action, used?.action]).toEqual(['signin:GetSigninToken', 'signin:ConsoleLogin'])
    expect(used).toMatchObject({
      principalArn: `arn:aws:sts::${account.accountId}:assumed-role/Guest/session`,
      detail: { issuer: 'https://broker.example.com', signinTokenId: Object(given?.detail).signinTokenId },
    })
    for (const secret of [token, guest.sessionKey, guest.sessionToken]) {
      expect(installation.logged()).not.toContain(secret)
      expect(installation.logged()).not.toContain(encodeURIComponent(secret))
      expect(JSON.stringify(events)).not.toContain(secret)
    }
  })
})

describe('the destination', () => {
  test.each([
    ['', `${PUBLIC_URL}/`],
    ['/', `${PUBLIC_URL}/`],
    ['/dashboard', `${PUBLIC_URL}/dashboard`],
    [`${PUBLIC_URL}/users/jane?tab=keys#top`, `${PUBLIC_URL}/users/jane?tab=keys#top`],
    ['/users/../users', `${PUBLIC_URL}/users`],
  ])('%j is an address of the console', async (Destination, location) => {
    const answer = await login(await tokenFor(guest), { Destination })
    expect(answer.headers.get('location')).toBe(location)
  })

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/users',
    '\\\\evil.example',
    `${PUBLIC_URL}//evil.example/`,
    `${PUBLIC_URL}@evil.example/`,
    `${PUBLIC_URL}.evil.example/users`,
    'http://user:password@127.0.0.1:4000/users',
    'http://127.0.0.1:4001/users',
    'https://127.0.0.1:4000/users',
    'javascript:alert(1)',
    'data:text/html,hello',
    '/graphql',
    '/federation?Action=login',
    '/%2e%2e/metrics',
    'ht\ttps://evil.example/users',
    '/users\r\nset-cookie: a=b\\@evil',
  ])('%j is none, or leads nowhere else', async (Destination) => {
    const answer = await login(await tokenFor(guest), { Destination })
    const location = answer.headers.get('location')
    if (answer.status === 302) expect(new URL(location ?? '').origin).toBe(PUBLIC_URL)
    else expect([await codeOf(answer), location, cookieOf(answer)]).toEqual(['ValidationError', null, ''])
  })
})

describe('the endpoint', () => {
  test.each([
    ['', 'MissingAction'],
    ['?Action=logout', 'InvalidAction'],
    ['?Action=login&Action=login', 'BadRequest'],
    ['?Action=getSigninToken', 'ValidationError'],
  ])('refuses %j', async (query, code) => {
    expect(await codeOf(await fetch(`${installation.url}/federation${query}`))).toBe(code)
  })

  test('signs nobody in without a token', async () => {
    expect(await codeOf(await visit({ Action: 'login', Destination: '/' }))).toBe('ValidationError')
  })

  test.each(['HEAD', 'PUT'])('refuses %s', async (method) => {
    expect((await fetch(address({ Action: 'login' }), { method })).status).toBe(405)
  })

  test('signs nobody in by a form of another site', async () => {
    const body = new URLSearchParams({ Action: 'login', Destination: '/', SigninToken: await tokenFor(guest) })
    const answer = await fetch(`${installation.url}/federation`, { method: 'POST', body })
    expect([answer.status, cookieOf(answer)]).toEqual([405, ''])
  })
})
