import type { Pool } from 'pg'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { type AccessKeyUse, createLastUsedRecorder } from '../../src/store/last-used.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { seedAccount, type TestAccessKey } from '../support/seed-account.ts'
import { testServices } from '../support/services.ts'

const NEVER_BY_ITSELF = 2 ** 30

let database: TestDatabase
let keys: readonly TestAccessKey[]
const warnings: object[] = []
const log = { info() {}, warn: (details: object) => void warnings.push(details) }

beforeEach(async () => {
  database = await freshDatabase()
  const account = await seedAccount(testServices(database))
  keys = (await account.createTestUser({ name: 'alice', accessKeys: 2 })).accessKeys
  warnings.length = 0
})

function recorder(pool: Pool = database.pool) {
  const made = createLastUsedRecorder({ pool, log, flushEveryMs: NEVER_BY_ITSELF })
  onTestFinished(() => made.close())
  return made
}

function use(key: TestAccessKey, minute: number, changes: Partial<AccessKeyUse> = {}): AccessKeyUse {
  return {
    accountId: key.accountId,
    accessKeyId: key.id,
    at: new Date(Date.UTC(2026, 0, 1, 0, minute)),
    service: 'iam',
    region: 'us-east-1',
    operation: 'GetUser',
    sourceIp: '192.0.2.1',
    ...changes,
  }
}

const stored = (key: TestAccessKey) =>
  database.db.accessKey.findUniqueOrThrow({
    where: { id: key.id },
    select: {
      lastUsedAt: true,
      lastUsedService: true,
      lastUsedRegion: true,
      lastUsedOperation: true,
      lastUsedSourceIp: true,
    },
  })

test('the latest use of each key is written, whatever the order in which uses came', async () => {
  const recorded = recorder()
  recorded.recordKey(use(keys[0]!, 3, { operation: 'ListUsers' }))
  recorded.recordKey(use(keys[0]!, 2))
  recorded.recordKey(use(keys[1]!, 1, { operation: null, sourceIp: null }))
  await recorded.flush()
  expect(await stored(keys[0]!)).toEqual({
    lastUsedAt: use(keys[0]!, 3).at,
    lastUsedService: 'iam',
    lastUsedRegion: 'us-east-1',
    lastUsedOperation: 'ListUsers',
    lastUsedSourceIp: '192.0.2.1',
  })
  expect(await stored(keys[1]!)).toMatchObject({ lastUsedAt: use(keys[1]!, 1).at, lastUsedOperation: null })
})

test('what another gateway wrote later is not set back', async () => {
  const [here, there] = [recorder(), recorder()]
  here.recordKey(use(keys[0]!, 1, { service: 'here' }))
  there.recordKey(use(keys[0]!, 2, { service: 'there' }))
  await there.flush()
  await here.flush()
  expect(await stored(keys[0]!)).toMatchObject({ lastUsedService: 'there' })
})

test('a key that was deleted meanwhile does not keep the others from being written', async () => {
  const recorded = recorder()
  for (const key of keys) recorded.recordKey(use(key, 1))
  await database.db.accessKey.delete({ where: { id: keys[0]!.id } })
  await recorded.flush()
  expect(await stored(keys[1]!)).toMatchObject({ lastUsedService: 'iam' })
  expect(warnings).toEqual([])
})

test('closing writes the rest', async () => {
  const recorded = recorder()
  recorded.recordKey(use(keys[0]!, 1))
  await recorded.close()
  expect(await stored(keys[0]!)).toMatchObject({ lastUsedService: 'iam' })
})

test('a failure to write is logged, kept from the caller, and made up for without losing the newer use', async () => {
  const failures: ((error: Error) => void)[] = []
  const state = { broken: true }
  // The real pool, behind a network that hangs and then breaks.
  const pool = new Proxy(database.pool, {
    get: (target, property) =>
      property === 'query' && state.broken
        ? () => new Promise((_, reject) => failures.push(reject))
        : (Reflect.get(target, property) as unknown),
  })
  const recorded = recorder(pool)
  recorded.recordKey(use(keys[0]!, 1))
  recorded.recordKey(use(keys[1]!, 1))
  const flushing = recorded.flush()
  await vi.waitUntil(() => failures.length > 0)
  recorded.recordKey(use(keys[0]!, 2, { service: 'newer' }))
  failures[0]!(new Error('connection lost'))
  await flushing
  expect(warnings).toEqual([{ reason: 'connection lost', keys: 2 }])
  state.broken = false
  await recorded.flush()
  expect(await stored(keys[0]!)).toMatchObject({ lastUsedService: 'newer' })
  expect(await stored(keys[1]!)).toMatchObject({ lastUsedService: 'iam' })
})
