import { beforeEach, describe, expect, test } from 'vitest'
import { credentialReportCsv } from '../../../src/iam/reports/credential-report-csv.ts'
import { createCredentialReports } from '../../../src/iam/reports/credential-reports.ts'
import { refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'
import { statementsOf } from '../../graphql/statements.ts'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR
const HEADER =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated'

let services: TestServices
let account: SeededAccount
let database: Awaited<ReturnType<typeof freshDatabase>>

beforeEach(async () => {
  database = await freshDatabase()
  services = testServices(database)
  account = await seedAccount(services)
})

/** A small company: whoever it is, something is different about the columns. */
async function company(): Promise<void> {
  const { db, clock } = services
  const { accountId } = account
  await db.user.update({
    where: { accountId_id: { accountId, id: accountId } },
    data: { passwordLastUsedAt: new Date('2026-01-15T12:30:45.678Z') },
  })
  clock.advance(DAY)
  const zoe = await account.createTestUser({ name: 'Zoe', accessKeys: 0 })
  const bob = await account.createTestUser({ name: 'bob', path: '/staff/', accessKeys: 0, passwordHash: 'x' })
  const alice = await account.createTestUser({ name: 'Alice', accessKeys: 0, passwordHash: 'x' })
  await account.createTestUser({ name: 'a+comma,b', accessKeys: 0 })
  await db.user.update({
    where: { accountId_id: { accountId, id: alice.id } },
    data: { passwordLastUsedAt: new Date('2026-01-17T08:00:00Z') },
  })
  const secret = { secret: new Uint8Array(1), secretKeyId: 'test', accountId }
  const createdAt = clock()
  const used = { lastUsedAt: new Date('2026-01-18T09:00:01Z'), lastUsedRegion: 'us-east-1', lastUsedService: 'iam' }
  await db.accessKey.createMany({
    data: [
      { ...secret, id: 'AKIAZZZZZZZZZZZZZZZZ', userId: alice.id, createdAt, ...used },
      { ...secret, id: 'AKIAAAAAAAAAAAAAAAAA', userId: alice.id, createdAt, status: 'INACTIVE' },
      { ...secret, id: 'AKIABBBBBBBBBBBBBBBB', userId: zoe.id, createdAt },
    ],
  })
  const seed = { seed: new Uint8Array(1), seedKeyId: 'test', accountId, createdAt }
  await db.mfaDevice.create({
    data: { ...seed, id: 'd', name: 'd', nameKey: '/d', userId: bob.id, enabledAt: createdAt },
  })
}

const ROOT =
  '<root_account>,arn:aws:iam::123456789012:root,2026-01-15T12:00:00+00:00,not_supported,2026-01-15T12:30:45+00:00,not_supported,not_supported,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A'

test('the report is the CSV that IAM writes, to the letter', async () => {
  await company()
  expect(await credentialReportCsv(services.db, account.accountId)).toBe(
    [
      HEADER,
      ROOT,
      '"a+comma,b","arn:aws:iam::123456789012:user/a+comma,b",2026-01-16T12:00:00+00:00,false,N/A,N/A,N/A,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A',
      'Alice,arn:aws:iam::123456789012:user/Alice,2026-01-16T12:00:00+00:00,true,2026-01-17T08:00:00+00:00,2026-01-16T12:00:00+00:00,N/A,false,false,2026-01-16T12:00:00+00:00,N/A,N/A,N/A,true,2026-01-16T12:00:00+00:00,2026-01-18T09:00:01+00:00,us-east-1,iam,false,N/A,false,N/A',
      'bob,arn:aws:iam::123456789012:user/staff/bob,2026-01-16T12:00:00+00:00,true,no_information,2026-01-16T12:00:00+00:00,N/A,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A',
      'Zoe,arn:aws:iam::123456789012:user/Zoe,2026-01-16T12:00:00+00:00,false,N/A,N/A,N/A,false,true,2026-01-16T12:00:00+00:00,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A',
    ].join('\n'),
  )
})

test('the report says whose signing certificates are active and when they were uploaded', async () => {
  await company()
  const { db, clock } = services
  const { accountId } = account
  const { id: userId } = await db.user.findFirstOrThrow({ where: { name: 'Alice' } })
  const row = { accountId, userId, body: '' }
  await db.signingCertificate.createMany({
    data: [
      { ...row, id: 'B', digest: '1', uploadedAt: clock() },
      { ...row, id: 'A', digest: '2', uploadedAt: new Date(clock().getTime() + DAY), status: 'INACTIVE' },
    ],
  })
  const csv = await credentialReportCsv(db, accountId)
  const alice = csv.split('\n').find((line) => line.startsWith('Alice,'))
  expect(alice?.split(',').slice(-4)).toEqual([
    'true',
    '2026-01-16T12:00:00+00:00',
    'false',
    '2026-01-17T12:00:00+00:00',
  ])
})

test('a maximum age of passwords says when the next rotation is due', async () => {
  await company()
  await services.db.passwordPolicy.create({ data: { accountId: account.accountId, maxPasswordAge: 90 } })
  const csv = await credentialReportCsv(services.db, account.accountId)
  const due = csv.split('\n').map((line) => line.split(',')[6])
  expect(due.filter((cell) => cell === '2026-04-16T12:00:00+00:00')).toHaveLength(2)
})

test('a thousand users cost a statement', async () => {
  const { accountId } = account
  const users = Array.from({ length: 2_500 }, (_, n) => `user-${String(n).padStart(4, '0')}`)
  await services.db.user.createMany({
    data: users.map((name) => ({ accountId, id: `AIDA${name}`, name, nameKey: name, createdAt: services.clock() })),
  })
  let csv = ''
  const statements = await statementsOf(database.pool, async () => {
    csv = await credentialReportCsv(services.db, accountId)
  })
  expect(
    csv
      .split('\n')
      .slice(2)
      .map((line) => line.split(',')[0]),
  ).toEqual(users)
  // The policy, the root user, three pages.
  expect(statements).toHaveLength(5)
})

describe('a report', () => {
  const warnings: object[] = []
  const reports = () =>
    createCredentialReports({ ...services, log: { warn: (details) => void warnings.push(details) } })

  /** Reports that are not written before they may be. */
  function heldReports() {
    let release: (() => void) | undefined
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const { db } = services
    const { credentialReport } = db
    const held = {
      upsert: async (args: Parameters<typeof credentialReport.upsert>[0]) => {
        await released
        return await credentialReport.upsert(args)
      },
    }
    const slow = new Proxy(db, {
      get: (target, name) => (name === 'credentialReport' ? held : Reflect.get(target, name)),
    })
    const log = { warn: (details: object) => void warnings.push(details) }
    return { reports: createCredentialReports({ ...services, db: slow, log }), release: () => release?.() }
  }

  test('is begun, then there, for four hours', async () => {
    await company()
    const { reports, release } = heldReports()
    const { generate, read, settled } = bound(reports)
    expect(await refusal(read)).toMatchObject({ code: 'ReportNotPresent' })
    expect(await generate()).toEqual({
      state: 'STARTED',
      description: 'No report exists. Starting a new report generation task',
    })
    expect(await generate()).toEqual({ state: 'INPROGRESS', description: null })
    expect(await refusal(read)).toMatchObject({ code: 'ReportInProgress' })
    const generatedAt = services.clock()
    release()
    await settled()
    expect(await generate()).toEqual({ state: 'COMPLETE', description: null })
    expect(await read()).toMatchObject({ generatedAt, content: expect.stringContaining(`\n${ROOT}\n`) })

    services.clock.advance(4 * HOUR - 1)
    await account.createTestUser({ name: 'newcomer' })
    expect((await generate()).state).toBe('COMPLETE')
    expect((await read()).content).not.toContain('newcomer')

    services.clock.advance(1)
    expect(await refusal(read)).toMatchObject({ code: 'ReportExpired' })
    expect(await generate()).toEqual({ state: 'STARTED', description: null })
    await settled()
    expect((await read()).content).toContain('newcomer')
    expect(warnings).toEqual([])
  })

  test('that could not be made is begun again', async () => {
    const { db } = services
    const broken = createCredentialReports({
      ...services,
      db: new Proxy(db, { get: () => undefined }),
      log: { warn: (details) => void warnings.push(details) },
    })
    expect((await broken.generate(db, account.accountId)).state).toBe('STARTED')
    await broken.settled()
    expect(warnings).toMatchObject([{ accountId: account.accountId }])
    expect((await broken.generate(db, account.accountId)).state).toBe('STARTED')
    await broken.settled()
  })

  test('belongs to its account', async () => {
    const { generate, settled } = bound(reports())
    await generate()
    await settled()
    const other = await seedAccount(services, { accountId: '210987654321' })
    expect(await refusal(() => reports().read(services.db, other.accountId))).toMatchObject({
      code: 'ReportNotPresent',
    })
  })

  function bound(made: ReturnType<typeof reports>) {
    return {
      generate: () => made.generate(services.db, account.accountId),
      read: () => made.read(services.db, account.accountId),
      settled: () => made.settled(),
    }
  }
})
