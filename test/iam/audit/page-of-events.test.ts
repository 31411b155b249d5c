import { beforeAll, describe, expect, test } from 'vitest'
import type { AuditEvent } from '../../../src/generated/prisma/client.ts'
import { type AuditEventFilter, matches } from '../../../src/iam/audit/event-filter.ts'
import { type AuditEventsArgs, lookUpEvents } from '../../../src/iam/audit/page-of-events.ts'
import { refusal } from '../../support/call.ts'
import { freshDatabase, type TestDatabase } from '../../support/database.ts'
import { plansOf } from '../../support/plans.ts'
import { seedAccount } from '../../support/seed-account.ts'
import { testServices } from '../../support/services.ts'

const ACCOUNT = '123456789012'
const OTHER = '210987654321'
const START = Date.UTC(2026, 0, 1)
const SECOND = 1_000
const EVENTS = 6_000

let database: TestDatabase

/** So many events a second apart, whose columns repeat with different periods; the other account has the same. */
beforeAll(async () => {
  database = await freshDatabase()
  const services = testServices(database)
  await seedAccount(services, { accountId: ACCOUNT })
  await seedAccount(services, { accountId: OTHER })
  for (const account of [ACCOUNT, OTHER]) await fill(account, 0, EVENTS)
  await database.pool.query('analyze audit_event')
})

async function fill(account: string, from: number, count: number): Promise<void> {
  await database.pool.query(
    `insert into audit_event (account_id, id, at, request_id, decision_id, principal_arn, principal_id, access_key_id,
       source_identity, mfa, source_ip, user_agent, action, resource, result, error_code)
     select $1::text, (lpad(to_hex(($2::bigint + n * 1000) >> 16), 8, '0') || '-' || lpad(to_hex(($2::bigint + n * 1000) & 65535), 4, '0')
         || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
       to_timestamp(($2::bigint + n * 1000) / 1000.0), 'request-' || n / 2, case when n % 3 = 0 then 'decision-' || n end,
       'arn:aws:iam::' || $1::text || ':user/' || n % 50, 'AIDA' || n % 50, case when n % 4 > 0 then 'AKIA' || n % 70 end,
       case when n % 5 = 0 then 'jane' || n % 25 end, n % 2 = 0, '192.0.2.' || n % 20, 'a test',
       'iam:Action' || n % 40, 'arn:aws:iam::' || $1::text || ':user/' || n % 30,
       (array['SUCCESS', 'DENIED', 'FAILURE'])[n % 3 + 1]::audit_result, null
     from generate_series($3::int, $3::int + $4::int - 1) n`,
    [account, START, from, count],
  )
}

function ask(args: AuditEventsArgs, account = ACCOUNT) {
  return lookUpEvents({ db: database.db, principal: { accountId: account } }, args)
}

const numberOf = ({ id }: AuditEvent) => Number.parseInt(id.slice(-12), 16)
const moment = (n: number) => new Date(START + n * SECOND)

test('events come newest first, and pages in both directions give each of them once', async () => {
  const filter = { principalArn: `arn:aws:iam::${ACCOUNT}:user/7` }
  const seen: number[] = []
  let after: string | null = null
  do {
    const { edges, pageInfo } = await ask({ first: 50, after, filter })
    seen.push(...edges.map(({ node }) => numberOf(node)))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after !== null)
  const all = Array.from({ length: EVENTS / 50 }, (_, n) => 7 + n * 50).toReversed()
  expect(seen).toEqual(all)

  const oldest = await ask({ last: 3, filter })
  expect(oldest.edges.map(({ node }) => numberOf(node))).toEqual(all.slice(-3))
  expect(oldest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
  const before = await ask({ last: 3, before: oldest.pageInfo.startCursor, filter })
  expect(before.edges.map(({ node }) => numberOf(node))).toEqual(all.slice(-6, -3))
})

test('a page goes on where the last one ended, whatever is added and deleted meanwhile', async () => {
  const filter = { action: 'iam:Action3' }
  const first = await ask({ first: 5, filter })
  const last = first.edges.at(-1)!.node
  await fill(ACCOUNT, EVENTS, 100)
  await database.db.auditEvent.delete({ where: { accountId_id: { accountId: ACCOUNT, id: last.id } } })
  const second = await ask({ first: 5, after: first.pageInfo.endCursor, filter })
  expect(second.edges.map(({ node }) => numberOf(node))).toEqual([1, 2, 3, 4, 5].map((n) => numberOf(last) - n * 40))
  // Put back for the others.
  await database.db.auditEvent.deleteMany({ where: { accountId: ACCOUNT, at: { gte: moment(EVENTS) } } })
  await fill(ACCOUNT, numberOf(last), 1)
})

const FILTERS: readonly AuditEventFilter[] = [
  {},
  { requestId: 'request-100' },
  { decisionId: 'decision-300' },
  { principalArn: `arn:aws:iam::${ACCOUNT}:user/3` },
  { accessKeyId: 'AKIA5' },
  { sourceIdentity: 'jane5' },
  { mfa: true },
  { mfa: false },
  { sourceIp: '192.0.2.3' },
  { action: 'iam:Action9' },
  { resource: `arn:aws:iam::${ACCOUNT}:user/9` },
  { result: 'DENIED' },
  { since: moment(EVENTS - 10) },
  { until: moment(10) },
  { since: moment(1), until: moment(1) },
  { since: new Date(moment(1).getTime() + 1), until: new Date(moment(2).getTime() - 1) },
  { since: new Date(-8.64e15), until: new Date(8.64e15) },
  { action: 'iam:Action9', result: 'SUCCESS', mfa: false, accessKeyId: null },
  { action: 'iam:Action9', principalArn: `arn:aws:iam::${ACCOUNT}:user/8` },
  { action: 'iam:action9' },
]

describe('a filter', () => {
  test.each(FILTERS.map((filter) => [JSON.stringify(filter), filter] as const))(
    '%s finds what matches, and nothing else',
    async (_text, filter) => {
      const all = await database.db.auditEvent.findMany({ where: { accountId: ACCOUNT }, orderBy: { id: 'desc' } })
      const { edges, pageInfo } = await ask({ first: 1_000, filter })
      const wanted = all.filter((event) => matches(filter, event))
      expect(edges.map(({ node }) => numberOf(node))).toEqual(wanted.slice(0, 1_000).map(numberOf))
      expect(pageInfo.hasNextPage).toBe(wanted.length > 1_000)
    },
  )

  test('does not reach into another account', async () => {
    const { edges } = await ask({ filter: { principalArn: `arn:aws:iam::${OTHER}:user/3` } })
    expect(edges).toEqual([])
    expect((await ask({ first: 1 }, '999999999999')).edges).toEqual([])
  })

  test.each([
    ['an empty text', { filter: { action: '' } }, /Member must have length greater than or equal to 1/],
    ['a long text', { filter: { resource: 'x'.repeat(2_049) } }, /2048/],
    ['a NUL', { filter: { requestId: 'a\0b' } }, /control characters/],
    ['a large page', { first: 1_001 }, /1000/],
    ['nonsense for a cursor', { after: 'nonsense' }, /^Invalid Marker\.$/],
    ['a cursor of names', { after: Buffer.from('["n","alice"]').toString('base64url') }, /^Invalid Marker\.$/],
    ['a cursor that is no id', { before: Buffer.from('["i","no uuid"]').toString('base64url') }, /^Invalid Marker\.$/],
  ])('%s is refused', async (_what, args, text) => {
    const { code, message } = await refusal(() => ask(args))
    expect(code).toBe('ValidationError')
    expect(message).toMatch(text)
  })
})

describe('the first page is read along an index', () => {
  test.each<[string, AuditEventFilter]>([
    ['of everything', {}],
    ['of a key', { accessKeyId: 'AKIA5' }],
    ['of a key that there is not', { accessKeyId: 'AKIA5000' }],
    ['of a principal', { principalArn: `arn:aws:iam::${ACCOUNT}:user/3` }],
    ['of an action', { action: 'iam:Action9' }],
    ['of a resource', { resource: `arn:aws:iam::${ACCOUNT}:user/9` }],
    ['of a source identity', { sourceIdentity: 'jane5' }],
    ['of denials', { result: 'DENIED' }],
    ['of a request', { requestId: 'request-100' }],
    ['of a decision', { decisionId: 'decision-300' }],
    ['of a time', { since: moment(5), until: moment(9) }],
  ])('%s', async (_what, filter) => {
    const plan = await plansOf(database.pool, () => ask({ filter }))
    expect(plan).not.toContain('Seq Scan')
    expect(plan).toMatch(/Index (Only )?Scan|Bitmap Index Scan/)
  })
})
