import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type JoinOptions, joinGateways } from '../../src/store/gateways.ts'
import { loadMasterKey, MasterKeyError } from '../../src/store/master-key.ts'
import { OutageError } from '../../src/store/outage.ts'
import { rotateKeys } from '../../src/store/rotate-keys.ts'
import { createSecretBox } from '../../src/store/secret-box.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { seedAccount } from '../support/seed-account.ts'
import { testServices } from '../support/services.ts'

const [OLD, NEW] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')]
const ringOf = (...keys: string[]) =>
  loadMasterKey({ fromEnvironment: keys.join(), dataDir: '/nowhere' }).deriveKeys('secrets')
const [old, anew] = [ringOf(OLD).current, ringOf(NEW).current]
const SELF = `${hostname()} (process ${process.pid})`

let database: TestDatabase
let warnings: object[]

beforeEach(async () => {
  database = await freshDatabase()
  warnings = []
})

/** A gateway that starts; it is gone when the test is over. */
async function start(keys: readonly string[], options: Partial<JoinOptions> = {}) {
  const log = { info() {}, warn: (details: object) => void warnings.push(details) }
  const ring = ringOf(...keys)
  const given = { pool: database.pool, ring, alone: false, kind: 'gateway', version: '1.2.3', log, ...options }
  const member = await joinGateways(given)
  onTestFinished(() => member.leave())
  return member
}

const count = async (table: 'gateway' | 'master_key') =>
  (await database.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n
/** As if so much time had passed since the last beat of everybody. */
const age = (interval: string) => database.pool.query(`update gateway set beat_at = beat_at - interval '${interval}'`)

describe('the list of gateways', () => {
  test('says who each is and which master keys it has, and holds nothing of the keys themselves', async () => {
    await start([OLD, NEW])
    const { rows } = await database.pool.query('select * from gateway')
    expect(rows).toEqual([
      expect.objectContaining({
        kind: 'gateway',
        host: hostname(),
        pid: process.pid,
        version: '1.2.3',
        active_key: old,
        known_keys: [old, anew],
      }),
    ])
    const text = JSON.stringify(rows)
    for (const key of [OLD, NEW]) {
      expect(text).not.toContain(key.slice(0, 10))
      expect(text).not.toContain(Buffer.from(key, 'base64').toString('hex').slice(0, 10))
    }
  })

  test('loses who stops in good order at once, and who crashed after a minute without a beat', async () => {
    const first = await start([OLD])
    await expect(start([NEW, OLD])).rejects.toThrow(
      `Master key ${anew} may not encrypt yet, because these do not know it: ${SELF}. Restart them with LATCHKEY_MASTER_KEY=old,new first.`,
    )
    expect(await count('gateway')).toBe(1)
    await first.leave()
    expect(await count('gateway')).toBe(0)

    await start([OLD])
    await age('50 seconds')
    await expect(start([NEW, OLD])).rejects.toThrow(MasterKeyError)
    await age('11 seconds')
    await start([NEW, OLD])
    expect(await count('gateway')).toBe(2)
    await age('61 minutes')
    await start([NEW, OLD])
    expect(await count('gateway')).toBe(1)
  })

  test('is of the past where one process alone can have the database', async () => {
    await start([OLD])
    const next = await start([NEW, OLD], { alone: true })
    expect([next.peers, await count('gateway')]).toEqual([[], 1])
  })

  test('is looked at with every beat, which is one statement and returns who was cleared out', async () => {
    const first = await start([OLD, NEW])
    expect(first.peers).toEqual([])
    await start([OLD])
    const asked: unknown[] = []
    const { pool } = database
    const query = pool.query.bind(pool)
    const counted = Object.assign(Object.create(pool), {
      query: (...given: unknown[]) => {
        asked.push(given)
        return Reflect.apply(query, pool, given)
      },
    })
    const third = await start([OLD, NEW], { pool: counted })
    await third.beat()
    expect(asked).toHaveLength(1)
    expect(third.peers.map(({ knownKeys }) => knownKeys)).toEqual(expect.arrayContaining([[old, anew], [old]]))
    await pool.query('delete from gateway')
    await third.beat()
    expect(await count('gateway')).toBe(1)
    await third.leave()
    await third.beat()
    expect(await count('gateway')).toBe(0)
  })

  test('warns once who was away for so long that others went on without it', async () => {
    const away = await start([OLD])
    await age('2 minutes')
    await start([NEW, OLD])
    await away.beat()
    await away.beat()
    expect(warnings).toEqual([expect.objectContaining({ gateways: [SELF], own: old })])
  })

  test('is not written while the database is away: nothing is thrown, nothing logged twice, and a stop does not wait', async () => {
    const member = await start([OLD])
    const { pool } = database
    const query = pool.query.bind(pool)
    onTestFinished(() => void Object.assign(pool, { query }))
    Object.assign(pool, { query: () => Promise.reject(new OutageError('The database does not answer. Try again.')) })
    await member.beat()
    await member.beat()
    Object.assign(pool, { query: () => new Promise(() => {}) })
    void member.beat()
    const began = performance.now()
    await member.leave()
    expect(performance.now() - began).toBeLessThan(2_000)
    Object.assign(pool, { query })
    expect([warnings, await count('gateway')]).toEqual([[], 1])
  })
})

describe('of two that start at the same moment with keys that do not go together', () => {
  test.each(Array.from({ length: 5 }, (_, n) => n))('one is refused (round %i)', async () => {
    const results = await Promise.allSettled([start([OLD]), start([NEW, OLD])])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await count('gateway')).toBe(1)
  })
})

/** Step three: whether all went well, and what it said. */
const rotate = (keys: readonly string[]) => {
  const lines: string[] = []
  const out = { tell: (line: string) => void lines.push(line), complain: (line: string) => void lines.push(line) }
  const parts = {
    database: { ...database, kind: 'postgresql' as const },
    ring: ringOf(...keys),
    version: '1',
    ...out,
  }
  return rotateKeys({ secrets: true, signingKey: false, revokeNow: false }, parts).then((well) => ({ well, lines }))
}

describe('the steps', () => {
  beforeEach(async () => {
    const secrets = createSecretBox(ringOf(OLD), randomBytes)
    const account = await seedAccount(testServices({ db: database.db, secrets }))
    await account.createTestUser({ name: 'alice', accessKeys: 2 })
  })

  test('are gone through by two gateways one after the other, and each that is taken too early is refused', async () => {
    let [one, two] = [await start([OLD]), await start([OLD])]
    const restart = async (member: typeof one, ...keys: string[]) => {
      await member.leave()
      return start(keys)
    }
    await expect(rotate([NEW, OLD])).rejects.toThrow('Restart them with LATCHKEY_MASTER_KEY=old,new first.')
    one = await restart(one, OLD, NEW)
    await one.leave()
    await expect(start([NEW, OLD])).rejects.toThrow('Restart them with LATCHKEY_MASTER_KEY=old,new first.')
    one = await start([OLD, NEW])
    two = await restart(two, OLD, NEW)
    await expect(rotate([NEW, OLD])).rejects.toThrow(
      `Not everybody encrypts with master key ${anew} yet. Restart these with LATCHKEY_MASTER_KEY=new,old first: ${SELF} with ${old}, ${SELF} with ${old}.`,
    )
    one = await restart(one, NEW, OLD)
    await expect(rotate([NEW, OLD])).rejects.toThrow(`first: ${SELF} with ${old}.`)
    two = await restart(two, NEW, OLD)
    await two.leave()
    await expect(start([NEW])).rejects.toThrow(
      `The database holds secrets under master key ${old}, but this process has ${anew}. (${old}: access keys 2.)`,
    )
    two = await start([NEW, OLD])

    expect(await rotate([NEW, OLD])).toEqual({
      well: true,
      lines: [
        expect.stringContaining(`Encrypted anew under master key ${anew}: access keys 2, `),
        'The other master keys are needed for 36 hours more: until then there are temporary credentials under them.',
      ],
    })
    await expect(start([OLD])).rejects.toThrow('This process does not have the master key that these encrypt with')
    await expect(start([NEW])).rejects.toThrow(/^Master key \w{8} may not be left out before 20.*Z: until then/)
    await database.pool.query(`update master_key set ended_at = ended_at - interval '36 hours'`)
    for (const member of [one, two]) await restart(member, NEW)
    await expect(start([OLD, NEW])).rejects.toThrow(`Master key ${old} may not encrypt yet`)
  })

  test('let the operator end what lives under the old key at once', async () => {
    await start([NEW, OLD])
    await rotate([NEW, OLD])
    await expect(start([NEW])).rejects.toThrow(`or end them now with LATCHKEY_FORGET_MASTER_KEYS=${old}.`)
    await start([NEW], { forgotten: [old] })
  })

  test('begin again when the old key is put in front again', async () => {
    const first = await start([NEW, OLD])
    await rotate([NEW, OLD])
    await database.pool.query(`update master_key set ended_at = ended_at - interval '36 hours'`)
    await start([OLD, NEW])
    await first.leave()
    await expect(start([NEW])).rejects.toThrow('This process does not have the master key that these encrypt with')
    await age('2 minutes')
    await expect(start([NEW])).rejects.toThrow(`Master key ${old} may not be left out yet`)
  })

  test('remember when each key came into use, also those that were there before anybody wrote it down', async () => {
    expect(await count('master_key')).toBe(0)
    const member = await start([NEW, OLD])
    expect([...member.firstUsed.keys()].toSorted()).toEqual([anew, old].toSorted())
  })
})
