import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Account, type House, openHouse, textAt } from '../graphql/open-house.ts'
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
})
