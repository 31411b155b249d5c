import { beforeEach, describe, expect, test } from 'vitest'
import { createEventTally, WRONG_SIGNATURE } from '../../../src/iam/audit/event-tally.ts'
import { failedSignatures } from '../../../src/iam/audit/failed-signatures.ts'
import { recordStranger } from '../../../src/iam/audit/record-within.ts'
import { createSignatureLimits } from '../../../src/iam/throttle/signature-limits.ts'
import { auditTrail } from '../../support/call.ts'
import { freshDatabase, type TestDatabase } from '../../support/database.ts'
import { seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

const ACCOUNT = '123456789012'
const KEY = 'AKIAIOSFODNN7EXAMPLE'
const NEVER_BY_ITSELF = 2 ** 30

let database: TestDatabase
let services: TestServices
let warnings: { readonly message: string }[] = []
const log = { warn: (details: object, message: string) => void warnings.push({ ...details, message }) }

beforeEach(async () => {
  database = await freshDatabase()
  services = testServices(database)
  await seedAccount(services, { accountId: ACCOUNT })
  warnings = []
})

function tallyOver(db = services.db) {
  return createEventTally({ ...services, db, log, flushEveryMs: NEVER_BY_ITSELF, notesEveryMs: NEVER_BY_ITSELF })
}

function entryFrom(sourceIp: string, accessKeyId: string | null = null) {
  const who = { accountId: ACCOUNT, requestId: 'r', principalArn: 'arn', principalId: 'id', userAgent: 'agent' }
  return { ...who, sourceIp, accessKeyId, action: 'signin:ConsoleLogin', resource: '*', result: 'FAILURE' as const }
}

/** Sum of what the events of the trail stand for. */
async function counted(): Promise<number> {
  const { rows } = await database.pool.query<{ sum: number }>(
    `select sum(coalesce((detail->>'count')::int, 1))::int as sum from audit_event`,
  )
  return rows[0]?.sum ?? 0
}

describe('events that are counted', () => {
  test('become one event for each account, action, key and address, which says how many, since when and until when', async () => {
    const tally = tallyOver()
    for (let n = 0; n < 30; n++) {
      tally.count({ ...entryFrom(`192.0.2.${n % 2}`), principalId: `id${n}`, errorCode: 'AccessDenied' })
      services.clock.advance(1_000)
    }
    await tally.flush()
    await tally.flush()
    const events = await auditTrail(services, ACCOUNT)
    expect(events.map(({ sourceIp, principalId, detail }) => ({ sourceIp, principalId, detail }))).toEqual(
      [0, 1].map((n) => ({
        sourceIp: `192.0.2.${n}`,
        principalId: 'anonymous',
        detail: {
          count: 15,
          first: `2026-01-15T12:00:0${n}.000Z`,
          last: `2026-01-15T12:00:${28 + n}.000Z`,
          errors: ['AccessDenied: 15'],
        },
      })),
    )
  })

  test('take bounded memory and rows from any number of addresses, and none is lost', async () => {
    const tally = tallyOver()
    for (let n = 0; n < 10_000; n++) tally.count(entryFrom(`10.${n >> 8}.${n & 255}.1`))
    await tally.close()
    const events = await auditTrail(services, ACCOUNT)
    expect(events.length).toBeLessThanOrEqual(202)
    expect(await counted()).toBe(10_000)
  })

  test('are kept while the database does not write', async () => {
    let broken = true
    const db = new Proxy(services.db, {
      get(target, name) {
        if (name === 'auditEvent' && broken) return { createMany: () => Promise.reject(new Error('the disk is full')) }
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const tally = tallyOver(db)
    tally.count(entryFrom('192.0.2.1'), 3)
    await tally.flush()
    expect(warnings).toEqual([{ reason: 'the disk is full', kept: 1, message: 'counted events not written' }])
    broken = false
    tally.count(entryFrom('192.0.2.1'), 4)
    await tally.flush()
    expect(await counted()).toBe(7)
    expect(await auditTrail(services, ACCOUNT)).toHaveLength(1)
  })
})

describe('what strangers fail at', () => {
  test('is written one by one up to a number, and in aggregate beyond it: by address, and by account', async () => {
    const tally = tallyOver()
    const own = { ...services, tally }
    for (let n = 0; n < 250; n++) await recordStranger(services.db, own, entryFrom('192.0.2.1'))
    await tally.flush()
    expect(await auditTrail(services, ACCOUNT)).toHaveLength(101)
    expect(await counted()).toBe(250)
    for (let n = 0; n < 1_000; n++) await recordStranger(services.db, own, entryFrom(`198.51.${n & 127}.${n >> 7}`))
    await tally.flush()
    expect((await auditTrail(services, ACCOUNT)).length).toBeLessThan(101 + 400 + 202)
    expect(await counted()).toBe(1_250)
  })
})

const attempt = (sourceIp: string, accessKeyId = KEY) => ({
  accountId: ACCOUNT,
  accessKeyId,
  ownerArn: `arn:aws:iam::${ACCOUNT}:user/alice`,
  sourceIp,
})

function limitsOver(tally = tallyOver()) {
  const limits = createSignatureLimits({ ...services, tally, log, now: () => services.clock().getTime() })
  const fails = (times: number, sourceIp: string, key?: string) => {
    for (let n = 0; n < times; n++) limits.admit(attempt(sourceIp, key))(false)
  }
  return { limits, tally, fails }
}

describe('wrong signatures', () => {
  test('are limited by key and network: 20, and one more every ten seconds; the key elsewhere and others there are not', () => {
    const { limits, fails } = limitsOver()
    fails(20, '192.0.2.1')
    expect(() => limits.admit(attempt('192.0.2.1'))).toThrow(expect.objectContaining({ code: 'Throttling' }))
    limits.admit(attempt('192.0.2.2'))(true)
    limits.admit(attempt('192.0.2.1', 'AKIAI44QH8DHBEXAMPLE'))(true)
    services.clock.advance(9_900)
    expect(() => limits.admit(attempt('192.0.2.1'))).toThrow(
      expect.objectContaining({ details: { retryAfterSeconds: 1 } }),
    )
    services.clock.advance(100)
    // A right one costs nothing: the next is admitted at once.
    for (let n = 0; n < 5; n++) limits.admit(attempt('192.0.2.1'))(true)
  })

  test('of a day from one network are fewer than 9,000, from all networks of an IPv6 site together', () => {
    const { limits } = limitsOver()
    let admitted = 0
    for (let minute = 0; minute < 24 * 60; minute++) {
      for (let n = 0; n < 8; n++) {
        try {
          limits.admit(attempt(`2001:db8:1:${(minute * 8 + n).toString(16)}::1`))(false)
          admitted++
        } catch {
          // Refused: nothing was compared.
        }
      }
      services.clock.advance(60_000)
    }
    expect(admitted).toBeGreaterThan(8_000)
    expect(admitted).toBeLessThan(9_000)
  })

  test('are in the trail of the account of the key, with those that were not compared, and in the log by key and address', async () => {
    const { limits, tally, fails } = limitsOver()
    fails(20, '192.0.2.1')
    for (let n = 0; n < 80; n++) expect(() => limits.admit(attempt('192.0.2.1'))).toThrow()
    fails(1, '192.0.2.9', 'AKIAI44QH8DHBEXAMPLE')
    services.clock.advance(60_000)
    await tally.flush()
    fails(2, '192.0.2.1')
    await tally.flush()
    const [event] = await auditTrail(services, ACCOUNT)
    expect(event).toMatchObject({
      action: WRONG_SIGNATURE,
      accessKeyId: KEY,
      principalArn: 'anonymous',
      resource: `arn:aws:iam::${ACCOUNT}:user/alice`,
      result: 'FAILURE',
      detail: { count: 100, errors: ['SignatureDoesNotMatch: 20', 'Throttling: 80'] },
    })
    const found = await failedSignatures(
      { db: services.db, principal: { accountId: ACCOUNT } },
      { since: new Date('2026-01-01T00:00:00Z') },
    )
    const start = new Date('2026-01-15T12:00:00Z')
    const end = new Date('2026-01-15T12:01:00Z')
    const ownerArn = `arn:aws:iam::${ACCOUNT}:user/alice`
    expect(found).toEqual([
      { accessKeyId: KEY, ownerArn, sourceIp: '192.0.2.1', count: 102, firstAt: start, lastAt: end },
      { accessKeyId: 'AKIAI44QH8DHBEXAMPLE', ownerArn, sourceIp: '192.0.2.9', count: 1, firstAt: start, lastAt: start },
    ])
    expect(
      await failedSignatures(
        { db: services.db, principal: { accountId: ACCOUNT } },
        { since: new Date('2026-02-01T00:00:00Z') },
      ),
    ).toEqual([])
    expect(
      await failedSignatures({ db: services.db, principal: { accountId: '999999999999' } }, { since: new Date(0) }),
    ).toEqual([])
    expect(warnings[0]).toMatchObject({
      message: 'wrong signatures',
      accessKeyId: KEY,
      address: '192.0.2.1',
      count: 100,
    })
    expect(warnings).toHaveLength(3)
  })

  test('with keys that do not exist are counted by address, and the log names the address once', () => {
    const { limits } = limitsOver()
    for (let n = 0; n < 200; n++) limits.unknownKey('192.0.2.1')
    for (let n = 0; n < 50; n++) {
      expect(() => limits.unknownKey('192.0.2.1')).toThrow(expect.objectContaining({ code: 'Throttling' }))
    }
    limits.unknownKey('192.0.2.2')
    expect(warnings).toEqual([{ address: '192.0.2.1', message: 'many signatures with unknown or inactive keys' }])
  })
})
