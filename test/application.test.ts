import { expect, test } from 'vitest'
import { createSigningFetch } from '../src/client/index.ts'
import { ACCOUNT_ID, ROOT_PASSWORD, type ServedApplication, serveApplication } from './http/serve-application.ts'

interface Answer {
  readonly data?: Record<string, Record<string, unknown>> | null
  readonly errors?: readonly { message: string; extensions: Record<string, unknown> }[]
}

const SIGN_IN = `mutation ($password: String!) {
  signIn(input: { rootEmail: "root@example.com", password: $password }) { accessToken }
}`

/** Posts an operation; a good answer's data, or its first error's code. */
async function ask(
  { url }: ServedApplication,
  query: string,
  variables: Record<string, unknown> = {},
  { headers = {}, send = fetch }: { headers?: Record<string, string>; send?: typeof fetch } = {},
) {
  const response = await send(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'tests', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors }: Answer = await response.json()
  return { response, data, code: errors?.[0]?.extensions.code }
}

async function signIn(served: ServedApplication): Promise<{ headers: Record<string, string> }> {
  const { data } = await ask(served, SIGN_IN, { password: ROOT_PASSWORD })
  return { headers: { authorization: `Bearer ${String(data?.signIn?.accessToken)}` } }
}

/** A key of the user `bot`, whose only policy allows to look at itself, as a signing fetch. */
async function signingBot(served: ServedApplication, way: typeof fetch = fetch) {
  const root = await signIn(served)
  await ask(served, 'mutation { createUser(input: { userName: "bot" }) { user { name } } }', {}, root)
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iam:GetUser', Resource: 'arn:aws:iam::*:user/$<aws:username>' }],
  }
  const put = `mutation ($document: PolicyDocument!) {
    putUserPolicy(input: { userName: "bot", policyName: "self", policyDocument: $document }) { __typename }
  }`
  await ask(served, put, { document }, root)
  const create = `mutation {
    createAccessKey(input: { userName: "bot" }) { csv }
  }`
  const { data } = await ask(served, create, {}, root)
  const [, line = ''] = String(data?.createAccessKey?.csv).split('\n')
  const [accessKeyId = '', secretAccessKey = ''] = line.trim().split(',')
  return { accessKeyId, send: createSigningFetch({ accessKeyId, secretAccessKey, now: served.clock, fetch: way }) }
}

test('a browser that signs in is known by its cookie until it signs out', async () => {
  const served = await serveApplication()
  const page = { 'sec-fetch-site': 'same-origin' }
  const { response } = await ask(served, SIGN_IN, { password: ROOT_PASSWORD }, { headers: page })
  const cookie = response.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''
  const whoAmI = () => ask(served, '{ viewer { arn } }', {}, { headers: { ...page, cookie } })
  expect((await whoAmI()).data).toEqual({ viewer: { arn: `arn:aws:iam::${ACCOUNT_ID}:root` } })
  const out = await ask(served, 'mutation { signOut { __typename } }', {}, { headers: { ...page, cookie } })
  expect(out.response.headers.getSetCookie().at(-1)).toMatch(/^latchkey-session-4000=; /)
  expect((await whoAmI()).code).toBe('MissingAuthenticationToken')
})

test('a request without credentials is 403 as a whole, unless a public field answered', async () => {
  const served = await serveApplication()
  const guarded = await ask(served, '{ viewer { arn } users { edges { cursor } } }')
  expect([guarded.response.status, guarded.code]).toEqual([403, 'MissingAuthenticationToken'])
  const both = `mutation ($password: String!) {
    createUser(input: { userName: "eve" }) { __typename }
    signIn(input: { rootEmail: "root@example.com", password: $password }) { __typename }
  }`
  const mixed = await ask(served, both, { password: ROOT_PASSWORD })
  expect([mixed.response.status, mixed.code]).toEqual([200, 'MissingAuthenticationToken'])
})

test('a wrong password is refused without a cookie', async () => {
  const served = await serveApplication()
  const headers = { 'sec-fetch-site': 'same-origin' }
  const { code, response } = await ask(served, SIGN_IN, { password: 'wrong' }, { headers })
  expect([code, response.headers.getSetCookie()]).toEqual(['AccessDenied', []])
})

test('a bot that signs with its key may do what its policy says, and when it did is known', async () => {
  const served = await serveApplication()
  const { accessKeyId, send } = await signingBot(served)
  served.clock.advance(60_000)
  const { data } = await ask(served, '{ user { name } viewer { credential } }', {}, { send })
  expect(data).toEqual({ user: { name: 'bot' }, viewer: { credential: 'ACCESS_KEY' } })
  await served.application.lastUsed.flush()
  const key = await served.application.services.db.accessKey.findUniqueOrThrow({ where: { id: accessKeyId } })
  expect(key).toMatchObject({
    lastUsedAt: served.clock(),
    lastUsedService: 'iam',
    lastUsedRegion: 'us-east-1',
    lastUsedOperation: 'user,viewer',
    lastUsedSourceIp: '127.0.0.1',
  })
})

test('what the bot may not do is refused and in the audit trail before it has the answer', async () => {
  const served = await serveApplication()
  const { accessKeyId, send } = await signingBot(served)
  const { code, response } = await ask(
    served,
    'mutation { deleteUser(input: { userName: "bot" }) { __typename } }',
    {},
    { send },
  )
  expect(code).toBe('AccessDenied')
  const { db } = served.application.services
  expect(await db.auditEvent.findFirst({ where: { result: 'DENIED' } })).toMatchObject({
    requestId: response.headers.get('x-request-id'),
    action: 'iam:DeleteUser',
    resource: `arn:aws:iam::${ACCOUNT_ID}:user/bot`,
    accessKeyId,
    sourceIp: '127.0.0.1',
    userAgent: 'tests',
  })
})

test('a signed request that was changed on its way is refused with its status', async () => {
  const served = await serveApplication()
  const { send } = await signingBot(served, (input, init) =>
    fetch(input, { ...init, body: '{"query":"{ users { totalCount } }"}' }),
  )
  const { code, response } = await ask(served, '{ viewer { arn } }', {}, { send })
  expect([response.status, code]).toEqual([403, 'SignatureDoesNotMatch'])
})

test('keys that verify tokens are published without their private halves', async () => {
  const { url } = await serveApplication()
  const { keys } = await (await fetch(`${url}/.well-known/jwks.json`)).json()
  expect(keys).toHaveLength(1)
  expect(Object.keys(keys[0]).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
})

test('is ready when the database answers', async () => {
  const { url } = await serveApplication()
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' })
})
