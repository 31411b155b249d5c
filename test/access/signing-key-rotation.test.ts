import jsonwebtoken from 'jsonwebtoken'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sessionCookieName } from '../../src/authn/session-cookie.ts'
import { type Account, type Installation, openInstallation, PUBLIC_URL, textAt } from '../support/installation.ts'
import { PASSWORD, passwordHash } from '../support/world.ts'

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }'

let installation: Installation
let beside: Installation
let account: Account

beforeAll(async () => {
  installation = await openInstallation()
  beside = await openInstallation({ beside: installation })
  account = await installation.openAccount()
  await account.user({ name: 'Alice', passwordHash: await passwordHash })
})

afterAll(async () => {
  await beside.stop()
  await installation.stop()
})

async function tokenFrom(gateway: Installation): Promise<string> {
  const input = { account: account.accountId, userName: 'Alice', password: PASSWORD }
  return textAt(await gateway.anonymous(SIGN_IN, { input }), 'signIn.accessToken')
}

const kidOf = (token: string): unknown => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).kid

const viewer = async (gateway: Installation, token: string) => (await gateway.bears(token)('{ viewer { arn } }')).codes

async function publishedBy(gateway: Installation): Promise<unknown[]> {
  const { keys }: { keys: { kid: string }[] } = await (await fetch(`${gateway.url}/.well-known/jwks.json`)).json()
  return keys.map(({ kid }) => kid)
}

test('a signing key is replaced under running gateways without ending a session', async () => {
  const before = await tokenFrom(beside)
  const { kid, signsFrom } = await installation.application.signingKeys.rotate()
  await beside.application.signingKeys.reload()
  for (const gateway of [installation, beside]) {
    expect(await publishedBy(gateway)).toEqual(expect.arrayContaining([kid, kidOf(before)]))
    expect(kidOf(await tokenFrom(gateway))).toBe(kidOf(before))
  }

  installation.clock.set(signsFrom)
  for (const gateway of [installation, beside]) {
    const token = await tokenFrom(gateway)
    expect(kidOf(token)).toBe(kid)
    for (const verifier of [installation, beside])
      for (const bearer of [token, before])
        expect((await verifier.bears(bearer)('{ viewer { arn } }')).codes).toEqual([])
    expect(await publishedBy(gateway)).toEqual(expect.arrayContaining([kid, kidOf(before)]))
  }

  installation.clock.set(new Date(signsFrom.getTime() + 36 * 3_600_000))
  expect(await publishedBy(installation)).toEqual([kid])
  for (const verifier of [installation, beside])
    expect((await verifier.bears(before)('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
})

test('what a revoked key signed is refused at the next request on every gateway, and what they sign next is good', async () => {
  const alice = await account.user({ name: 'Holder', accessKeys: 1, passwordHash: await passwordHash })
  const session = await alice.ask(
    'mutation { getSessionToken(input: {}) { accessToken sessionToken accessKeyId secretAccessKey } }',
  )
  const temporary = textAt(session, 'getSessionToken.accessToken')
  const bearers = [await tokenFrom(beside), temporary]
  // Both have verified them before, and remember that they did.
  for (const gateway of [installation, beside])
    for (const bearer of bearers) expect(await viewer(gateway, bearer)).toEqual([])

  const { kid, revoked } = await installation.application.signingKeys.revoke()
  expect(revoked).toContain(kidOf(temporary))
  for (const gateway of [beside, installation])
    for (const bearer of bearers) expect(await viewer(gateway, bearer)).toEqual(['InvalidClientTokenId'])
  for (const gateway of [beside, installation]) {
    const token = await tokenFrom(gateway)
    expect(kidOf(token)).toBe(kid)
    for (const verifier of [beside, installation]) expect(await viewer(verifier, token)).toEqual([])
  }
  installation.clock.advance(1_000)
  for (const gateway of [beside, installation]) expect(await publishedBy(gateway)).toEqual([kid])
  // Temporary credentials that sign their requests were sealed under the master key, not signed by this one.
  const credentials = {
    accessKeyId: textAt(session, 'getSessionToken.accessKeyId'),
    secretAccessKey: textAt(session, 'getSessionToken.secretAccessKey'),
    sessionToken: textAt(session, 'getSessionToken.sessionToken'),
  }
  expect((await beside.signs(credentials)('{ viewer { arn } }')).codes).toEqual([])
})

test('nobody mints a token of any kind with the signing key alone', async () => {
  const key = await installation.application.signingKeys.current()
  const user = await account.user({ name: 'Victim', passwordHash: await passwordHash })
  const iat = Math.floor(installation.clock().getTime() / 1000)
  const standard = { iss: PUBLIC_URL, aud: PUBLIC_URL, iat, exp: iat + 3600, account: account.accountId }
  const { id: session } = await installation.db.session.create({
    data: {
      accountId: account.accountId,
      id: 'session-of-victim',
      userId: user.id,
      kind: 'PASSWORD',
      issuedAt: new Date(iat * 1000),
      expiresAt: new Date((iat + 3600) * 1000),
    },
  })
  const forged = [
    { ...standard, sub: account.accountId, jti: 'ASIAAAAAAAAAAAAAAAAA', kind: 'root', credential: 'SESSION' },
    { ...standard, sub: user.id, jti: 'ASIAAAAAAAAAAAAAAAAA', kind: 'user', credential: 'SESSION', mfa_time: iat },
    { ...standard, sub: user.id, jti: session, kind: 'user', credential: 'PASSWORD' },
    { ...standard, sub: user.id, jti: 'ASIAAAAAAAAAAAAAAAAA', kind: 'federated', credential: 'SESSION' },
  ]
  for (const claims of forged) {
    const token = jsonwebtoken.sign(claims, key.privateKey!, { algorithm: 'RS256', keyid: key.kid })
    expect((await installation.bears(token)('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
    const cookie = { 'sec-fetch-site': 'same-origin', cookie: `${sessionCookieName(PUBLIC_URL)}=${token}` }
    expect((await installation.asks(fetch, cookie)('{ viewer { arn } }')).codes).not.toEqual([])
  }
})
