import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { assertOpensDatabase, loadMasterKey } from '../../src/store/master-key.ts'
import { resealSecrets } from '../../src/store/reseal-secrets.ts'
import { SEALED_COLUMNS } from '../../src/store/sealed-columns.ts'
import { createSecretBox } from '../../src/store/secret-box.ts'
import { loadSigningKeys } from '../../src/store/signing-keys.ts'
import { createVirtualMfaDevice } from '../../src/iam/mfa/create-virtual-mfa-device.ts'
import { openSeed } from '../../src/iam/mfa/seed.ts'
import { callAs } from '../support/call.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { type SeededAccount, seedAccount, type TestAccessKey } from '../support/seed-account.ts'
import { type TestServices, testServices } from '../support/services.ts'

const [OLD, NEW] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')]
const ringOf = (...keys: string[]) =>
  loadMasterKey({ fromEnvironment: keys.join(), dataDir: '/nowhere' }).deriveKeys('secrets')
const oldRing = ringOf(OLD)
const bothRing = ringOf(NEW, OLD)
const newRing = ringOf(NEW)
const boxOf = (ring: typeof oldRing) => createSecretBox(ring, randomBytes)

let database: TestDatabase
let services: TestServices
let account: SeededAccount
let seed: string

/** An account whose secrets are under the old key. */
beforeEach(async () => {
  database = await freshDatabase()
  services = testServices({ db: database.db, secrets: boxOf(oldRing) })
  account = await seedAccount(services)
  const made = await createVirtualMfaDevice(await callAs(services, account.root), { virtualMfaDeviceName: 'phone' })
  seed = made.base32StringSeed
  await loadSigningKeys(services)
})

const reseal = () => resealSecrets({ pool: database.pool, secrets: boxOf(bothRing) }, bothRing.current)
const counts = async () => Object.fromEntries((await reseal()).map(({ what, resealed }) => [what, resealed]))
const keys = async (count: number) => {
  const { id } = await account.createTestUser({ name: `User-${count}`, accessKeys: 0 })
  const made: TestAccessKey[] = []
  for (let n = 0; n < count; n++) made.push(await account.createTestAccessKey(id))
  return made
}

test('every secret is under the new key afterwards, is the same secret, and the old key may go', async () => {
  const made = await keys(450)
  expect(await counts()).toEqual({
    'access keys': 450,
    'MFA seeds': 1,
    'keys of recovery codes': 0,
    'keys of server certificates': 0,
    'signing keys': 1,
    'keys of token issuers': 0,
  })
  await assertOpensDatabase(database.pool, newRing)
  const secrets = boxOf(newRing)
  for (const { id, accountId, secretAccessKey } of made) {
    const row = await database.db.accessKey.findUniqueOrThrow({ where: { accountId_id: { accountId, id } } })
    const opened = secrets.open({ ciphertext: row.secret, keyId: row.secretKeyId }, `access-key:${accountId}:${id}`)
    expect(Buffer.from(opened).toString()).toBe(secretAccessKey)
  }
  expect(openSeed(secrets, await database.db.mfaDevice.findFirstOrThrow())).toBe(seed)
  expect((await (await loadSigningKeys({ ...services, secrets })).current()).privateKey).toBeDefined()
})

test('what is under the current key already is left alone, so that a second run has nothing to do', async () => {
  await keys(3)
  await reseal()
  const before = await database.db.accessKey.findMany({ orderBy: { id: 'asc' } })
  expect(await counts()).toEqual({
    'access keys': 0,
    'MFA seeds': 0,
    'keys of recovery codes': 0,
    'keys of server certificates': 0,
    'signing keys': 0,
    'keys of token issuers': 0,
  })
  expect(await database.db.accessKey.findMany({ orderBy: { id: 'asc' } })).toEqual(before)
})

test('a run that was interrupted is gone on with', async () => {
  await keys(450)
  let opened = 0
  const box = boxOf(bothRing)
  const failing = {
    ...box,
    open: (...args: Parameters<typeof box.open>) => {
      if (++opened > 250) throw new Error('the plug was pulled')
      return box.open(...args)
    },
  }
  await expect(resealSecrets({ pool: database.pool, secrets: failing }, bothRing.current)).rejects.toThrow('plug')
  expect(await database.db.accessKey.count({ where: { secretKeyId: bothRing.current } })).toBe(200)
  expect(await counts()).toMatchObject({ 'access keys': 250 })
})

test('a damaged secret is counted and left, and keeps no other from being encrypted anew', async () => {
  const [damaged] = await keys(3)
  await database.db.accessKey.update({ where: { id: damaged!.id }, data: { secret: new Uint8Array(40).fill(1) } })
  const [accessKeys] = await reseal()
  expect(accessKeys).toEqual({ what: 'access keys', resealed: 2, unreadable: 1 })
  await expect(assertOpensDatabase(database.pool, newRing)).rejects.toThrow(oldRing.current)
})

test('all columns of ciphertext are known', async () => {
  const { rows } = await database.pool.query<{ table: string; column: string }>(`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = current_schema() and data_type = 'bytea' order by 1`)
  expect(rows).toEqual(
    SEALED_COLUMNS.map(({ table, ciphertext }) => ({ table, column: ciphertext })).toSorted((a, b) =>
      a.table < b.table ? -1 : 1,
    ),
  )
})
