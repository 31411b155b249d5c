import jsonwebtoken from 'jsonwebtoken'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Account, type House, openHouse, PUBLIC_URL, textAt } from '../graphql/open-house.ts'
import { PASSWORD, passwordHash } from '../graphql/world.ts'

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }'

let house: House
let beside: House
let account: Account

beforeAll(async () => {
  house = await openHouse()
  beside = await openHouse({ beside: house })
  account = await house.openAccount()
  await account.user({ name: 'Alice', passwordHash: await passwordHash })
})

afterAll(async () => {
  await beside.stop()
  await house.stop()
})

async function tokenFrom(gateway: House): Promise<string> {
  const input = { account: account.accountId, userName: 'Alice', password: PASSWORD }
  return textAt(await gateway.anonymous(SIGN_IN, { input }), 'signIn.accessToken')
}

const kidOf = (token: string): unknown => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).kid

async function publishedBy(gateway: House): Promise<unknown[]> {
  const { keys }: { keys: { kid: string }[] } = await (await fetch(`${gateway.url}/.well-known/jwks.json`)).json()
  return keys.map(({ kid }) => kid)
}

test('a signing key is replaced under running gateways without ending a session', async () => {
  const before = await tokenFrom(beside)
  const { kid, signsFrom } = await house.application.signingKeys.rotate()
  await beside.application.signingKeys.reload()
  for (const gateway of [house, beside]) {
    expect(await publishedBy(gateway)).toEqual(expect.arrayContaining([kid, kidOf(before)]))
    expect(kidOf(await tokenFrom(gateway))).toBe(kidOf(before))
  }

  house.clock.set(signsFrom)
  for (const gateway of [house, beside]) {
    const token = await tokenFrom(gateway)
    expect(kidOf(token)).toBe(kid)
    for (const verifier of [house, beside])
      for (const bearer of [token, before])
        expect((await verifier.bears(bearer)('{ viewer { arn } }')).codes).toEqual([])
    expect(await publishedBy(gateway)).toEqual(expect.arrayContaining([kid, kidOf(before)]))
  }

  house.clock.set(new Date(signsFrom.getTime() + 36 * 3_600_000))
  expect(await publishedBy(house)).toEqual([kid])
  for (const verifier of [house, beside])
    expect((await verifier.bears(before)('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
})

test('what a revoked key signed is refused at the next request on every gateway, and what they sign next is good', async () => {
  const alice = await account.user({ name: 'Holder', accessKeys: 1, passwordHash: await passwordHash })
  const session = await alice.ask(
    'mutation { getSessionToken(input: {}) { accessToken sessionToken accessKeyId secretAccessKey } }',
  )
  const temporary = textAt(session, 'getSessionToken.accessToken')
  const bearers = [await tokenFrom(beside), temporary]
  const viewer = async (gateway: House, token: string) => (await gateway.bears(token)('{ viewer { arn } }')).codes
  // Both have verified them before, and remember that they did.
  for (const gateway of [house, beside]) for (const bearer of bearers) expect(await viewer(gateway, bearer)).toEqual([])

  const { kid, revoked } = await house.application.signingKeys.revoke()
  expect(revoked).toContain(kidOf(temporary))
  for (const gateway of [beside, house])
    for (const bearer of bearers) expect(await viewer(gateway, bearer)).toEqual(['InvalidClientTokenId'])
  for (const gateway of [beside, house]) {
    const token = await tokenFrom(gateway)
    expect(kidOf(token)).toBe(kid)
    for (const verifier of [beside, house]) expect(await viewer(verifier, token)).toEqual([])
  }
  house.clock.advance(1_000)
  for (const gateway of [beside, house]) expect(await publishedBy(gateway)).toEqual([kid])
  // Temporary credentials that sign their requests were sealed under the master key, not signed by this one.
  const credentials = {
    accessKeyId: textAt(session, 'getSessionToken.accessKeyId'),
    secretAccessKey: textAt(session, 'getSessionToken.secretAccessKey'),
    sessionToken: textAt(session, 'getSessionToken.sessionToken'),
  }
  expect((await beside.signs(credentials)('{ viewer { arn } }')).codes).toEqual([])
})

test('nobody mints a token of any kind with the signing key alone', async () => {
  const key = await house.application.signingKeys.current()
  const user = await account.user({ name: 'Victim', passwordHash: await passwordHash })
  const iat = Math.floor(house.clock().getTime() / 1000)
  const standard = { iss: PUBLIC_URL, aud: PUBLIC_URL, iat, exp: iat + 3600, account: account.accountId }
  const { id: session } = await house.db.session.create({
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
    expect((await house.bears(token)('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
    const cookie = { 'sec-fetch-site': 'same-origin', cookie: `latchkey_session=${token}` }
    expect((await house.asks(fetch, cookie)('{ viewer { arn } }')).codes).not.toEqual([])
  }
})
