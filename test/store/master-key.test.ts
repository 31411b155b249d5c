import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { assertOpensDatabase, loadMasterKey } from '../../src/store/master-key.ts'
import { createSecretBox } from '../../src/store/secret-box.ts'
import { freshDatabase } from '../support/database.ts'
import { seedAccount } from '../support/seed-account.ts'
import { testServices } from '../support/services.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const A = randomBytes(32)
const B = randomBytes(32)
const idOf = (key: Buffer) => createHash('sha256').update(key).digest('hex').slice(0, 8)
const fromEnvironment = (text: string) => loadMasterKey({ fromEnvironment: text, dataDir: '/nowhere' })

const ringOf = (...keys: Buffer[]) =>
  fromEnvironment(keys.map((key) => key.toString('base64')).join()).deriveKeys('secrets')

describe('without LATCHKEY_MASTER_KEY', () => {
  test('the first run makes a key that only its owner can read, and every later run finds the same', () => {
    const dataDir = path.join(temporaryDirectory(), 'data')
    const first = loadMasterKey({ dataDir }).deriveKeys('secrets')
    const file = path.join(dataDir, 'master.key')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(Buffer.from(readFileSync(file, 'utf8'), 'base64')).toHaveLength(32)
    expect(readdirSync(dataDir)).toEqual(['master.key'])
    expect(loadMasterKey({ dataDir }).deriveKeys('secrets')).toEqual(first)
    chmodSync(file, 0o640)
    expect(() => loadMasterKey({ dataDir })).toThrow(
      `${file} is open to other users of this machine (mode 0640). Close it: chmod -R go-rwx ${dataDir}`,
    )
  })
})

describe('LATCHKEY_MASTER_KEY', () => {
  test('may be base64 or hexadecimal, and leaves the data directory alone', () => {
    const dataDir = path.join(temporaryDirectory(), 'data')
    const base64 = loadMasterKey({ fromEnvironment: A.toString('base64'), dataDir }).deriveKeys('secrets')
    expect(fromEnvironment(A.toString('hex')).deriveKeys('secrets')).toEqual(base64)
    expect(base64.current).toBe(idOf(A))
    expect(existsSync(dataDir)).toBe(false)
  })

  test('may hold several keys, of which the first is the current one', () => {
    const ring = fromEnvironment(`${A.toString('base64')}, ${B.toString('base64')}`).deriveKeys('secrets')
    expect(ring.current).toBe(idOf(A))
    expect([...ring.keys.keys()]).toEqual([idOf(A), idOf(B)])
  })

  test.each(['short', '', ' , ', A.subarray(1).toString('base64'), `${A.toString('base64')},`])(
    'that does not hold 32 bytes is refused without being shown (case %#)',
    (text) => {
      const attempt = () => fromEnvironment(text || ' ')
      expect(attempt).toThrow(/^LATCHKEY_MASTER_KEY does not hold 32 bytes in base64 \(make some with: [^)]+\)\.$/)
    },
  )
})

test('each purpose has its own key, and none is the master key', () => {
  const master = fromEnvironment(A.toString('base64'))
  const derived = (['secrets', 'session-tokens', 'access-tokens'] as const).map((purpose) => {
    const ring = master.deriveKeys(purpose)
    return Buffer.from(ring.keys.get(ring.current)!)
  })
  expect(new Set(derived.map(String)).size).toBe(3)
  for (const key of derived) expect(key.equals(A)).toBe(false)
})

test('a start with another key than the data was encrypted with is refused, and with both keys possible', async () => {
  const { db, pool } = await freshDatabase()
  await assertOpensDatabase(pool, ringOf(B))

  const account = await seedAccount(testServices({ db, secrets: createSecretBox(ringOf(A), randomBytes) }))
  await account.createTestUser({ name: 'alice' })
  await assertOpensDatabase(pool, ringOf(A))
  await assertOpensDatabase(pool, ringOf(B, A))
  await expect(assertOpensDatabase(pool, ringOf(B))).rejects.toThrow(
    `The database holds secrets under master key ${idOf(A)}, but this process has ${idOf(B)}.`,
  )
})
