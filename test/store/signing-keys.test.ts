import { sign, verify } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { LONGEST_TOKEN_MS } from '../../src/authn/jwt/index.ts'
import { loadSigningKeys } from '../../src/store/signing-keys.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { type TestServices, testServices } from '../support/services.ts'

let database: TestDatabase
let services: TestServices

beforeEach(async () => {
  database = await freshDatabase()
  services = testServices(database)
})

const gateway = () => loadSigningKeys(services)

test('gateways that start at once end up with one key that all of them can sign with and verify', async () => {
  const gateways = await Promise.all([gateway(), gateway(), gateway()])
  const kids = await Promise.all(gateways.map(async (keys) => (await keys.current()).kid))
  expect(new Set(kids).size).toBe(1)
  expect(await database.db.signingKey.count()).toBe(1)
  const signature = sign('sha256', Buffer.from('token'), (await gateways[0].current()).privateKey!)
  const { publicKey } = gateways[1].keyring().get(kids[0]!)!
  expect(verify('sha256', Buffer.from('token'), publicKey, signature)).toBe(true)
})

test('the private key is not readable in the database', async () => {
  await gateway()
  const { privateKey, id } = await database.db.signingKey.findFirstOrThrow()
  const opened = services.secrets.open({ ciphertext: privateKey, keyId: 'test' }, `signing-key:${id}`)
  expect(Buffer.from(privateKey).includes(Buffer.from(opened).subarray(0, 16))).toBe(false)
})

test('a new key is published before it signs, and takes over on every gateway that has read it', async () => {
  const [here, there] = [await gateway(), await gateway()]
  const { kid: old } = await here.current()
  services.clock.advance(60_000)
  const { kid, signsFrom } = await here.rotate()
  expect(signsFrom.getTime() - services.clock().getTime()).toBe(10 * 60_000)
  await there.reload()
  for (const keys of [here, there]) {
    expect([...keys.keyring().keys()].toSorted()).toEqual([old, kid].toSorted())
    expect(keys.keyring().get(old)).toMatchObject({ retiredAt: signsFrom })
    services.clock.set(new Date(signsFrom.getTime() - 1))
    expect(await keys.current()).toMatchObject({ kid: old, retiredAt: undefined })
    services.clock.set(signsFrom)
    expect(await keys.current()).toMatchObject({ kid, retiredAt: undefined })
    services.clock.set(new Date(signsFrom.getTime() - 1))
  }
})

test('keys made one soon after the other take over one after the other', async () => {
  const keys = await gateway()
  const { kid: first } = await keys.current()
  const second = await keys.rotate()
  services.clock.advance(60_000)
  const third = await keys.rotate()
  const signing = async (at: Date, offset = 0) => {
    services.clock.set(new Date(at.getTime() + offset))
    return (await keys.current()).kid
  }
  expect(await signing(second.signsFrom, -1)).toBe(first)
  expect(await signing(second.signsFrom)).toBe(second.kid)
  expect(await signing(third.signsFrom, -1)).toBe(second.kid)
  expect(await signing(third.signsFrom)).toBe(third.kid)
  services.clock.set(new Date(second.signsFrom.getTime() - 1))
  expect(await keys.current(second.signsFrom)).toMatchObject({ kid: second.kid })
})

test('a gateway that nobody tells anything reads the keys again by itself', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    const warnings: string[] = []
    const log = { info() {}, warn: (_details: object, what: string) => void warnings.push(what) }
    const there = await loadSigningKeys({ ...services, refresh: { everyMs: 60_000, log } })
    const { kid } = await (await gateway()).rotate()
    expect(there.keyring().has(kid)).toBe(false)
    vi.advanceTimersByTime(60_000)
    await vi.waitFor(() => expect(there.keyring().has(kid)).toBe(true))
    there.close()
    expect(vi.getTimerCount()).toBe(0)
    expect(warnings).toEqual([])
  } finally {
    vi.useRealTimers()
  }
})

test('reloading keeps key objects, and asks the database at most once per second', async () => {
  const [here, there] = [await gateway(), await gateway()]
  const { publicKey, kid } = await there.current()
  await there.reload()
  expect(there.keyring().get(kid)?.publicKey).toBe(publicKey)

  const next = await here.rotate()
  expect((await there.reload()).has(next.kid)).toBe(false)
  services.clock.advance(1_000)
  const [a, b] = await Promise.all([there.reload(), there.reload()])
  expect(a).toBe(b)
  expect(a.has(next.kid)).toBe(true)
})

test('a retired key is forgotten when the longest-lived token that it signed has ended, by whoever reads the keys then', async () => {
  const keys = await gateway()
  const { kid: first } = await keys.current()
  services.clock.advance(1_000)
  const { kid, signsFrom } = await keys.rotate()
  services.clock.set(new Date(signsFrom.getTime() + LONGEST_TOKEN_MS - 1))
  expect((await keys.reload()).has(first)).toBe(true)
  services.clock.advance(1_001)
  expect([...(await keys.reload()).keys()]).toEqual([kid])
  expect(await database.db.signingKey.count()).toBe(2)
  await keys.rotate()
  expect(await database.db.signingKey.findUnique({ where: { id: first } })).toBeNull()
})

test('a key that is revoked signs nothing more on any gateway, and one made by a clock that is ahead signs at once', async () => {
  const [here, there] = [await gateway(), await gateway()]
  const { kid: first } = await here.current()
  const next = await here.rotate()
  const { kid, revoked } = await here.revoke()
  expect(revoked.toSorted()).toEqual([first, next.kid].toSorted())
  expect(there.keyring().has(first)).toBe(true)
  expect(await there.current()).toMatchObject({ kid })
  for (const keys of [here, there]) expect([...keys.keyring().keys()]).toEqual([kid])
  services.clock.advance(-60_000)
  expect(await there.current()).toMatchObject({ kid })
})
