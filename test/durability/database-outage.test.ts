import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createSigningFetch } from '../../src/client/index.ts'
import { latchkey } from '../support/run-command.ts'
import { tcpProxy, type TcpProxy, through } from '../support/tcp-proxy.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { createScratchDatabase, type ScratchDatabase } from './scratch-postgresql.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import { signInAsRoot } from './graphql-client.ts'

const POSTGRESQL = process.env.TEST_DATABASE_URL
const ROOT = { rootEmail: 'root@example.com', password: 'a password of the tests' }
const ACCOUNT_ID = '123456789012'
const TIMEOUT = 120_000
/** Of a statement, in seconds. */
const PATIENCE = 2

/** An answer as it was sent, and how long it took in milliseconds. */
interface Sent {
  readonly status: number
  readonly retryAfter: string | null
  readonly text: string
  readonly code: string | undefined
  readonly ms: number
}

async function read(asked: Promise<Response>): Promise<Sent> {
  const began = performance.now()
  const response = await asked
  const text = await response.text()
  const code = /"code":"(\w+)"/.exec(text)?.[1] ?? /<Code>(\w+)<\/Code>/.exec(text)?.[1]
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    text,
    code,
    ms: performance.now() - began,
  }
}

describe.runIf(POSTGRESQL !== undefined)('a database that is not there', () => {
  let scratch: ScratchDatabase
  let proxy: TcpProxy
  let server: ServerProcess
  let env: Readonly<Record<string, string>>
  let dataDir: string
  let key = { accessKeyId: '', secretAccessKey: '' }
  let accessToken = ''

  beforeAll(async () => {
    const url = new URL(POSTGRESQL ?? '')
    scratch = await createScratchDatabase(POSTGRESQL ?? '', 'outage')
    proxy = await tcpProxy(Number(url.port || 5432))
    dataDir = mkdtempSync(path.join(tmpdir(), 'latchkey-'))
    env = {
      DATABASE_URL: through(proxy, scratch.url),
      LATCHKEY_DATA_DIR: dataDir,
      LATCHKEY_DATABASE_TIMEOUT: String(PATIENCE),
      LATCHKEY_MASTER_KEY: '0f'.repeat(32),
      LATCHKEY_ROOT_EMAIL: ROOT.rootEmail,
      LATCHKEY_ROOT_PASSWORD: ROOT.password,
      LATCHKEY_ACCOUNT_ID: ACCOUNT_ID,
      LOG_LEVEL: 'warn',
    }
    server = await startServer(env)
    const root = await signInAsRoot(server.url, ROOT.rootEmail, ROOT.password)
    const create = 'mutation { createAccessKey(input: {}) { secretAccessKey accessKey { accessKeyId } } }'
    const made = (await root(server.url, create)).data.createAccessKey
    key = { accessKeyId: made?.accessKey.accessKeyId ?? '', secretAccessKey: made?.secretAccessKey ?? '' }
    const signedIn = await read(graphql(SIGN_IN))
    accessToken = /"accessToken":"([^"]+)"/.exec(signedIn.text)?.[1] ?? ''
  }, TIMEOUT)

  afterEach(() => {
    proxy.resume()
    proxy.mend()
  })

  afterAll(async () => {
    await server?.end('SIGKILL')
    await proxy?.close()
    await scratch?.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }, TIMEOUT)

  function graphql(query: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    })
  }

  const asRoot = (query: string) => graphql(query, { authorization: `Bearer ${accessToken}` })

  /** Every way in, as it is asked and with what it answers while all is well. */
  const DOORS: Readonly<Record<string, () => Promise<Response>>> = {
    'a query with a token': () => asRoot('{ viewer { arn } users(first: 1) { edges { node { name } } } }'),
    'a query with a signature': () =>
      createSigningFetch(key)(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ viewer { arn } }' }),
      }),
    'a change': () => asRoot(change('changed')),
    'signing in': () => graphql(SIGN_IN),
    'the AWS door': () =>
      createSigningFetch(key)(`${server.url}/`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'Action=ListUsers&Version=2010-05-08',
      }),
    readiness: () => fetch(`${server.url}/readyz`),
  }

  async function recovered(): Promise<void> {
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status, { timeout: 20_000 }).toBe(200)
    await expect.poll(async () => (await read(asRoot('{ viewer { arn } }'))).status, { timeout: 20_000 }).toBe(200)
  }

  test.each(Object.keys(DOORS))(
    'that is cut off: %s is told 503 ServiceUnavailable and when to come back',
    async (door) => {
      await recovered()
      proxy.cut()
      const { status, code, retryAfter, text } = await read(DOORS[door]!())
      expect([status, code, retryAfter], text).toEqual([503, 'ServiceUnavailable', '2'])
      if (door === 'the AWS door') expect(text).toMatch(/^<ErrorResponse[^]*<Type>Receiver<\/Type>/)
      proxy.mend()
      await recovered()
    },
    TIMEOUT,
  )

  test(
    'that is cut off and comes back: many requests fail in a line or two of the log, and none after it is back',
    async () => {
      await recovered()
      const before = server.output().length
      proxy.cut()
      const answers = await Promise.all(Array.from({ length: 40 }, () => read(asRoot('{ viewer { arn } }'))))
      expect([...new Set(answers.map(({ status, code }) => `${status} ${code}`))]).toEqual(['503 ServiceUnavailable'])
      proxy.mend()
      await recovered()
      const again = await Promise.all(Array.from({ length: 40 }, () => read(asRoot('{ viewer { arn } }'))))
      expect(again.filter(({ status }) => status !== 200)).toEqual([])
      const lines = server.output().slice(before).trim().split('\n').filter(Boolean)
      expect(lines.length).toBeLessThan(8)
      expect(lines.join('\n')).not.toContain('internal failure')
    },
    TIMEOUT,
  )

  test(
    'that another session has locked: changes are 503 within the time-out, and everybody reads meanwhile',
    async () => {
      await recovered()
      const holder = new Client({ connectionString: scratch.url })
      await holder.connect()
      try {
        await holder.query('begin')
        await holder.query('select 1 from account for update')
        const changes = Array.from({ length: 30 }, (_, n) => read(asRoot(change(`locked-${n}`))))
        // The first of them have come to the lock.
        await expect.poll(() => waiters(holder), { timeout: 10_000 }).toBeGreaterThan(0)
        const reads = await Promise.all(
          [DOORS['a query with a token']!, DOORS['the AWS door']!, DOORS.readiness!].map((ask) => read(ask())),
        )
        expect(reads.map(({ status }) => status)).toEqual([200, 200, 200])
        expect(Math.max(...reads.map(({ ms }) => ms))).toBeLessThan(1_500)
        const first = await Promise.race(changes)
        expect([first.status, first.code, first.retryAfter]).toEqual([503, 'ServiceUnavailable', '2'])
        await holder.query('rollback')
        const rest = await Promise.all(changes)
        expect(
          [...new Set(rest.map(({ status }) => status))].filter((status) => status !== 200 && status !== 503),
        ).toEqual([])
      } finally {
        await holder.end()
      }
    },
    TIMEOUT,
  )

  test(
    'that hangs with its connections open: callers hear within the time-out, readiness within two seconds, and it comes back by itself',
    async () => {
      await recovered()
      proxy.pause()
      const [ready, ...answers] = await Promise.all([
        read(DOORS.readiness!()),
        ...Object.keys(DOORS).flatMap((door) =>
          door === 'readiness' ? [] : [read(DOORS[door]!()), read(DOORS[door]!())],
        ),
      ])
      expect([ready.status, ready.code, ready.retryAfter]).toEqual([503, 'ServiceUnavailable', '2'])
      expect(ready.ms).toBeLessThan(2_500)
      expect([...new Set(answers.map(({ status, code }) => `${status} ${code}`))]).toEqual(['503 ServiceUnavailable'])
      expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(PATIENCE * 4_000)
      proxy.resume()
      await recovered()
      const again = await Promise.all(Array.from({ length: 20 }, () => read(asRoot('{ viewer { arn } }'))))
      expect(again.filter(({ status }) => status !== 200)).toEqual([])
    },
    TIMEOUT,
  )

  test(
    'that takes no changes, as a replica: readiness says so, changes are 503, and everybody reads meanwhile',
    async () => {
      await recovered()
      const operator = new Client({ connectionString: scratch.url })
      await operator.connect()
      const readOnly = async (value: 'on' | 'off') => {
        const { rows } = await operator.query<{ name: string }>('select quote_ident(current_database()) as name')
        await operator.query(`alter database ${rows[0]?.name} set default_transaction_read_only = ${value}`)
        await operator.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        )
      }
      try {
        await readOnly('on')
        await expect.poll(async () => (await read(asRoot('{ viewer { arn } }'))).status).toBe(200)
        const ready = await read(DOORS.readiness!())
        expect([ready.status, ready.code]).toEqual([503, 'ServiceUnavailable'])
        const { status, code, retryAfter } = await read(DOORS['a change']!())
        expect([status, code, retryAfter]).toEqual([503, 'ServiceUnavailable', '2'])
        expect(server.output()).toContain('"outage":"cannot-write"')
      } finally {
        await readOnly('off')
        await operator.end()
      }
      await recovered()
      expect((await read(asRoot(change('after-read-only')))).code).toBeUndefined()
    },
    TIMEOUT,
  )

  test(
    'that is dropped and restored from a backup while the server runs: an empty one is no database, and nothing of what came after the backup decides',
    async () => {
      await recovered()
      const folder = temporaryDirectory()
      const operator = { DATABASE_URL: scratch.url, LATCHKEY_DATA_DIR: dataDir, LATCHKEY_MASTER_KEY: '0f'.repeat(32) }
      const made = await read(
        asRoot(
          'mutation { createUser(input: { userName: "bob" }) { __typename } createAccessKey(input: { userName: "bob" }) { secretAccessKey accessKey { accessKeyId } } }',
        ),
      )
      const part = (name: string) => new RegExp(`"${name}":"([^"]+)"`).exec(made.text)?.[1] ?? ''
      const bob = createSigningFetch({ accessKeyId: part('accessKeyId'), secretAccessKey: part('secretAccessKey') })
      const asBob = () =>
        read(
          bob(`${server.url}/graphql`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{"query":"{ user(name: \\"bob\\") { arn } }"}',
          }),
        )
      const archive = path.join(folder, 'backup.tar.gz')
      expect(await latchkey(['backup', '--to', archive], operator)).toMatchObject({ code: 0 })
      expect((await asBob()).code).toBe('AccessDenied')
      const allow = `{ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "iam:GetUser", Resource: "*" } }`
      const put = `putUserPolicy(input: { userName: "bob", policyName: "read", policyDocument: ${allow} }) { __typename }`
      expect((await read(asRoot(`mutation { ${put} }`))).code).toBeUndefined()
      expect((await asBob()).code).toBeUndefined()

      await scratch.drop()
      expect((await read(asRoot('{ viewer { arn } }'))).status).toBe(503)
      await scratch.create()
      await expect.poll(async () => (await read(DOORS.readiness!())).status).toBe(503)
      for (const door of Object.keys(DOORS)) {
        const { status, code } = await read(DOORS[door]!())
        expect([door, status, code]).toEqual([door, 503, 'ServiceUnavailable'])
      }
      expect(server.output()).toContain('"outage":"damaged"')
      expect(await latchkey(['restore', archive], operator)).toMatchObject({ code: 0 })
      await recovered()
      // As many changes as there were after the backup: the account is where it was when bob was allowed.
      expect((await read(asRoot(change('another')))).code).toBeUndefined()
      expect((await asBob()).code).toBe('AccessDenied')
    },
    TIMEOUT,
  )
})

/** Sessions of the same database that wait for a lock. */
async function waiters(client: Client): Promise<number> {
  // Within a transaction the first look would be the answer to all.
  await client.query('select pg_stat_clear_snapshot()')
  const { rows } = await client.query<{ n: number }>(
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  )
  return rows[0]?.n ?? 0
}

function change(name: string): string {
  return `mutation { createGroup(input: { groupName: "${name}" }) { group { groupName: name } } }`
}

const SIGN_IN = `mutation { signIn(input: { rootEmail: "${ROOT.rootEmail}", password: "${ROOT.password}" }) { accessToken } }`
