import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { DecisionDetails } from '../../../src/iam/audit/decision-shapes.ts'
import { boundedDetails } from '../../../src/iam/audit/bounded-details.ts'
import { createEventFeed } from '../../../src/iam/audit/event-feed.ts'
import { exportEvents } from '../../../src/iam/audit/export-events.ts'
import { lookUpEvents } from '../../../src/iam/audit/page-of-events.ts'
import { recordEvents } from '../../../src/iam/audit/record.ts'
import { bytesOfJson, storableJson } from '../../../src/iam/audit/storable-json.ts'
import { cutText } from '../../../src/iam/audit/storable-text.ts'
import { firstUuidOf } from '../../../src/iam/identifiers.ts'
import { refusal } from '../../support/call.ts'
import { freshDatabase, type TestDatabase } from '../../support/database.ts'
import { seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

const ACCOUNT = '123456789012'
const NEVER_BY_ITSELF = 2 ** 30
const PAGE_BYTES = 1_000_000

let database: TestDatabase
let services: TestServices

beforeEach(async () => {
  database = await freshDatabase()
  services = testServices(database)
  await seedAccount(services, { accountId: ACCOUNT })
})

const who = { accountId: ACCOUNT, requestId: 'r', principalArn: 'arn', principalId: 'id', resource: '*' }

/** Bytes of all columns of the rows of a table. */
async function bytesOf(table: string): Promise<number[]> {
  const { rows } = await database.pool.query<{ bytes: number }>(
    `select octet_length(to_jsonb(t)::text) as bytes from ${table} t`,
  )
  return rows.map(({ bytes }) => bytes)
}

describe('what is stored', () => {
  test('a text is cut between characters, and says how long it was', () => {
    expect(cutText('x'.repeat(81_920), 100)).toMatch(/^x+…\[cut: 81920 bytes\]$/)
    expect(Buffer.byteLength(cutText('x'.repeat(81_920), 100))).toBe(100)
    expect(cutText('가'.repeat(1_000), 100)).toMatch(/^가+…\[cut: 3000 bytes\]$/)
    expect(cutText('a\0b\ud800', 100)).toBe('a\ufffdb\ufffd')
    expect(cutText('가'.repeat(33), 99)).toBe('가'.repeat(33))
  })

  test('JSON of any shape becomes JSON of at most so many bytes, and small JSON stays as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12 }), fc.integer({ min: 64, max: 4_000 }), (value, most) => {
        const stored = storableJson(value, most)
        expect(bytesOfJson(stored)).toBeLessThanOrEqual(most)
        const text = JSON.stringify(stored)
        expect(JSON.stringify(JSON.parse(text))).toBe(text)
      }),
      { numRuns: 200 },
    )
    const long = { arns: Array.from({ length: 9_000 }, (_, n) => `arn:${n}`), text: 'y'.repeat(90_000), small: 1 }
    const stored = storableJson(long, 4_000)
    expect(bytesOfJson(stored)).toBeLessThanOrEqual(4_000)
    expect(stored).toMatchObject({ small: 1, text: expect.stringMatching(/^y+…\[cut: 90000 bytes\]$/) })
    const small = { policyDocument: '{"Version":"2012-10-17"}', tags: ['a', 'b'] }
    expect(storableJson(small, 4_000)).toEqual(small)
  })

  test('an event takes at most 24,000 bytes whatever its columns hold, and 11,000 of what was refused', async () => {
    const huge = 'é"\\'.repeat(100_000)
    const columns = { requestId: huge, decisionId: huge, principalArn: huge, principalId: huge, accessKeyId: huge }
    const others = { sourceIdentity: huge, sourceIp: huge, userAgent: huge, action: huge, errorCode: huge }
    const detail = { policy: huge, policyArns: Array.from({ length: 100 }, () => huge.slice(0, 20_000)) }
    const entry = { ...columns, ...others, accountId: ACCOUNT, resource: huge, detail }
    await recordEvents(services.db, services, [{ ...entry, result: 'FAILURE' }])
    for (const bytes of await bytesOf('audit_event')) expect(bytes).toBeLessThan(14_000)
    await recordEvents(services.db, services, [{ ...entry, result: 'SUCCESS' }])
    for (const bytes of await bytesOf('audit_event')) expect(bytes).toBeLessThan(30_000)
  })

  test('the longest policy that a quota lets through is whole in the event of its change', async () => {
    const actions = Array.from({ length: 2_000 }, (_, n) => `s3:${n}`)
    const policyDocument = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: actions }] }).slice(0, 10_240)
    await recordEvents(services.db, services, [
      { ...who, action: 'iam:PutRolePolicy', result: 'SUCCESS', detail: { policyDocument } },
    ])
    expect(await services.db.auditEvent.findMany({ select: { detail: true } })).toEqual([
      { detail: { policyDocument } },
    ])
  })

  test('the details of a decision take at most 24,000 bytes, keep what applied, and say what was left out', () => {
    const values = Array.from({ length: 50 }, (_, n) => `${n}${'v'.repeat(500)}`)
    const condition = {
      operator: 'StringEquals',
      key: 'aws:TagKeys',
      policyValues: values,
      resolvedValues: values,
      requestValues: values,
      result: true,
      failure: null,
    }
    const details: DecisionDetails = {
      context: Array.from({ length: 60 }, (_, n) => ({ key: `aws:RequestTag/${n}`, values })),
      statements: Array.from({ length: 100 }, (_, n) => ({
        layer: 'identity',
        policy: 'p'.repeat(128),
        policyArn: null,
        policyType: 'managed',
        sid: `S${n}`,
        effect: 'Allow' as const,
        line: 1,
        column: 1,
        matched: n === 99,
        failed: [],
        conditions: Array.from({ length: 20 }, () => condition),
      })),
      missingContextValues: values,
    }
    const bounded = boundedDetails(details)
    expect(bytesOfJson(bounded)).toBeLessThan(24_500)
    expect(bounded.statements[0]).toMatchObject({ sid: 'S99' })
    expect(bounded.context[0]?.values.at(-1)).toMatch(/^…\[cut: \d+ values\]$/)
    expect(bounded.cut).toMatch(/^…\[cut: \d+ condition keys, \d+ statements, \d+ missing condition keys\]$/)
    const small = { context: [{ key: 'k', values: ['v'] }], statements: [], missingContextValues: [] }
    expect(boundedDetails(small)).toBe(small)
  })
})

/** Rows as they were written before events had bounds. */
async function insertOld(count: number, bytes: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, n) => firstUuidOf(new Date(Date.UTC(2026, 0, 1) + n)))
  await database.pool.query(
    `insert into audit_event (account_id, id, at, request_id, principal_arn, principal_id, user_agent, action, resource, result, detail)
     select $1, id::uuid, now(), repeat('r', 5000), 'arn', repeat('p', 50000), repeat('u', 16000), 'iam:Test', '*', 'FAILURE',
       jsonb_build_object('policyArns', jsonb_build_array(repeat(md5(id), $3::int / 32)))
     from unnest($2::text[]) id`,
    [ACCOUNT, ids, bytes],
  )
}

describe('what is read', () => {
  test('a page ends early where its events are large, goes on without a gap, and cuts what is larger than an event may be', async () => {
    await insertOld(20, 1_000_000)
    const detail = { text: 'z'.repeat(15_000) }
    await recordEvents(
      services.db,
      services,
      Array.from({ length: 200 }, () => ({ ...who, action: 'iam:Test', result: 'SUCCESS' as const, detail })),
    )
    for (const way of ['first', 'last'] as const) {
      const seen: string[] = []
      let place: string | null = null
      let pages = 0
      do {
        const args = { [way]: 1_000, ...(place !== null && { [way === 'first' ? 'after' : 'before']: place }) }
        const { edges, pageInfo } = await lookUpEvents({ db: services.db, principal: { accountId: ACCOUNT } }, args)
        expect(bytesOfJson(edges)).toBeLessThan(PAGE_BYTES * 1.2)
        const ids = edges.map(({ node }) => node.id)
        seen.push(...(way === 'first' ? ids : ids.toReversed()))
        const more = way === 'first' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage
        place = more ? (way === 'first' ? pageInfo.endCursor : pageInfo.startCursor) : null
        pages++
      } while (place !== null)
      const all = (await services.db.auditEvent.findMany({ select: { id: true }, orderBy: { id: 'desc' } })).map(
        ({ id }) => id,
      )
      expect(seen).toEqual(way === 'first' ? all : all.toReversed())
      expect(pages).toBeGreaterThan(3)
    }
    const { edges } = await lookUpEvents({ db: services.db, principal: { accountId: ACCOUNT } }, { last: 1 })
    expect(edges[0]?.node).toMatchObject({
      detail: { cut: expect.stringMatching(/^…\[cut: \d+ bytes\]$/) },
      userAgent: expect.stringMatching(/^u+…\[cut: 16000 bytes\]$/),
      principalId: expect.stringMatching(/^p+…\[cut: 50000 bytes\]$/),
    })
  })

  test('an export has every event, also when pages end early', async () => {
    await insertOld(30, 100_000)
    const detail = { text: 'z'.repeat(15_000) }
    const many = Array.from({ length: 150 }, () => ({ ...who, action: 'iam:Test', result: 'SUCCESS' as const, detail }))
    await recordEvents(services.db, services, many)
    let lines = 0
    for await (const line of exportEvents(services, { accountId: ACCOUNT })) {
      expect(line.length).toBeLessThan(30_000)
      expect(line).not.toContain('"bytes"')
      lines++
    }
    expect(lines).toBe(180)
  })

  test('a look of the live feed that may read one page only is gone on with, and nothing is left out or told twice', async () => {
    const log = { warn: () => {} }
    const feed = createEventFeed({ ...services, log, pollEveryMs: NEVER_BY_ITSELF, pagesPerLook: 1 })
    const stream = feed.subscribe(ACCOUNT, {}, 'alice')
    const detail = { text: 'z'.repeat(15_000) }
    const many = Array.from({ length: 180 }, (_, n) => ({ ...who, requestId: `r${n}`, action: 'iam:Test', detail }))
    await recordEvents(
      services.db,
      services,
      many.map((entry) => ({ ...entry, result: 'SUCCESS' as const })),
    )
    const told: string[] = []
    const listening = (async () => {
      for await (const event of stream) if (event) told.push(event.requestId)
    })()
    const afterLooks: number[] = []
    for (let looks = 0; told.length < many.length && looks < 10; looks++) {
      await feed.poll()
      await new Promise(setImmediate)
      afterLooks.push(told.length)
      services.clock.advance(1_000)
    }
    expect(told.toSorted()).toEqual(many.map(({ requestId }) => requestId).toSorted())
    expect(afterLooks.length).toBeGreaterThan(2)
    feed.close()
    await listening
  })

  test('a listener that takes nothing holds a few megabytes, and gets Throttling as its end', async () => {
    const log = { warn: () => {} }
    const feed = createEventFeed({ ...services, log, pollEveryMs: NEVER_BY_ITSELF })
    const stream = feed.subscribe(ACCOUNT, {}, 'alice')
    const detail = { text: 'z'.repeat(15_000) }
    const many = Array.from({ length: 400 }, () => ({ ...who, action: 'iam:Test', result: 'SUCCESS' as const, detail }))
    await recordEvents(services.db, services, many)
    await feed.poll()
    let taken = 0
    const { code } = await refusal(async () => {
      while ((await stream.next()).value) taken++
    })
    expect(code).toBe('Throttling')
    expect(taken).toBeLessThan(300)
    feed.close()
  })
})
