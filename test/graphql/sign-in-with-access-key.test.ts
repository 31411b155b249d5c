import { beforeAll, expect, test } from 'vitest'
import { createSigningFetch } from '../../src/client/index.ts'
import { type Account, at, type Installation, keyOf, openInstallation, textAt } from '../support/installation.ts'

const SIGN_IN = 'mutation { signInWithAccessKey { accessToken viewer { arn credential accessKeyId } } }'
const WHO = '{ viewer { arn sessions { sessionId current accessKeyId } } }'
const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' }

let installation: Installation
let account: Account
beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
})

async function keyHolder(name: string) {
  const user = await account.user({ name, allow: [{ action: 'iam:ListUsers' }] })
  return { arn: account.arn(`user/${name}`), ask: user.ask, key: keyOf(user.accessKeys[0]!) }
}

/** What a page of ours sends and gets: the cookie as the browser keeps it. */
async function fromOwnPage(query: string, cookie: string | null, send: typeof fetch = fetch) {
  const response = await send(`${installation.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...SAME_ORIGIN, ...(cookie !== null && { cookie }) },
    body: JSON.stringify({ query }),
  })
  const setCookie = response.headers.getSetCookie().at(-1)
  return { cookie: setCookie?.split(';')[0] ?? null, answer: await response.json() }
}

test('the session is in the cookie, does what the key may do, and is the rest of the same request', async () => {
  const { arn, key } = await keyHolder('Ann')
  const sent = await fromOwnPage(
    `${SIGN_IN.slice(0, -1)} signOut { signedOut } }`,
    null,
    createSigningFetch({ ...key, now: installation.clock }),
  )
  expect(sent.answer.data).toEqual({
    signInWithAccessKey: {
      accessToken: expect.any(String),
      viewer: { arn, credential: 'ACCESS_KEY_SIGN_IN', accessKeyId: key.accessKeyId },
    },
    signOut: { signedOut: true },
  })
  const { cookie } = await fromOwnPage(SIGN_IN, null, createSigningFetch({ ...key, now: installation.clock }))
  const { answer } = await fromOwnPage(`{ users(first: 1) { edges { node { arn } } } ${WHO.slice(1)}`, cookie)
  expect(answer.errors).toBeUndefined()
  expect(answer.data.viewer).toEqual({
    arn,
    sessions: [{ sessionId: expect.any(String), current: true, accessKeyId: key.accessKeyId }],
  })
})

test('a browser that is signed in as somebody else switches: its cookie is no second credential, and that session ends', async () => {
  const [ben, cleo] = [await keyHolder('Ben'), await keyHolder('Cleo')]
  const first = await fromOwnPage(SIGN_IN, null, createSigningFetch({ ...ben.key, now: installation.clock }))
  expect((await fromOwnPage(WHO, first.cookie)).answer.data.viewer.arn).toBe(ben.arn)
  const second = await fromOwnPage(SIGN_IN, first.cookie, createSigningFetch({ ...cleo.key, now: installation.clock }))
  expect(second.answer.errors).toBeUndefined()
  expect((await fromOwnPage(WHO, second.cookie)).answer.data.viewer.arn).toBe(cleo.arn)
  expect((await fromOwnPage(WHO, first.cookie)).answer.errors[0].extensions.code).toBe('MissingAuthenticationToken')
})

test('a wrong secret starts nothing and leaves the browser signed in as before', async () => {
  const { arn, key } = await keyHolder('Dan')
  const { cookie } = await fromOwnPage(SIGN_IN, null, createSigningFetch({ ...key, now: installation.clock }))
  const wrong = createSigningFetch({
    ...key,
    secretAccessKey: key.secretAccessKey.toLowerCase(),
    now: installation.clock,
  })
  const refused = await fromOwnPage(SIGN_IN, cookie, wrong)
  expect([refused.answer.errors[0].extensions.code, refused.cookie]).toEqual(['SignatureDoesNotMatch', null])
  expect((await fromOwnPage(WHO, cookie)).answer.data.viewer.arn).toBe(arn)
})

test('the cookie of another site’s page ends no session', async () => {
  const [eve, fay] = [await keyHolder('Eve'), await keyHolder('Fay')]
  const { answer } = await fromOwnPage(SIGN_IN, null, createSigningFetch({ ...eve.key, now: installation.clock }))
  const token: string = answer.data.signInWithAccessKey.accessToken
  const send = createSigningFetch({ ...fay.key, now: installation.clock })
  const asked = await installation.asks(send, {
    cookie: `latchkey-session-4000=${token}`,
    'sec-fetch-site': 'cross-site',
  })(SIGN_IN)
  expect(asked.codes).toEqual([])
  expect(textAt(await installation.bears(token)('{ viewer { arn } }'), 'viewer.arn')).toBe(eve.arn)
})

test('bearer tokens cannot sign in with what is behind them, and the trail says who signed in with which key', async () => {
  const { arn, ask, key } = await keyHolder('Gus')
  const token = textAt(await ask(SIGN_IN), 'signInWithAccessKey.accessToken')
  const refused = await installation.bears(token)(SIGN_IN)
  expect([refused.codes, at(refused, 'signInWithAccessKey')]).toEqual([['AccessDenied'], null])
  const events = (await account.trail()).filter(({ principalArn }) => principalArn === arn)
  expect(events.map(({ action, result, accessKeyId }) => [action, result, accessKeyId])).toEqual([
    ['signin:ConsoleLogin', 'SUCCESS', key.accessKeyId],
    ['signin:ConsoleLogin', 'FAILURE', key.accessKeyId],
  ])
  await installation.application.lastUsed.flush()
  expect(await installation.db.accessKey.findUnique({ where: { id: key.accessKeyId } })).toMatchObject({
    lastUsedAt: installation.clock(),
    lastUsedOperation: 'signInWithAccessKey',
  })
})

test('a cookie that was renewed still ends with the key, at the very next request', async () => {
  const { arn, key } = await keyHolder('Hal')
  const first = await fromOwnPage(SIGN_IN, null, createSigningFetch({ ...key, now: installation.clock }))
  installation.clock.advance(30 * 60_000)
  const { cookie, answer } = await fromOwnPage(WHO, first.cookie)
  expect([answer.data.viewer.arn, cookie]).toEqual([arn, expect.stringContaining('latchkey-session-4000=ey')])
  installation.clock.advance(45 * 60_000)
  expect((await fromOwnPage(WHO, cookie)).answer.data.viewer.arn).toBe(arn)
  await account.root(
    `mutation { updateAccessKey(input: { userName: "Hal", accessKeyId: "${key.accessKeyId}", status: INACTIVE }) { __typename } }`,
  )
  expect((await fromOwnPage(WHO, cookie)).answer.errors[0].extensions.code).toBe('MissingAuthenticationToken')
})
