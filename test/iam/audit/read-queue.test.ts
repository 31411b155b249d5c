import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createReadQueue, type ReadEvent } from '../../../src/iam/audit/read-queue.ts'
import { recordEvents } from '../../../src/iam/audit/record.ts'
import { auditTrail, testCall, testPrincipal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

const NEVER_BY_ITSELF = 2 ** 30

let services: TestServices
let account: SeededAccount
const warnings: object[] = []
const log = { warn: (details: object) => void warnings.push(details) }

beforeEach(async () => {
  services = testServices(await freshDatabase())
  account = await seedAccount(services)
  warnings.length = 0
})

function queueOver(db: TestServices['db'] = services.db) {
  const queue = createReadQueue({ db, random: services.random, log, flushEveryMs: NEVER_BY_ITSELF })
  onTestFinished(() => queue.close())
  return queue
}

function read(action: string, resource: string, errorCode: string | null = null): ReadEvent {
  const principal = testPrincipal(account.root, 0n, 'AKIAQAAAAAAAAAAAAAAA')
  const call = testCall({ services, principal, decision: { action, resource }, request: { userAgent: 'b\0ot' } })
  services.clock.advance(1_000)
  return { principal, request: call.request, decision: call.decision, at: services.clock(), errorCode }
}

test('reads are written together, each with who, what, when and how it ended', async () => {
  const queue = queueOver()
  const reads = [read('iam:GetUser', 'arn:1'), read('iam:ListUsers', 'arn:2', 'ValidationError')]
  expect(queue.record(reads)).toBeUndefined()
  expect(await auditTrail(services, account.accountId)).toEqual([])
  await queue.flush()
  const trail = await auditTrail(services, account.accountId)
  expect(trail).toMatchObject([
    { action: 'iam:GetUser', resource: 'arn:1', result: 'SUCCESS', errorCode: null, at: reads[0]?.at },
    { action: 'iam:ListUsers', resource: 'arn:2', result: 'FAILURE', errorCode: 'ValidationError', at: reads[1]?.at },
  ])
  expect(trail[0]).toMatchObject({
    requestId: '11111111-2222-4333-8444-555555555555',
    decisionId: 'decision-1',
    principalArn: `arn:aws:iam::${account.accountId}:root`,
    principalId: account.accountId,
    accessKeyId: 'AKIAQAAAAAAAAAAAAAAA',
    mfa: false,
    sourceIp: '192.0.2.7',
    userAgent: 'b\uFFFDot',
    detail: null,
  })
  expect(Number.parseInt(trail[0]?.id.replaceAll('-', '').slice(0, 12) ?? '', 16)).toBe(reads[0]?.at.getTime())
})

test('a shutdown loses nothing', async () => {
  const queue = queueOver()
  await queue.record([read('iam:GetUser', 'arn:1')])
  await queue.close()
  expect(await auditTrail(services, account.accountId)).toHaveLength(1)
})

test('what cannot be written is kept for the next time, in order', async () => {
  let broken = true
  const db = new Proxy(services.db, {
    get(target, name) {
      if (name === '$executeRaw' && broken) return () => Promise.reject(new Error('the disk is full'))
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const queue = queueOver(db)
  await queue.record([read('iam:GetUser', 'arn:1')])
  await queue.flush()
  expect(warnings).toEqual([{ reason: 'the disk is full', kept: 1, lost: 0 }])
  broken = false
  await queue.record([read('iam:GetUser', 'arn:2')])
  await queue.flush()
  expect((await auditTrail(services, account.accountId)).map(({ resource }) => resource)).toEqual(['arn:1', 'arn:2'])
})

test('memory is bounded: who brings more than can be written waits, and what is lost is said', async () => {
  const db = new Proxy(services.db, {
    get: () => () => Promise.reject(new Error('the disk is full')),
  })
  const queue = queueOver(db)
  const one = read('iam:GetUser', 'arn:1')
  await queue.record(Array.from({ length: 9_999 }, () => one))
  expect(warnings).toEqual([])
  await queue.record([one])
  expect(warnings.at(-1)).toMatchObject({ kept: 10_000, lost: 0 })
  await queue.record(Array.from({ length: 10_005 }, () => one))
  expect(warnings.at(-1)).toMatchObject({ kept: 20_000, lost: 5 })
})

/** How it is kept by a read and by whatever else is recorded. */
async function kept(resource: string): Promise<string[]> {
  const queue = queueOver()
  await queue.record([read('iam:GetUser', resource)])
  await queue.flush()
  const { accountId } = account
  const who = { accountId, requestId: 'request-2', principalArn: 'arn', principalId: accountId }
  await recordEvents(services.db, services, [{ ...who, action: 'iam:GetUser', resource, result: 'DENIED' }])
  return (await auditTrail(services, account.accountId)).map((event) => event.resource)
}

describe('a resource that a caller made up', () => {
  test('is cut to what an index holds', async () => {
    // Random, because what repeats would be compressed.
    const resources = await kept(`arn:aws:iam::1:user/${services.random(20_000).toString('base64url')}`)
    expect(resources).toHaveLength(2)
    for (const resource of resources) {
      expect(resource).toMatch(/^arn:aws:iam::1:user\/[\w-]+…\[cut: \d+ bytes\]$/)
      expect(Buffer.byteLength(resource)).toBeLessThan(2_010)
    }
  })

  test.each(['correct horse battery', 'pass\0word', 'half \uD800 pair', 'Schlüssel'])(
    'is not kept when it cannot be a name: %j',
    async (text) => {
      const hidden = 'arn:aws:iam::1:user/HIDDEN_DUE_TO_SECURITY_REASONS'
      expect(await kept(`arn:aws:iam::1:user/${text}`)).toEqual([hidden, hidden])
    },
  )
})
