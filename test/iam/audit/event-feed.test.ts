import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createEventFeed, type EventStream } from '../../../src/iam/audit/event-feed.ts'
import { recordEvents } from '../../../src/iam/audit/record.ts'
import { refusal } from '../../support/call.ts'
import { freshDatabase, type TestDatabase } from '../../support/database.ts'
import { seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'
import { statementsOf } from '../../graphql/statements.ts'

const ACCOUNT = '123456789012'
const NEVER_BY_ITSELF = 2 ** 30

let database: TestDatabase
let services: TestServices
const warnings: object[] = []

beforeEach(async () => {
  database = await freshDatabase()
  services = testServices(database)
  await seedAccount(services, { accountId: ACCOUNT })
  warnings.length = 0
})

function feedOver(db: TestServices['db'] = services.db) {
  const log = { warn: (details: object) => void warnings.push(details) }
  const feed = createEventFeed({ db, clock: services.clock, log, pollEveryMs: NEVER_BY_ITSELF })
  onTestFinished(() => feed.close())
  return feed
}

async function happen(count: number, action = 'iam:GetUser'): Promise<void> {
  const who = { accountId: ACCOUNT, requestId: 'r', principalArn: 'arn', principalId: 'id', resource: '*' }
  const entries = Array.from({ length: count }, () => ({ ...who, action, result: 'SUCCESS' as const }))
  await recordEvents(services.db, services, entries)
}

/** Actions of what a stream has until its next look, which is null. */
async function until(stream: EventStream): Promise<unknown[]> {
  const actions: unknown[] = []
  for (;;) {
    const { value } = await stream.next()
    if (!value) return actions
    actions.push(value.action)
  }
}

test('every look is told of, also when nothing has happened or the database does not answer', async () => {
  let broken = false
  const db = new Proxy(services.db, {
    get(target, name) {
      if (name === '$queryRaw' && broken) return () => Promise.reject(new Error('gone away'))
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const feed = feedOver(db)
  const stream = feed.subscribe(ACCOUNT, {}, 'alice')
  await feed.poll()
  expect(await until(stream)).toEqual([])
  broken = true
  await happen(1)
  await feed.poll()
  expect(await until(stream)).toEqual([])
  expect(warnings).toEqual([{ reason: 'gone away' }])
  broken = false
  await feed.poll()
  await feed.poll()
  expect((await stream.next()).value).toMatchObject({ action: 'iam:GetUser' })
})

test('what happened before somebody listened is not told', async () => {
  await happen(3)
  services.clock.advance(1)
  const feed = feedOver()
  const stream = feed.subscribe(ACCOUNT, {}, 'alice')
  await happen(1, 'iam:ListUsers')
  await feed.poll()
  expect((await stream.next()).value).toMatchObject({ action: 'iam:ListUsers' })
})

test('more than a statement carries comes whole', async () => {
  const feed = feedOver()
  const stream = feed.subscribe(ACCOUNT, { action: 'iam:ListUsers' }, 'alice')
  await happen(1_500)
  await happen(900, 'iam:ListUsers')
  await happen(600)
  await feed.poll()
  const actions: unknown[] = []
  for (let n = 0; n < 900; n++) actions.push((await stream.next()).value?.action)
  expect(new Set(actions)).toEqual(new Set(['iam:ListUsers']))
})

test('who falls behind gets what fits and then an error, and the others go on', async () => {
  const feed = feedOver()
  const slow = feed.subscribe(ACCOUNT, {}, 'alice')
  const choosy = feed.subscribe(ACCOUNT, { action: 'iam:ListUsers' }, 'alice')
  await happen(1_001)
  await happen(1, 'iam:ListUsers')
  await feed.poll()
  for (let n = 0; n < 1_000; n++) expect((await slow.next()).value).toBeTruthy()
  expect(await refusal(() => slow.next())).toMatchObject({ code: 'Throttling' })
  expect(await slow.next()).toEqual({ done: true, value: undefined })
  expect((await choosy.next()).value).toMatchObject({ action: 'iam:ListUsers' })
})

test('the number of listeners is bounded, in all, by account and by caller, and one that leaves makes room', async () => {
  const feed = feedOver()
  const listen = (account: string, subscriber: string) => feed.subscribe(account, {}, subscriber)
  const fill = (count: number, account: string, subscriber: string) =>
    Array.from({ length: count }, () => listen(account, subscriber))
  const isFull = async (account: string, subscriber: string) =>
    expect(await refusal(() => listen(account, subscriber))).toMatchObject({ code: 'Throttling' })

  const [first] = fill(20, ACCOUNT, 'alice')
  await isFull(ACCOUNT, 'alice')
  fill(20, ACCOUNT, 'bob')
  fill(10, ACCOUNT, 'carol')
  await isFull(ACCOUNT, 'dave')
  await first?.return?.()
  listen(ACCOUNT, 'dave')

  for (const account of ['222222222222', '333333333333', '444444444444'])
    for (const subscriber of ['a', 'b', 'c', 'd', 'e']) fill(10, account, subscriber)
  await isFull('555555555555', 'a')
})

test('a stream that waits can be left', async () => {
  const stream = feedOver().subscribe(ACCOUNT, {}, 'alice')
  const waiting = stream.next()
  await stream.return?.()
  expect(await waiting).toEqual({ done: true, value: undefined })
})

test('all listeners of a process share a look, and nobody looks while nobody listens', async () => {
  const feed = feedOver()
  const looks = () => statementsOf(database.pool, () => feed.poll())
  expect(await looks()).toHaveLength(0)
  const streams = Array.from({ length: 20 }, () => feed.subscribe(ACCOUNT, {}, 'alice'))
  expect(await looks()).toHaveLength(1)
  for (const stream of streams) await stream.return?.()
  expect(await looks()).toHaveLength(0)
})
