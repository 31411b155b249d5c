import { sign, verify } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
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
  const kids = gateways.map((keys) => keys.current().kid)
  expect(new Set(kids).size).toBe(1)
  expect(await database.db.signingKey.count()).toBe(1)
  const signature = sign('sha256', Buffer.from('token'), gateways[0].current().privateKey!)
  const { publicKey } = gateways[1].keyring().get(kids[0]!)!
  expect(verify('sha256', Buffer.from('token'), publicKey, signature)).toBe(true)
})

test('the private key is not readable in the database', async () => {
  await gateway()
  const { privateKey, id } = await database.db.signingKey.findFirstOrThrow()
  const opened = services.secrets.open({ ciphertext: privateKey, keyId: 'test' }, `signing-key:${id}`)
  expect(Buffer.from(privateKey).includes(Buffer.from(opened).subarray(0, 16))).toBe(false)
})

test('after a rotation the new key signs, the old one is retired but still verifies, also on the other gateway', async () => {
  const [here, there] = [await gateway(), await gateway()]
  const old = here.current()
  services.clock.advance(60_000)
  const { kid } = await here.rotate()
  expect(here.current().kid).toBe(kid)
  expect(here.keyring().get(old.kid)).toMatchObject({ publicKey: old.publicKey, retiredAt: services.clock() })

  expect(there.keyring().has(kid)).toBe(false)
  await there.reload()
  expect(there.keyring().has(kid)).toBe(true)
  expect(there.current().kid).toBe(kid)
})

test('reloading keeps key objects, and asks the database at most once per second', async () => {
  const [here, there] = [await gateway(), await gateway()]
  const { publicKey, kid } = there.current()
  await there.reload()
  expect(there.keyring().get(kid)?.publicKey).toBe(publicKey)

  const next = await here.rotate()
  expect((await there.reload()).has(next.kid)).toBe(false)
  services.clock.advance(1_000)
  const [a, b] = await Promise.all([there.reload(), there.reload()])
  expect(a).toBe(b)
  expect(a.has(next.kid)).toBe(true)
})

test('a rotation forgets keys that were retired a month ago', async () => {
  const keys = await gateway()
  const first = keys.current().kid
  services.clock.advance(1_000)
  await keys.rotate()
  services.clock.advance(31 * 24 * 3_600_000)
  await keys.rotate()
  expect(keys.keyring().has(first)).toBe(false)
  expect(keys.keyring().size).toBe(2)
})
