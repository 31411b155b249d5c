import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { createEventTally } from '../../../src/iam/audit/event-tally.ts'
import { spoolEvents, takeSpooledEvents } from '../../../src/iam/audit/spool.ts'
import { freshDatabase } from '../../support/database.ts'
import { seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const ACCOUNT = '123456789012'
const GONE = '999999999999'

let services: TestServices
let said: { readonly message: string; readonly events?: number; readonly reason?: string }[]

beforeEach(async () => {
  services = testServices(await freshDatabase())
  await seedAccount(services, { accountId: ACCOUNT })
  said = []
})

const log = {
  info: (details: object, message: string) => void said.push({ ...details, message }),
  warn: (details: object, message: string) => void said.push({ ...details, message }),
}
const take = (dataDir: string) => takeSpooledEvents({ db: services.db, dataDir, log })
const ofAction = (action: string) => services.db.auditEvent.findMany({ where: { action } })

/** Events, one noted by itself and one counted twice, that are in memory only. */
function unwritten(accountId: string) {
  const tally = createEventTally({ ...services, log, flushEveryMs: 1e9, notesEveryMs: 1e9 })
  const entry = {
    accountId,
    requestId: 'request',
    principalArn: `arn:aws:iam::${accountId}:root`,
    principalId: accountId,
    resource: 'a "quoted"\nresource',
    result: 'DENIED' as const,
    errorCode: 'AccessDenied',
  }
  tally.note({ ...entry, action: 'iam:Noted', detail: { asked: 'é' } })
  tally.count({ ...entry, action: 'iam:Counted' }, 2)
  return tally.rest()
}

test('events that were kept are written at the next start as they would have been, once however often, and the file is gone', async () => {
  const dataDir = temporaryDirectory()
  const rows = unwritten(ACCOUNT)
  const file = await spoolEvents(dataDir, rows, services.clock())
  expect(file).toMatch(/audit-[\dTZ-]+\.jsonl$/)
  // A statement without an answer had written one of them.
  await services.db.auditEvent.createMany({ data: rows.slice(0, 1) })
  const copy = readFileSync(file ?? '')
  await take(dataDir)
  expect(readdirSync(dataDir)).toEqual([])
  writeFileSync(path.join(dataDir, 'audit-again.jsonl'), '')
  writeFileSync(path.join(dataDir, 'audit-2026-01-01T00-00-00-000Z.jsonl'), copy)
  await take(dataDir)
  expect(readdirSync(dataDir)).toEqual(['audit-again.jsonl'])
  expect(said.map(({ events }) => events)).toEqual([1, 0])
  expect(await ofAction('iam:Noted')).toEqual([
    expect.objectContaining({ ...rows[0], detail: { asked: 'é' }, at: services.clock() }),
  ])
  expect((await ofAction('iam:Counted')).map(({ detail }) => detail)).toEqual([expect.objectContaining({ count: 2 })])
})

test('an event of an account that is gone is left out, and a file that cannot be read stays where it is', async () => {
  const dataDir = temporaryDirectory()
  const at = services.clock()
  await spoolEvents(dataDir, [...unwritten(GONE), ...unwritten(ACCOUNT)], at)
  const damaged = 'audit-2020-01-01T00-00-00-000Z.jsonl'
  writeFileSync(path.join(dataDir, damaged), '{"accountId":')
  await take(dataDir)
  expect(readdirSync(dataDir)).toEqual([damaged])
  expect(said).toEqual([
    expect.objectContaining({ message: expect.stringContaining('cannot be used, and stays') }),
    expect.objectContaining({ events: 2 }),
  ])
  expect(await ofAction('iam:Noted')).toHaveLength(1)
})

test('without a data directory, or with nothing to keep, no file is made', async () => {
  const dataDir = temporaryDirectory()
  expect(await spoolEvents(dataDir, [], services.clock())).toBeNull()
  expect(await spoolEvents(path.join(dataDir, 'none'), unwritten(ACCOUNT), services.clock())).toBeNull()
  expect(readdirSync(dataDir)).toEqual([])
})

test('a file that cannot be written to its end is not left behind', async () => {
  const dataDir = temporaryDirectory()
  const rows = unwritten(ACCOUNT).map((row) => ({ ...row, unwritable: 1n }))
  await expect(spoolEvents(dataDir, rows, services.clock())).rejects.toThrow('BigInt')
  expect(readdirSync(dataDir)).toEqual([])
})
