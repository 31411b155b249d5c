import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { generateSync } from 'otplib'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { openArchive } from '../../src/store/backup/archive.ts'
import { type Database, openDatabase } from '../../src/store/open.ts'
import { type Ask, signing } from '../durability/graphql-client.ts'
import { createScratchDatabase } from '../durability/scratch-postgresql.ts'
import { buildServer, type ServerProcess, startServer } from '../durability/server-process.ts'
import { findHalfDone, readChanges } from '../durability/trail.ts'
import { latchkey } from '../support/run-command.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const POSTGRESQL = process.env.TEST_DATABASE_URL
const TIMEOUT = 240_000
const ACCOUNT = '123456789012'
const ROOT = { rootEmail: 'root@example.com', password: 'a password of the tests' }
const KEY = '0f'.repeat(32)
const OTHER_KEY = 'f0'.repeat(32)
const SILENT = { info() {}, warn() {} }

/** Where a server's data is: a directory, or with it a database of PostgreSQL. */
interface Place {
  readonly env: Readonly<Record<string, string>>
  readonly dataDir: string
}

let places = 0

async function emptyPlace(): Promise<Place> {
  const dataDir = path.join(temporaryDirectory(), 'data')
  if (POSTGRESQL === undefined) return { dataDir, env: { LATCHKEY_DATA_DIR: dataDir } }
  const scratch = await createScratchDatabase(POSTGRESQL, `backup_${++places}`)
  onTestFinished(() => scratch.drop())
  return { dataDir, env: { LATCHKEY_DATA_DIR: dataDir, DATABASE_URL: scratch.url } }
}

async function start({ env }: Place): Promise<ServerProcess> {
  const server = await startServer({
    LATCHKEY_ACCOUNT_ID: ACCOUNT,
    LATCHKEY_ROOT_EMAIL: ROOT.rootEmail,
    LATCHKEY_ROOT_PASSWORD: ROOT.password,
    LATCHKEY_MASTER_KEY: KEY,
    ...env,
  })
  onTestFinished(async () => void (await server.end('SIGKILL')))
  return server
}

/** The answer of `query` to who has the token. */
async function post(url: string, query: string, variables: object, token?: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await response.json()
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
  return data
}

const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }`
const SET_UP = `mutation ($all: PolicyDocument!) {
  createUser(input: { userName: "alice" }) { __typename }
  createLoginProfile(input: { userName: "alice", password: "Battery-Staple-8" }) { __typename }
  putUserPolicy(input: { userName: "alice", policyName: "all", policyDocument: $all }) { __typename }
  createAccessKey(input: { userName: "alice", description: "writes" }) { secretAccessKey accessKey { accessKeyId } }
  createVirtualMfaDevice(input: { virtualMfaDeviceName: "alice" }) { base32StringSeed mfaDevice { serialNumber } }
}`
const ENABLE = `mutation ($input: EnableMfaDeviceInput!) { enableMfaDevice(input: $input) { __typename } }`
const CREATE = `mutation ($name: String!) { createUser(input: { userName: $name, tags: [{ key: "n", value: "1" }] }) { user { userId } } }`
const ALL = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }

const SIGNED_IN = z.object({ signIn: z.object({ accessToken: z.string() }) })
const MADE = z.object({
  createAccessKey: z.object({ secretAccessKey: z.string(), accessKey: z.object({ accessKeyId: z.string() }) }),
  createVirtualMfaDevice: z.object({
    base32StringSeed: z.string(),
    mfaDevice: z.object({ serialNumber: z.string() }),
  }),
})

const codeAt = (secret: string, seconds: number) =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + seconds })

/** Alice, who may do everything, with a key and an MFA device. */
async function makeAlice(url: string): Promise<{ ask: Ask; seed: string }> {
  const { signIn } = SIGNED_IN.parse(await post(url, SIGN_IN, { input: ROOT }))
  const root = signIn.accessToken
  const made = MADE.parse(await post(url, SET_UP, { all: ALL }, root))
  const seed = made.createVirtualMfaDevice.base32StringSeed
  const { serialNumber } = made.createVirtualMfaDevice.mfaDevice
  const codes = { authenticationCode1: codeAt(seed, -30), authenticationCode2: codeAt(seed, 0) }
  await post(url, ENABLE, { input: { userName: 'alice', serialNumber, ...codes } }, root)
  const { accessKey, secretAccessKey } = made.createAccessKey
  return { ask: signing(accessKey.accessKeyId, secretAccessKey), seed }
}

/** Makes users until it is told to stop; what was answered, in order. */
function keepWriting(url: string, ask: Ask, writer: number) {
  const answered: string[] = []
  const writing = { on: true }
  const done = (async () => {
    for (let n = 0; writing.on; n++) {
      const { requestId } = await ask(url, CREATE, { name: `writer-${writer}-${n}` })
      answered.push(`${requestId} iam:CreateUser`)
    }
  })()
  return { answered, stop: () => ((writing.on = false), done) }
}

async function look({ env, dataDir }: Place, work: (database: Database) => Promise<void>): Promise<void> {
  const database = await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir, log: SILENT, asItIs: true })
  try {
    await work(database)
  } finally {
    await database.close()
  }
}

describe('backup and restore', () => {
  beforeAll(buildServer, TIMEOUT)

  test(
    'a backup under load has every change that was answered before it, none by half, and what was in it works after a restore',
    async () => {
      const place = await emptyPlace()
      const server = await start(place)
      const { ask, seed } = await makeAlice(server.url)
      const writers = [1, 2, 3, 4].map((n) => keepWriting(server.url, ask, n))
      await expect.poll(() => Math.min(...writers.map(({ answered }) => answered.length))).toBeGreaterThan(3)
      const before = writers.flatMap(({ answered }) => [...answered])
      const archive = path.join(temporaryDirectory(), 'backup.tar.gz')
      const taken = await latchkey(['backup', '--to', archive], place.env)
      expect([taken.code, taken.err]).toEqual([0, ''])
      const during = writers.flatMap(({ answered }) => answered).length - before.length
      await Promise.all(writers.map(({ stop }) => stop()))
      expect(during).toBeGreaterThan(0)
      expect(statSync(archive).mode & 0o077).toBe(0)
      expect(readdirSync(path.dirname(archive))).toEqual(['backup.tar.gz'])
      expect(gunzipSync(readFileSync(archive)).includes(Buffer.from(KEY, 'hex'))).toBe(false)
      if (POSTGRESQL === undefined) {
        await expect.poll(() => readdirSync(place.dataDir).filter((name) => name.startsWith('pg.copy'))).toEqual([])
        expect(statSync(path.join(place.dataDir, 'control.sock')).mode & 0o077).toBe(0)
      }
      const keyId = /needs? master key ([0-9a-f]{8}), which is not in it/.exec(taken.out.replaceAll('\n', ' '))?.[1]
      expect(keyId).toBeDefined()
      // Beside a server that runs, doctor sees the same database.
      const examined = await latchkey(['doctor', '--json'], { ...place.env, LATCHKEY_MASTER_KEY: KEY })
      expect(JSON.parse(examined.out)).toMatchObject({ healthy: true })
      expect(await server.end('SIGTERM')).toBe(0)

      const copy = await emptyPlace()
      const refused = await latchkey(['restore', archive], { ...copy.env, LATCHKEY_MASTER_KEY: OTHER_KEY })
      expect([refused.code, refused.out]).toEqual([1, ''])
      expect(refused.err).toMatch(`The backup needs master key ${keyId}, and the one at hand is `)
      const restored = await latchkey(['restore', archive], copy.env)
      expect([restored.code, restored.err]).toEqual([0, ''])
      expect(restored.out).toContain(`put master key ${keyId} beside it: in LATCHKEY_MASTER_KEY, or as ${copy.dataDir}`)
      await look(copy, async ({ pool }) => {
        const changes = await readChanges(pool, ACCOUNT)
        expect(before.filter((change) => !changes.includes(change))).toEqual([])
        expect(await findHalfDone(pool)).toEqual({})
      })
      const again = await latchkey(['restore', archive], copy.env)
      expect([again.code, again.err]).toEqual([1, expect.stringContaining(' is not empty (')])

      const second = await start(copy)
      // The key of before the backup signs, a code of the device is right, and both are in the trail that goes on.
      await ask(second.url, CREATE, { name: 'afterwards' })
      const alice = { account: ACCOUNT, userName: 'alice', password: 'Battery-Staple-8' }
      await expect(post(second.url, SIGN_IN, { input: alice })).rejects.toThrow('"mfaCodeRequired":true')
      const withCode = { input: { ...alice, mfaCode: codeAt(seed, 30) } }
      const signedIn = SIGNED_IN.parse(await post(second.url, SIGN_IN, withCode))
      expect(signedIn.signIn.accessToken).toMatch(/^ey/)
      expect(await second.end('SIGTERM')).toBe(0)
      await look(copy, async ({ pool }) => {
        const { rows } = await pool.query<{ action: string }>('select action from audit_event order by id desc limit 4')
        expect(rows.map(({ action }) => action)).toEqual(
          expect.arrayContaining(['iam:CreateUser', 'signin:ConsoleLogin']),
        )
      })
    },
    TIMEOUT,
  )

  test(
    'without a server the command takes the backup itself; damaged, foreign and newer archives are refused and leave nothing',
    async () => {
      const place = await emptyPlace()
      const folder = temporaryDirectory()
      const file = (name: string) => path.join(folder, name)
      if (POSTGRESQL === undefined) {
        const nothing = await latchkey(['backup', '--to', file('none')], place.env)
        expect(nothing).toMatchObject({ code: 1, err: expect.stringContaining('There is no database in ') })
        expect(existsSync(place.dataDir)).toBe(false)
      }
      expect((await latchkey(['create-account', '--email', ROOT.rootEmail], place.env)).code).toBe(0)
      expect(await latchkey(['backup', '--to', file('good')], place.env)).toMatchObject({
        code: 0,
        out: expect.stringContaining('no master key is needed'),
      })
      const replaced = await latchkey(['backup', '--to', file('good')], place.env)
      expect(replaced).toMatchObject({ code: 1, err: expect.stringContaining('exists already') })

      const copy = await emptyPlace()
      const tar = gunzipSync(readFileSync(file('good')))
      const lastMember = tar.lastIndexOf('ustar')
      const changes: Readonly<Record<string, readonly [RegExp, Buffer]>> = {
        'cut off': [/is damaged \(/, readFileSync(file('good')).subarray(0, -5_000)],
        'a byte': [
          /is damaged \(\S+ is not what was written\)/,
          gzipSync(
            flipped(tar, tar.lastIndexOf(POSTGRESQL === undefined ? 'pg/PG_VERSION\0' : 'database.dump\0') + 512),
            { level: 1 },
          ),
        ],
        'no end': [/is damaged \(/, gzipSync(tar.subarray(0, lastMember - 257), { level: 1 })],
        'something else': [/is (damaged|no backup)/, gzipSync(Buffer.from('x'.repeat(2000)))],
        newer: [
          /taken by Latchkey .* has migrations that this version does not know \(2[0-9_a-z]*zzzz\)/,
          gzipSync(
            Buffer.from(
              tar.toString('latin1').replace(/("2\d+_\w*)(\w{4})(",?\s*\n?\s*\],\s*"masterKeyIds)/, '$1zzzz$3'),
              'latin1',
            ),
            { level: 1 },
          ),
        ],
        'another form': [
          /in a form that this version does not know/,
          gzipSync(Buffer.from(tar.toString('latin1').replace('"format": 1', '"format": 2'), 'latin1'), { level: 1 }),
        ],
        'a way out': [
          /manifest of .* is damaged/,
          gzipSync(
            Buffer.from(
              tar.toString('latin1').replace(/"name": "(?:pg\/P|da)/, (name) => `${name.slice(0, -2)}..`),
              'latin1',
            ),
            { level: 1 },
          ),
        ],
      }
      for (const [what, [message, content]] of Object.entries(changes)) {
        writeFileSync(file('bad'), content)
        const refused = await latchkey(['restore', file('bad')], copy.env)
        expect([what, refused.code, refused.out]).toEqual([what, 1, ''])
        expect(refused.err).toMatch(/^latchkey restore: [^\n]+\n$/)
        expect([what, refused.err]).toEqual([what, expect.stringMatching(message)])
        expect(existsSync(copy.dataDir) ? readdirSync(copy.dataDir) : []).toEqual([])
      }
      expect((await latchkey(['restore', file('missing')], copy.env)).err).toMatch(/There is no file .*missing\.\n$/)

      // The other kind of database is another command's environment.
      const other =
        POSTGRESQL === undefined
          ? { ...copy.env, DATABASE_URL: 'postgresql://a@127.0.0.1:1/b' }
          : { ...copy.env, DATABASE_URL: '' }
      expect(await latchkey(['restore', file('good')], other)).toMatchObject({
        code: 1,
        err: expect.stringContaining('DATABASE_URL'),
      })

      expect((await latchkey(['restore', file('good')], copy.env)).code).toBe(0)
      await look(copy, async ({ pool }) => expect((await pool.query('select from account')).rowCount).toBe(1))
    },
    TIMEOUT,
  )

  test.runIf(POSTGRESQL !== undefined)(
    'without pg_dump, or with one that is older than the server, the command says what to install',
    async () => {
      const place = await emptyPlace()
      await latchkey(['migrate'], place.env)
      const folder = temporaryDirectory()
      const to = path.join(folder, 'backup')
      const missing = await latchkey(['backup', '--to', to], { ...place.env, PATH: folder })
      expect(missing).toMatchObject({ code: 1, err: expect.stringMatching(/pg_dump is not there: install .*\n$/) })
      writeFileSync(path.join(folder, 'pg_dump'), '#!/bin/sh\necho "pg_dump (PostgreSQL) 9.6.1"\n')
      chmodSync(path.join(folder, 'pg_dump'), 0o755)
      const old = await latchkey(['backup', '--to', to], { ...place.env, PATH: `${folder}:/bin` })
      expect(old.err).toMatch(/pg_dump is of PostgreSQL 9 and the server of \d+: install .* or newer/)
      expect(readdirSync(folder)).toEqual(['pg_dump'])
    },
    TIMEOUT,
  )
})

test('what tar writes and reads is what others write and read', async () => {
  const folder = temporaryDirectory()
  const file = path.join(folder, 'one.tar.gz')
  const { pack } = await import('../../src/store/tar.ts')
  const content = Buffer.from('{"product":"latchkey"}')
  const entries = [
    { name: 'pg/', size: 0, content: [] },
    { name: `pg/${'deep/'.repeat(25)}file`, size: content.length, content: [content] },
  ]
  const chunks: Buffer[] = []
  for await (const chunk of pack(entries, new Date(0))) chunks.push(chunk)
  writeFileSync(file, gzipSync(Buffer.concat(chunks)))
  expect(execFileSync('tar', ['-tzf', file], { encoding: 'utf8' }).split('\n')).toEqual(['pg/', entries[1]?.name, ''])
  mkdirSync(path.join(folder, 'other'))
  writeFileSync(path.join(folder, 'other/manifest.json'), content)
  execFileSync('tar', ['--format=ustar', '-czf', file, '-C', path.join(folder, 'other'), 'manifest.json'])
  await expect(openArchive(file)).rejects.toThrow('is no backup of Latchkey')
})

function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}
