import { beforeEach, expect, test } from 'vitest'
import { exportEvents } from '../../../src/iam/audit/export-events.ts'
import { recordEvents } from '../../../src/iam/audit/record.ts'
import { retainEvents } from '../../../src/iam/audit/retain-events.ts'
import { createRetention } from '../../../src/iam/audit/retention.ts'
import { openDatabase } from '../../../src/store/open.ts'
import { freshDatabase } from '../../support/database.ts'
import { latchkey } from '../../support/run-command.ts'
import { seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const ACCOUNT = '123456789012'
const OTHER = '210987654321'
const HOUR = 60 * 60 * 1000

let services: TestServices

beforeEach(async () => {
  services = testServices(await freshDatabase())
  for (const accountId of [ACCOUNT, OTHER]) await seedAccount(services, { accountId })
})

/** So many events, an hour apart. */
async function happen(on: Pick<TestServices, 'db' | 'clock' | 'random'>, accountId: string, count: number) {
  for (let n = 0; n < count; n++) {
    on.clock.advance(HOUR)
    const principal = { principalArn: `arn:aws:iam::${accountId}:root`, principalId: accountId }
    const what = { action: `iam:Action${n}`, resource: '*', result: 'SUCCESS', detail: { n } } as const
    await recordEvents(on.db, on, [{ accountId, requestId: `request-${n}`, ...principal, ...what }])
  }
}

async function lines(source: AsyncIterable<string>): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = []
  for await (const line of source) {
    expect(line.endsWith('\n')).toBe(true)
    found.push(JSON.parse(line))
  }
  return found
}

test('an export has every event of one account, oldest first, also when it takes several pages', async () => {
  await happen(services, OTHER, 1)
  const start = services.clock()
  const entries = Array.from({ length: 2_500 }, (_, n) => ({
    accountId: ACCOUNT,
    requestId: `request-${n}`,
    principalArn: `arn:aws:iam::${ACCOUNT}:root`,
    principalId: ACCOUNT,
    action: 'iam:GetUser',
    resource: '*',
    result: 'SUCCESS' as const,
  }))
  await recordEvents(services.db, services, entries)
  await happen(services, ACCOUNT, 2)
  const exported = await lines(exportEvents(services, { accountId: ACCOUNT }))
  expect(exported).toHaveLength(2_502)
  expect(new Set(exported.map(({ eventId }) => eventId)).size).toBe(2_502)
  expect(exported.at(-1)).toEqual({
    eventId: expect.any(String),
    accountId: ACCOUNT,
    at: services.clock().toISOString(),
    requestId: 'request-1',
    decisionId: null,
    principalArn: `arn:aws:iam::${ACCOUNT}:root`,
    principalId: ACCOUNT,
    accessKeyId: null,
    sourceIdentity: null,
    mfa: null,
    sourceIp: null,
    userAgent: null,
    action: 'iam:Action1',
    resource: '*',
    result: 'SUCCESS',
    errorCode: null,
    detail: { n: 1 },
  })
  const since = new Date(start.getTime() + 1)
  const until = new Date(start.getTime() + HOUR)
  const some = await lines(exportEvents(services, { accountId: ACCOUNT, since, until }))
  expect(some.map(({ action }) => action)).toEqual(['iam:Action0'])
})

test('retention deletes what is older than so many days, of all accounts, and nothing else', async () => {
  await happen(services, ACCOUNT, 48)
  await happen(services, OTHER, 48)
  // The oldest is 95 hours old: of the first account all but one day's worth are older than two days.
  expect(await retainEvents(services, 2)).toBe(47)
  expect(await services.db.auditEvent.count({ where: { accountId: ACCOUNT } })).toBe(1)
  expect(await services.db.auditEvent.count({ where: { accountId: OTHER } })).toBe(48)
  expect(await retainEvents(services, 2)).toBe(0)
  expect(await retainEvents(services, 1)).toBe(1 + 23)
})

test('a server with a retention deletes by itself what has become older, beside others, and nothing once it is closed', async () => {
  await happen(services, ACCOUNT, 48)
  const said: object[] = []
  const log = { info: (details: object) => void said.push(details), warn: (details: object) => void said.push(details) }
  const [one, other] = [0, 1].map(() => createRetention({ ...services, log, days: 1, everyMs: HOUR }))
  const left = () => services.db.auditEvent.count()
  await Promise.all([one?.run(), other?.run()])
  expect(await left()).toBe(25)
  services.clock.advance(HOUR)
  await one?.run()
  expect(await left()).toBe(24)
  await one?.close()
  services.clock.advance(HOUR)
  await one?.run()
  expect(await left()).toBe(24)
  await other?.run()
  await other?.close()
  expect(await left()).toBe(23)
  expect(said.length).toBeGreaterThan(2)
  expect(said.filter((details) => !('events' in details))).toEqual([])
})

/** Several starts, perhaps on a busy machine. */
const PATIENCE_MS = 180_000

test('the commands work on the configured database, and say what is wrong in a line', {
  timeout: PATIENCE_MS,
}, async () => {
  const dataDir = temporaryDirectory()
  const database = await openDatabase({ dataDir, log: { info() {}, warn() {} } })
  const embedded = { ...services, db: database.db }
  await seedAccount(embedded, { accountId: ACCOUNT })
  await happen(embedded, ACCOUNT, 3)
  await database.close()
  const run = (...args: string[]) => latchkey(['audit', ...args], { LATCHKEY_DATA_DIR: dataDir })
  const exported = await run('export', '--account', ACCOUNT)
  expect([exported.code, exported.err]).toEqual([0, ''])
  expect(
    exported.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).action),
  ).toEqual(['iam:Action0', 'iam:Action1', 'iam:Action2'])
  const unknown = await run('export', '--account', '999999999999')
  expect(unknown).toEqual({ code: 1, out: '', err: 'latchkey audit export: There is no account 999999999999.\n' })
  expect((await run('retain', '--days', '0')).code).toBe(2)
  const retained = await run('retain', '--days', '1')
  expect([retained.code, retained.out]).toEqual([0, 'Deleted 3 events older than 1 days.\n'])
})
