import { beforeAll, expect, test } from 'vitest'
import type { PrismaClient } from '../../src/generated/prisma/client.ts'
import { measuredClient } from '../../src/store/measured-client.ts'
import { freshDatabase } from '../support/database.ts'

let db: PrismaClient
beforeAll(async () => {
  ;({ db } = await freshDatabase())
})

/** Counts what was begun, and what is under way. */
function tally() {
  let begun = 0
  let underWay = 0
  const cost = {
    charge: <T>(ask: () => T): T => ask(),
    waited: () => {},
    begin() {
      begun++
      underWay++
      return () => void underWay--
    },
  }
  return { cost, begun: () => begun, underWay: () => underWay }
}

const account = (id: string) => ({ data: { id, createdAt: new Date('2026-01-15T12:00:00Z') } })

test('each operation is a statement of the request, under way until it is answered or has failed', async () => {
  const { cost, begun, underWay } = tally()
  const measured = measuredClient(db, cost)
  const found = measured.account.findMany()
  expect([begun(), underWay()]).toEqual([1, 1])
  expect(await found).toEqual([])
  expect(await measured.$queryRaw`select 1 as one`).toEqual([{ one: 1 }])
  await measured.account.create(account('100000000001'))
  await expect(measured.account.create(account('100000000001'))).rejects.toThrow('Unique constraint')
  expect([begun(), underWay()]).toEqual([4, 0])
})

test('a transaction counts its beginning, its operations and its end, and not what it waits for besides', async () => {
  const { cost, begun, underWay } = tally()
  const measured = measuredClient(db, cost)
  const id = await measured.$transaction(async (tx) => {
    expect([begun(), underWay()]).toEqual([1, 0])
    const made = await tx.account.create(account('100000000002'))
    expect([begun(), underWay()]).toEqual([2, 0])
    return made.id
  })
  expect([id, begun(), underWay()]).toEqual(['100000000002', 3, 0])
})

test('a transaction that fails is rolled back and ends what it began', async () => {
  const { cost, begun, underWay } = tally()
  const work = measuredClient(db, cost).$transaction(async (tx) => {
    await tx.account.create(account('100000000003'))
    throw new Error('after all not')
  })
  await expect(work).rejects.toThrow('after all not')
  expect([begun(), underWay()]).toEqual([3, 0])
  expect(await db.account.findUnique({ where: { id: '100000000003' } })).toBeNull()
})

test('a client whose own operations cannot be written over is measured like any other', async () => {
  const { cost, begun } = tally()
  const fixed = Object.create(db, { $transaction: { value: db.$transaction.bind(db), enumerable: true } })
  expect(await measuredClient(fixed, cost).$transaction((tx) => tx.account.count())).toBeGreaterThanOrEqual(0)
  expect(begun()).toBe(3)
})

test('nothing stands between where nobody counts', () => {
  expect(measuredClient(db, undefined)).toBe(db)
})
