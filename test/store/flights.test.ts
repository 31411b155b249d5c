import { beforeEach, describe, expect, test } from 'vitest'
import { Prisma } from '../../src/generated/prisma/client.ts'
import { holdBack, holdForAnswer } from '../../src/iam/held-statements.ts'
import { Flight } from '../../src/store/flights/flight.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { type RoundTrip, roundTripsOf } from '../support/round-trips.ts'

const ACCOUNT = '000000000001'
const RAISE = Prisma.sql`update account set policy_epoch = policy_epoch + 1 where id = ${ACCOUNT} returning policy_epoch`
const FAIL = Prisma.sql`update account set policy_epoch = 1 / (policy_epoch - policy_epoch) where id = ${ACCOUNT}`
const EPOCH = Prisma.sql`select policy_epoch from account where id = ${ACCOUNT}`

let database: TestDatabase
let trips: RoundTrip[]

beforeEach(async () => {
  database = await freshDatabase()
  trips = roundTripsOf(database.pool)
  await database.db.account.create({ data: { id: ACCOUNT, createdAt: new Date('2026-01-15T12:00:00Z') } })
  trips.length = 0
})

const epoch = async () => (await database.db.account.findUniqueOrThrow({ where: { id: ACCOUNT } })).policyEpoch
const verbs = () =>
  trips.map(({ statements }) =>
    statements.map((text) => /\b[A-Z]+\b/i.exec(text.replace(/^\/\*.*?\*\//, ''))![0].toUpperCase()),
  )

/** Sends statements together on one client. */
function fly(client: object, ...texts: readonly { text: string; name?: string; values?: unknown[] }[]) {
  return new Promise<readonly { rows: unknown[] }[]>((resolve, reject) => {
    const query: unknown = Reflect.get(client, 'query')
    if (typeof query !== 'function') throw new TypeError('this is no client')
    const landed = (error: Error | null, results: readonly { rows: unknown[] }[] = []) =>
      error === null ? resolve(results) : reject(error)
    Reflect.apply(query, client, [new Flight(texts), landed])
  })
}

describe('a transaction', () => {
  test('begins with its first statement', async () => {
    await database.db.$transaction((tx) => tx.$executeRaw(RAISE), { isolationLevel: 'Serializable' })
    expect(verbs()).toEqual([['BEGIN', 'UPDATE'], ['COMMIT']])
    expect(trips[0]?.statements[0]).toBe('BEGIN ISOLATION LEVEL SERIALIZABLE')
    expect(await epoch()).toBe(1n)
  })

  test('that asks nothing costs nothing, whether it ends well or not', async () => {
    expect(await database.db.$transaction(async () => 'done')).toBe('done')
    const failed = database.db.$transaction(() => Promise.reject(new Error('no')))
    await expect(failed).rejects.toThrow('no')
    expect(trips).toEqual([])
  })

  test('sends what is held back with the next statement, in order, and knows its answer whatever else was held', async () => {
    const seen = await database.db.$transaction(async (tx) => {
      const raised = await holdForAnswer(tx, 'epoch', RAISE, EPOCH)
      const found = await tx.$queryRaw(EPOCH)
      await holdBack(tx, RAISE)
      const later = await tx.$queryRaw(EPOCH)
      return [found, later, await raised.answer()]
    })
    expect(verbs()).toEqual([['BEGIN', 'UPDATE', 'SELECT'], ['UPDATE', 'SELECT'], ['COMMIT']])
    expect(seen).toEqual([[{ policy_epoch: 1n }], [{ policy_epoch: 2n }], [{ policy_epoch: 1n }]])
  })

  test('sends what is held back when its answer is asked for, and with the COMMIT at the latest', async () => {
    await database.db.$transaction(async (tx) => {
      const raised = await holdForAnswer(tx, 'epoch', RAISE, EPOCH)
      await holdBack(tx, RAISE)
      expect(await raised.answer()).toEqual([{ policy_epoch: 1n }])
      await holdBack(tx, RAISE)
      await holdBack(tx, RAISE)
    })
    expect(verbs()).toEqual([
      ['BEGIN', 'UPDATE', 'UPDATE'],
      ['UPDATE', 'UPDATE', 'COMMIT'],
    ])
    expect(await epoch()).toBe(4n)
  })

  test('that throws takes back what was held as well', async () => {
    const attempt = database.db.$transaction(async (tx) => {
      await tx.$executeRaw(RAISE)
      await holdBack(tx, RAISE)
      throw new Error('changed my mind')
    })
    await expect(attempt).rejects.toThrow('changed my mind')
    expect(await epoch()).toBe(0n)
  })

  test('is not committed when a statement that goes with the COMMIT fails, and its connection is as good as new', async () => {
    for (let round = 0; round < 12; round++) {
      const attempt = database.db.$transaction(async (tx) => {
        await tx.$executeRaw(RAISE)
        await holdBack(tx, FAIL)
      })
      await expect(attempt).rejects.toThrow('division by zero')
    }
    expect(await epoch()).toBe(0n)
    await database.db.$transaction((tx) => tx.$executeRaw(RAISE))
    expect(await epoch()).toBe(1n)
    const { rows } = await database.pool.query('select pg_current_xact_id_if_assigned() as open')
    expect(rows).toEqual([{ open: null }])
  })

  test('fails as a whole when one that is held back fails with the first statement', async () => {
    const attempt = database.db.$transaction(async (tx) => {
      await holdBack(tx, FAIL)
      await tx.$executeRaw(RAISE)
    })
    await expect(attempt).rejects.toThrow('division by zero')
    expect(await epoch()).toBe(0n)
  })
})

test('what is held back outside of a transaction is carried out at once', async () => {
  const raised = await holdForAnswer(database.db, 'epoch', RAISE, EPOCH)
  expect(await epoch()).toBe(1n)
  expect(await raised.answer()).toEqual([{ policy_epoch: 1n }])
})

describe('statements that are sent together', () => {
  test('are each answered, and prepared under their names once', async () => {
    const client = await database.pool.connect()
    try {
      const named = { name: 'flight_one', text: 'select $1::int as one', values: [1] }
      for (let round = 0; round < 2; round++) {
        const results = await fly(client, { text: 'begin' }, named, named, { text: 'commit' })
        expect(results.map(({ rows }) => rows)).toEqual([[], [{ one: 1 }], [{ one: 1 }], []])
      }
      const { rows } = await client.query(
        `select count(*)::int as many from pg_prepared_statements where name = 'flight_one'`,
      )
      expect(rows).toEqual([{ many: 1 }])
    } finally {
      client.release()
    }
  })

  test('are skipped after one that fails, and prepared the next time', async () => {
    const client = await database.pool.connect()
    try {
      const late = { name: 'flight_late', text: 'select $1::int as late', values: [1] }
      await expect(fly(client, { text: 'select 1 / 0' }, late)).rejects.toThrow('division by zero')
      expect((await fly(client, late))[0]?.rows).toEqual([{ late: 1 }])
    } finally {
      client.release()
    }
  })

  test('are not sent after a value that cannot be, and the connection stays in step', async () => {
    const client = await database.pool.connect()
    const unsendable = {
      toPostgres() {
        throw new TypeError('cannot be sent')
      },
    }
    try {
      const failing = fly(
        client,
        { text: 'begin' },
        { text: 'select $1::text', values: [unsendable] },
        { text: 'update account set policy_epoch = 7' },
        { text: 'commit' },
      )
      await expect(failing).rejects.toThrow('cannot be sent')
      await client.query('rollback')
      expect((await client.query('select policy_epoch from account')).rows).toEqual([{ policy_epoch: '0' }])
    } finally {
      client.release()
    }
  })
})
