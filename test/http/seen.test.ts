import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createEpochWatch } from '../../src/epoch-watch.ts'
import {
  at,
  type Account,
  type Installation,
  keyOf,
  openInstallation,
  type TestCaller,
} from '../support/installation.ts'

let installation: Installation
let account: Account
let alice: TestCaller

beforeAll(async () => {
  installation = await openInstallation({ logLevel: 'info' })
  account = await installation.openAccount()
  alice = await account.user({ name: 'alice', allow: [{ action: 'iam:GetUser' }] })
})

afterAll(() => installation.stop())

const PROMTOOL = '/usr/bin/promtool'

const LINE = z.looseObject({ level: z.number(), msg: z.string(), status: z.number().optional() })

/** The lines of requests that were logged since, without what is different each time. */
async function logOf(work: () => Promise<unknown>) {
  const before = installation.logged().length
  await work()
  // A line is written when the answer is out.
  const read = () =>
    installation
      .logged()
      .slice(before)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => LINE.parse(JSON.parse(line)))
  await expect.poll(() => read().filter(({ msg }) => msg === 'request').length).toBeGreaterThan(0)
  return read()
}

const query = (text: string, headers: Record<string, string> = {}) =>
  fetch(`${installation.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: text }),
  })

describe('the log of a request that failed', () => {
  test('says code, operation, caller, key, address and decision, also where the status is that of a success', async () => {
    let decisionId: unknown
    const [line] = await logOf(async () => {
      const answer = await alice.ask('{ user(name: "alice") { arn } group(name: "engineers") { arn } }')
      decisionId = answer.errors[0]?.extensions.authz?.decisionId
    })
    expect(decisionId).toMatch(/^[0-9a-f-]{36}$/)
    expect(line).toMatchObject({
      level: 30,
      status: 200,
      operation: 'query user,group',
      errors: ['AccessDenied'],
      decisions: [decisionId],
      principal: account.arn('user/alice'),
      accessKeyId: alice.accessKeys[0]!.id,
      sourceIp: '127.0.0.1',
    })
  })

  test('names the key of a signature that is wrong, in both doors, and never more of it', async () => {
    const { accessKeyId } = keyOf(alice.accessKeys[0]!)
    const forged = installation.signs({ accessKeyId, secretAccessKey: 'x'.repeat(40) })
    const [line] = await logOf(() => forged('{ viewer { arn } }'))
    expect(line).toMatchObject({ status: 403, errors: ['SignatureDoesNotMatch'], accessKeyId, sourceIp: '127.0.0.1' })
    const credential = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20300101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=${'a'.repeat(64)}`
    const [aws] = await logOf(() =>
      fetch(installation.url, {
        method: 'POST',
        headers: { authorization: credential, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'Action=GetUser&Version=2010-05-08',
      }),
    )
    expect(aws).toMatchObject({ operation: 'iam GetUser', errors: [expect.any(String)], accessKeyId })
    expect(JSON.stringify(aws)).not.toContain('aaaaaaaa')
  })

  test('repeats nothing that a caller made up', async () => {
    const [line] = await logOf(() => query('{ invented }', { authorization: 'Basic Credential=invented+!invented/' }))
    expect(JSON.stringify(line)).not.toContain('invented')
  })

  test('says nothing of that kind of a request that went well', async () => {
    const [line] = await logOf(() => alice.ask('{ viewer { arn } }'))
    expect(Object.keys(line!).toSorted()).toEqual(
      [
        'databaseMs',
        'level',
        'method',
        'ms',
        'msg',
        'operation',
        'path',
        'principal',
        'requestId',
        'statements',
        'status',
        'time',
      ].toSorted(),
    )
  })

  test('is an information with status 499 where the client went in the middle of its body, and no failure of ours', async () => {
    const lines = await logOf(
      () =>
        new Promise((resolve, reject) => {
          const { port, hostname } = new URL(installation.url)
          const socket = connect({ port: Number(port), host: hostname }, () => {
            socket.write(
              `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"query"`,
              () => socket.destroy(),
            )
          })
          socket.on('close', resolve).on('error', reject)
        }),
    )
    expect(lines).toMatchObject([{ level: 30, msg: 'request', status: 499 }])
  })
})

const tag = (n: number) =>
  account.root(
    `mutation { tagUser(input: { userName: "alice", tags: [{ key: "turn", value: "${n}" }] }) { user { arn } } }`,
  )

describe('the log of what a request had of the database', () => {
  const requestsOf = async (work: () => Promise<unknown>, count: number) => {
    let lines: z.infer<typeof COST>[] = []
    const before = installation.logged().length
    await work()
    await expect
      .poll(() => {
        const since = installation.logged().slice(before).split('\n')
        lines = since.filter((line) => line.includes('"msg":"request"')).map((line) => COST.parse(JSON.parse(line)))
        return lines.length
      })
      .toBe(count)
    return lines
  }
  const COST = z.object({
    ms: z.number(),
    databaseMs: z.number().optional(),
    statements: z.number().optional(),
    waitedMs: z.number().optional(),
  })

  test('counts its statements, and their time, of which there is never more than the request took', async () => {
    const [line] = await requestsOf(() => alice.ask('{ user(name: "alice") { arn } }'), 1)
    expect(line?.statements).toBeGreaterThanOrEqual(2)
    expect(line?.databaseMs).toBeGreaterThan(0)
    expect(line?.databaseMs).toBeLessThanOrEqual(line?.ms ?? 0)
    const [change] = await requestsOf(
      () => account.root('mutation { createUser(input: { userName: "counted" }) { user { arn } } }'),
      1,
    )
    expect(change?.statements).toBeGreaterThan(line?.statements ?? 0)
  })

  test('is there for each of the requests that one statement answered', async () => {
    const lines = await requestsOf(
      () => Promise.all(Array.from({ length: 8 }, () => alice.ask('{ viewer { arn } }'))),
      8,
    )
    for (const { statements } of lines) expect(statements).toBeGreaterThanOrEqual(1)
  })

  test('is not there where the database had nothing to do', async () => {
    const [line] = await requestsOf(() => fetch(`${installation.url}/healthz`), 1)
    expect(line).toEqual({ ms: expect.any(Number) })
  })

  test('says how long changes waited for their turn', async () => {
    const lines = await requestsOf(() => Promise.all(Array.from({ length: 12 }, (_, n) => tag(n))), 12)
    expect(lines.filter(({ waitedMs = 0 }) => waitedMs >= 1).length).toBeGreaterThan(3)
    for (const { ms, waitedMs = 0 } of lines) expect(waitedMs).toBeLessThanOrEqual(ms)
  })
})

const valueOf = (text: string, sample: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${sample} `))
      ?.split(' ')[1] ?? 0,
  )

const read = async () => (await fetch(`${installation.url}/metrics`)).text()

describe('the figures', () => {
  test('count errors by code and door, decisions by result, and credentials by kind and whether they were good', async () => {
    const before = await read()
    const answer = await alice.ask('{ user(name: "alice") { arn } group(name: "engineers") { arn } }')
    expect(at(answer, 'user.arn')).toBe(account.arn('user/alice'))
    await query('{ viewer { arn } }', { authorization: 'Bearer nonsense' })
    const grown = (sample: string, text: string) => valueOf(text, sample) - valueOf(before, sample)
    await expect
      .poll(async () => grown('latchkey_authentications_total{kind="token",result="refused"}', await read()))
      .toBe(1)
    const after = await read()
    expect(grown('latchkey_errors_total{code="AccessDenied",door="graphql"}', after)).toBe(1)
    expect(grown('latchkey_decisions_total{result="allow"}', after)).toBe(1)
    expect(grown('latchkey_decisions_total{result="implicit_deny"}', after)).toBe(1)
    expect(grown('latchkey_authentications_total{kind="access_key",result="accepted"}', after)).toBe(1)
  })

  test('are those that the documentation explains, each with its type', async () => {
    await query('{ viewer { arn } }', { authorization: 'Bearer nonsense' })
    await alice.ask('{ user(name: "alice") { arn } }')
    const text = await read()
    const kinds = [...text.matchAll(/^# TYPE (latchkey_\w+) (\w+)$/gm)].map(([, name, kind]) => `${name} ${kind}`)
    const documented = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8')
    const rows = [...documented.matchAll(/^\| `(latchkey_\w+)` \| (\w+)/gm)].map(([, name, kind]) => `${name} ${kind}`)
    // What is told of workers comes from their primary: test/durability/workers.test.ts has one.
    const ofOneProcess = rows.filter((row) => !row.startsWith('latchkey_worker'))
    expect(kinds.toSorted()).toEqual(ofOneProcess.toSorted())
  })

  test('tell what the server is made of and what waits', async () => {
    const text = await read()
    for (const name of [
      'latchkey_build_info',
      'latchkey_database_up',
      'latchkey_database_answer_seconds',
      'latchkey_database_connections',
      'latchkey_database_waiting',
      'latchkey_audit_reads_remembered',
      'latchkey_audit_reads_lost_total',
      'latchkey_audit_events_remembered',
      'latchkey_last_used_remembered',
      'latchkey_policy_epoch',
      'latchkey_policy_epoch_age_seconds',
      'latchkey_event_streams',
      'latchkey_password_hashes',
      'latchkey_signing_key_age_seconds',
      'latchkey_master_key_info',
      'nodejs_eventloop_lag_seconds',
    ])
      expect(text).toMatch(new RegExp(`^${name}(\\{[^}]*\\})? \\d`, 'm'))
    expect(valueOf(text, 'latchkey_database_up')).toBe(1)
    expect(text).toContain('latchkey_request_duration_seconds_bucket{le="60"')
  })
})

describe('the figures of what callers and gateways do to one another', () => {
  test('count what a budget refuses, by the budget', async () => {
    const before = await read()
    installation.services.budgets.of({ kind: 'principal', id: 'somebody' }).draw('strangerEvents', 60)
    const draw = () =>
      installation.services.budgets.of({ kind: 'principal', id: 'somebody' }).draw('strangerEvents', 60)
    expect(draw).toThrow('Rate exceeded')
    const sample = 'latchkey_throttled_total{budget="strangerEvents"}'
    expect(valueOf(await read(), sample) - valueOf(before, sample)).toBe(1)
    expect(before).toContain('latchkey_throttled_total{budget="rows"} 0')
  })

  test('tell the epoch of the database that a gateway is on: the same beside another one, and one more after a change', async () => {
    const beside = await openInstallation({ beside: installation })
    const epochs = async () => [
      valueOf(await read(), 'latchkey_policy_epoch'),
      valueOf(await (await fetch(`${beside.url}/metrics`)).text(), 'latchkey_policy_epoch'),
    ]
    const [here, there] = await epochs()
    expect(here).toBe(there)
    await account.root('mutation { createUser(input: { userName: "moves-the-epoch" }) { user { arn } } }')
    expect(await epochs()).toEqual([here! + 1, here! + 1])
    expect(valueOf(await read(), 'latchkey_policy_epoch_age_seconds')).toBeLessThan(2)
    await beside.stop()
  })

  test.skipIf(!existsSync(PROMTOOL))('keep the conventions of Prometheus', async () => {
    const ours = (await read()).split('\n').filter((line) => /^(# \w+ )?latchkey_/.test(line))
    expect(execFileSync(PROMTOOL, ['check', 'metrics'], { input: `${ours.join('\n')}\n`, encoding: 'utf8' })).toBe('')
  })
})

describe('an epoch watch', () => {
  test('says how long ago it last saw the database, while the database says nothing', async () => {
    let now = 0
    let away = false
    const query = () => (away ? Promise.reject(new Error('away')) : Promise.resolve({ rows: [{ sum: '7' }] }))
    const watch = createEpochWatch(Object.assign(Object.create(installation.pool), { query }), () => now)
    now = 30_000
    expect(watch.age()).toBe(30)
    expect(await watch.look()).toBe(7n)
    away = true
    now = 50_000
    await expect(watch.look()).rejects.toThrow('away')
    expect(watch.age()).toBe(20)
  })
})
