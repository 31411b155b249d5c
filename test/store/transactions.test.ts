import { beforeEach, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { seedAccount } from '../support/seed-account.ts'
import { testServices } from '../support/services.ts'

let database: TestDatabase
let accountId: string

beforeEach(async () => {
  database = await freshDatabase()
  accountId = (await seedAccount(testServices(database))).accountId
})

const epoch = async () => (await database.db.account.findUniqueOrThrow({ where: { id: accountId } })).policyEpoch

describe('a transaction', () => {
  test('that waits in its middle does not interleave with others, and none of them is lost', async () => {
    const { db } = database
    await Promise.all(
      Array.from({ length: 20 }, () =>
        db.$transaction(
          async (tx) => {
            await tx.$executeRaw`select id from account where id = ${accountId} for update`
            const { policyEpoch } = await tx.account.findUniqueOrThrow({ where: { id: accountId } })
            await new Promise((resolve) => setImmediate(resolve))
            await tx.account.update({ where: { id: accountId }, data: { policyEpoch: policyEpoch + 1n } })
          },
          { maxWait: 30_000, timeout: 30_000 },
        ),
      ),
    )
    expect(await epoch()).toBe(20n)
  })

  test('that throws leaves nothing behind', async () => {
    const { db } = database
    const attempt = db.$transaction(async (tx) => {
      await tx.account.update({ where: { id: accountId }, data: { policyEpoch: 7 } })
      throw new Error('changed my mind')
    })
    await expect(attempt).rejects.toThrow('changed my mind')
    expect(await epoch()).toBe(0n)
  })

  test('whose COMMIT fails does not report success', async () => {
    const { db, pool } = database
    await pool.query(
      'alter table user_tag alter constraint user_tag_account_id_user_id_fkey deferrable initially deferred',
    )
    try {
      const attempt = db.$transaction(async (tx) => {
        await tx.account.update({ where: { id: accountId }, data: { policyEpoch: 7 } })
        await tx.userTag.create({ data: { accountId, userId: 'AIDANOBODY', key: 'k', keyFold: 'k', value: 'v' } })
      })
      await expect(attempt).rejects.toThrow()
      expect(await epoch()).toBe(0n)
    } finally {
      await pool.query('alter table user_tag alter constraint user_tag_account_id_user_id_fkey not deferrable')
    }
  })

  test('that lost a serializable race is told so, and the retry sees the winner', async () => {
    const { db } = database
    const increment = async (): Promise<void> => {
      try {
        await db.$transaction(
          async (tx) => {
            const { policyEpoch } = await tx.account.findUniqueOrThrow({ where: { id: accountId } })
            await tx.account.update({ where: { id: accountId }, data: { policyEpoch: policyEpoch + 1n } })
          },
          { isolationLevel: 'Serializable', maxWait: 30_000, timeout: 30_000 },
        )
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'P2034')) throw error
        await increment()
      }
    }
    await Promise.all(Array.from({ length: 10 }, increment))
    expect(await epoch()).toBe(10n)
  })
})

test('a connection that goes away in the middle of a transaction takes its work, settings and statements with it', async () => {
  const { pool } = database
  const statement = { name: 'epochs', text: 'select policy_epoch from account' }
  for (let round = 0; round < 2; round++) {
    const client = await pool.connect()
    await client.query("begin; set timezone = 'Asia/Tokyo'; update account set policy_epoch = 7")
    expect((await client.query(statement)).rows).toEqual([{ policy_epoch: '7' }])
    client.release(true)
    expect((await pool.query(statement)).rows).toEqual([{ policy_epoch: '0' }])
    expect((await pool.query('show timezone')).rows).toEqual([{ TimeZone: 'UTC' }])
  }
})

test('a failed statement does not take later ones with it', async () => {
  const { db } = database
  const duplicate = () => db.account.create({ data: { id: accountId, createdAt: new Date() } })
  await expect(duplicate()).rejects.toMatchObject({ code: 'P2002' })
  await expect(duplicate()).rejects.toMatchObject({ code: 'P2002' })
  expect(await epoch()).toBe(0n)
})

test('plain SQL and Prisma mean the same moment, whatever the time zone of the server', async () => {
  const { db, pool } = database
  const createdAt = new Date('2026-07-01T10:20:30.456Z')
  await db.account.create({ data: { id: '000000000001', createdAt } })
  const { rows } = await pool.query(
    "select created_at, to_char(created_at, 'HH24:MI') as text from account where id = $1",
    ['000000000001'],
  )
  expect(rows).toEqual([{ created_at: createdAt, text: '10:20' }])
})

test('the constraints keep a second root, a foreign name key and an e-mail of a user out', async () => {
  const { db } = database
  const user = { accountId, id: 'AIDAEXAMPLEEXAMPLE123', name: 'Bob', nameKey: 'bob', createdAt: new Date() }
  await expect(db.user.create({ data: { ...user, root: true } })).rejects.toThrow('user_root_check')
  await expect(db.user.create({ data: { ...user, nameKey: 'Bob' } })).rejects.toThrow('user_name_key_check')
  await expect(db.user.create({ data: { ...user, email: 'bob@example.com' } })).rejects.toThrow('user_email_check')
  await expect(db.user.create({ data: user })).resolves.toMatchObject({ name: 'Bob' })
})
