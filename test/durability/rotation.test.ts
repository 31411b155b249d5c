import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createBearerFetch, createSigningFetch } from '../../src/client/index.ts'
import { newAccessKeyId } from '../../src/iam/identifiers.ts'
import { loadMasterKey } from '../../src/store/master-key.ts'
import { type Database, openDatabase } from '../../src/store/open.ts'
import { createSecretBox } from '../../src/store/secret-box.ts'
import { testRandom } from '../support/services.ts'
import { signInAsRoot, signing } from './graphql-client.ts'
import { createScratchDatabase, type ScratchDatabase } from './scratch-postgresql.ts'
import { buildServer, freePort, refusedServer, type ServerProcess, startServer } from './server-process.ts'

const POSTGRESQL = process.env.TEST_DATABASE_URL
const ACCOUNT_ID = '123456789012'
const ROOT = { rootEmail: 'root@example.com', password: 'a password of the tests' }
const TIMEOUT = 600_000
/** More than are encrypted anew in one transaction, so that there is a middle. */
const KEYS_AT_REST = 450

const [OLD, NEW] = [testRandom('old')(32).toString('hex'), testRandom('new')(32).toString('hex')]
const ringOf = (text: string) => loadMasterKey({ fromEnvironment: text, dataDir: '/nowhere' }).deriveKeys('secrets')
const [old, anew] = [ringOf(OLD).current, ringOf(NEW).current]

type Send = typeof fetch

/** What stands at a path of the data. */
const at = (data: unknown, place: string) =>
  String(place.split('.').reduce<unknown>((value, key) => Reflect.get(Object(value), key), data))

/** `latchkey rotate-keys --secrets`, to be killed or waited for. */
function rotation(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['dist/command/latchkey.js', 'rotate-keys', '--secrets'], {
    cwd: path.join(import.meta.dirname, '../..'),
    env: { PATH: process.env.PATH ?? '', ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, output }))
  return { ended, kill: () => child.kill('SIGKILL') }
}

test.skipIf(POSTGRESQL !== undefined)(
  'one gateway with an embedded database: new,old at the next start, also after a crash, then encrypt anew, then new',
  async () => {
    await buildServer()
    const dataDir = mkdtempSync(path.join(tmpdir(), 'latchkey-'))
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
    const given = {
      LATCHKEY_DATA_DIR: dataDir,
      LATCHKEY_ROOT_EMAIL: ROOT.rootEmail,
      LATCHKEY_ROOT_PASSWORD: ROOT.password,
    }
    const running = async (masterKey: string, more: Readonly<Record<string, string>> = {}) => {
      const server = await startServer({ ...given, LATCHKEY_MASTER_KEY: masterKey, ...more })
      onTestFinished(async () => void (await server.end('SIGKILL')))
      return server
    }
    let server = await running(OLD)
    const root = await signInAsRoot(server.url, ROOT.rootEmail, ROOT.password)
    const made = (await root(server.url, CREATE_KEY)).data.createAccessKey
    const signed = signing(made?.accessKey.accessKeyId ?? '', made?.secretAccessKey ?? '')
    await server.end('SIGKILL')

    server = await running(`${NEW},${OLD}`)
    await signed(server.url, ME)
    expect(await server.end('SIGTERM')).toBe(0)
    expect(await rotation({ ...given, LATCHKEY_MASTER_KEY: `${NEW},${OLD}` }).ended).toEqual({
      code: 0,
      output: expect.stringMatching(new RegExp(`^Encrypted anew under master key ${anew}: access keys 1, `)),
    })
    const { errors } = await refusedServer({ ...given, LATCHKEY_MASTER_KEY: NEW })
    expect(errors).toContain(`Master key ${old} may not be left out before 20`)
    server = await running(NEW, { LATCHKEY_FORGET_MASTER_KEYS: old })
    await signed(server.url, ME)
    expect(await server.end('SIGTERM')).toBe(0)
  },
  TIMEOUT,
)

describe.runIf(POSTGRESQL)('a master key that is rotated under traffic, with two gateways on one PostgreSQL', () => {
  const folders: string[] = []
  const servers: (ServerProcess | null)[] = [null, null]
  /** As a load balancer has it. */
  const inService = new Set<number>()
  const underWay = [0, 0]
  const failures: string[] = []
  const done: Record<string, number> = {}
  let ports: readonly number[] = []
  let scratch: ScratchDatabase
  let database: Database
  const over = new AbortController()
  let workers: Promise<void>[] = []
  /** Whether what was issued before the rotation has expired. */
  let oldTokensExpired = false

  const folder = () => {
    const made = mkdtempSync(path.join(tmpdir(), 'latchkey-'))
    folders.push(made)
    return made
  }
  const environment = (masterKey: string) => ({
    DATABASE_URL: scratch.url,
    LATCHKEY_ACCOUNT_ID: ACCOUNT_ID,
    LATCHKEY_ROOT_EMAIL: ROOT.rootEmail,
    LATCHKEY_ROOT_PASSWORD: ROOT.password,
    LATCHKEY_MASTER_KEY: masterKey,
    LATCHKEY_PUBLIC_URL: 'http://127.0.0.1:4000',
    LATCHKEY_DATA_DIR: folder(),
  })

  async function start(gateway: number, masterKey: string): Promise<void> {
    const port = String(ports[gateway])
    servers[gateway] = await startServer({ ...environment(masterKey), PORT: port })
    inService.add(gateway)
  }

  /** Takes it out of service first, as the page for operators says. */
  async function stop(gateway: number): Promise<void> {
    inService.delete(gateway)
    await expect.poll(() => underWay[gateway], { timeout: 30_000 }).toBe(0)
    expect(await servers[gateway]?.end('SIGTERM')).toBe(0)
  }

  async function restart(gateway: number, masterKey: string): Promise<void> {
    await stop(gateway)
    await start(gateway, masterKey)
  }

  const refusal = async (masterKey: string, more: Readonly<Record<string, string>> = {}) =>
    (await refusedServer({ ...environment(masterKey), ...more })).errors
  const NAME = String.raw`\S+ \(process \d+\)`
  const CRASHED = String.raw`One that crashed counts as gone 60 s after its last beat\.`

  /** Asks the one gateway or the other, whichever is in service. */
  async function ask(send: Send, query: string, variables: object = {}): Promise<unknown> {
    const open = [...inService]
    const gateway = open[Math.floor(Math.random() * open.length)]
    if (gateway === undefined) throw new Error('nobody is in service')
    underWay[gateway]!++
    try {
      const response = await send(`http://127.0.0.1:${ports[gateway]}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      })
      const { data, errors }: { data?: unknown; errors?: unknown } = await response.json()
      if (errors !== undefined) throw new Error(JSON.stringify(errors))
      return data
    } finally {
      underWay[gateway]!--
    }
  }

  const bearing = async () => {
    const data = await ask(fetch, SIGN_IN, { input: ROOT })
    return createBearerFetch({ accessToken: at(data, 'signIn.accessToken') })
  }
  const createKey = async (send: Send) => {
    const data = await ask(send, CREATE_KEY)
    const accessKeyId = at(data, 'createAccessKey.accessKey.accessKeyId')
    const secretAccessKey = at(data, 'createAccessKey.secretAccessKey')
    return { accessKeyId, send: createSigningFetch({ accessKeyId, secretAccessKey }) }
  }
  const temporary = async (send: Send) => {
    const data = await ask(send, GET_SESSION_TOKEN)
    return createSigningFetch({
      accessKeyId: at(data, 'getSessionToken.accessKeyId'),
      secretAccessKey: at(data, 'getSessionToken.secretAccessKey'),
      sessionToken: at(data, 'getSessionToken.sessionToken'),
    })
  }

  function work(name: string, turn: () => Promise<unknown>): Promise<void> {
    done[name] = 0
    const rounds = async () => {
      while (!over.signal.aborted) {
        try {
          await turn()
          done[name]!++
        } catch (error) {
          failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
        }
        await pause(150)
      }
    }
    return rounds()
  }

  beforeAll(async () => {
    await buildServer()
    scratch = await createScratchDatabase(POSTGRESQL ?? '', 'rotation')
    ports = [await freePort(), await freePort()]
    await start(0, OLD)
    await start(1, OLD)
    database = await openDatabase({ databaseUrl: scratch.url, dataDir: '/nowhere', log: { info() {}, warn() {} } })
    const random = testRandom('keys at rest')
    const box = createSecretBox(ringOf(OLD), random)
    const user = await database.db.user.create({
      data: { accountId: ACCOUNT_ID, id: 'AIDAREST', name: 'rest', nameKey: 'rest', createdAt: new Date() },
    })
    const data = Array.from({ length: KEYS_AT_REST }, () => {
      const id = newAccessKeyId('AKIA', ACCOUNT_ID, random)
      const { ciphertext, keyId } = box.seal(Buffer.from('x'.repeat(40)), `access-key:${ACCOUNT_ID}:${id}`)
      return {
        accountId: ACCOUNT_ID,
        id,
        userId: user.id,
        secret: ciphertext,
        secretKeyId: keyId,
        createdAt: new Date(),
      }
    })
    await database.db.accessKey.createMany({ data })

    const root = await bearing()
    const { send: key } = await createKey(root)
    const session = await temporary(key)
    workers = [
      work('a key that is older than the rotation', () => ask(key, ME)),
      work('a session that is older than the rotation', () => (oldTokensExpired ? pause(50) : ask(root, ME))),
      work('temporary credentials that are older than the rotation', () =>
        oldTokensExpired ? pause(50) : ask(session, ME),
      ),
      work('temporary credentials that are made', async () => ask(await temporary(key), ME)),
      work('signing in', async () => ask(await bearing(), ME)),
      work('a key that is made, used and deleted', async () => {
        const made = await createKey(key)
        await ask(made.send, ME)
        await ask(key, DELETE_KEY, { input: { accessKeyId: made.accessKeyId } })
      }),
    ]
  }, TIMEOUT)

  afterAll(async () => {
    over.abort()
    await Promise.all(workers)
    for (const server of servers) await server?.end('SIGKILL')
    await database?.close()
    await scratch?.drop()
    for (const made of folders) rmSync(made, { recursive: true, force: true })
  }, TIMEOUT)

  /** Everybody has done something since, and nobody failed. */
  async function undisturbed(): Promise<void> {
    const before = { ...done }
    await expect
      .poll(() => Object.entries(done).filter(([name, count]) => count < before[name]! + 3), { timeout: 60_000 })
      .toEqual([])
    expect(failures).toEqual([])
  }

  test(
    'out of order: the new key in front before everybody knows it is refused, and so is encrypting anew',
    async () => {
      expect(await refusal(`${NEW},${OLD}`)).toMatch(
        new RegExp(
          `^Latchkey cannot start: Master key ${anew} may not encrypt yet, because these do not know it: ${NAME}, ${NAME}\\. ` +
            String.raw`Restart them with LATCHKEY_MASTER_KEY=old,new first\. ${CRASHED}\n$`,
        ),
      )
      expect(await rotation(environment(`${NEW},${OLD}`)).ended).toEqual({
        code: 1,
        output: expect.stringMatching(new RegExp(`^latchkey rotate-keys: Master key ${anew} may not encrypt yet`)),
      })
      await undisturbed()
    },
    TIMEOUT,
  )

  test(
    'steps one and two: every gateway learns the new key, then every gateway encrypts with it; in between both work side by side',
    async () => {
      for (const step of [`${OLD},${NEW}`, `${NEW},${OLD}`]) {
        for (const gateway of [0, 1]) {
          if (gateway === 1 && step.startsWith(NEW))
            expect(await rotation(environment(`${NEW},${OLD}`)).ended).toEqual({
              code: 1,
              output: expect.stringMatching(
                new RegExp(
                  String.raw`^latchkey rotate-keys: Not everybody encrypts with master key ${anew} yet\. Restart these with LATCHKEY_MASTER_KEY=new,old first: ${NAME} with ${old}\. ${CRASHED}\n$`,
                ),
              ),
            })
          await restart(gateway, step)
          await undisturbed()
        }
      }
    },
    TIMEOUT,
  )

  test(
    'out of order: the old key is not left out while anything is sealed under it, and the new one not while gateways encrypt with it',
    async () => {
      expect(await refusal(NEW)).toMatch(
        new RegExp(
          String.raw`^Latchkey cannot start: The database holds secrets under master key ${old}, but this process has ${anew}\. \(${old}: access keys 45\d, signing keys 1\.\) .*to be rid of an old key, start with new,old and run latchkey rotate-keys\.\n$`,
        ),
      )
      expect(await refusal(OLD)).toMatch(
        new RegExp(
          `^Latchkey cannot start: This process does not have the master key that these encrypt with: ${NAME} with ${anew}, ${NAME} with ${anew}\\.`,
        ),
      )
      await undisturbed()
    },
    TIMEOUT,
  )

  test(
    'step three is killed in the middle, and goes on with what is left when it is run again',
    async () => {
      const count = (id: string) => database.db.accessKey.count({ where: { userId: 'AIDAREST', secretKeyId: id } })
      // Holds the rotation up at the last key, which is of a later transaction than the first.
      const holder = await database.pool.connect()
      onTestFinished(() => holder.release())
      await holder.query('begin')
      await holder.query(
        `select 1 from access_key where user_id = 'AIDAREST' order by account_id desc, id desc limit 1 for update`,
      )
      const killed = rotation(environment(`${NEW},${OLD}`))
      await expect.poll(() => count(anew), { timeout: 120_000, interval: 200 }).toBeGreaterThanOrEqual(200)
      killed.kill()
      expect((await killed.ended).code).toBeNull()
      await holder.query('rollback')
      const left = await count(old)
      expect(left).toBeGreaterThan(0)
      expect(left).toBeLessThan(KEYS_AT_REST)
      await undisturbed()

      const { code, output } = await rotation(environment(`${NEW},${OLD}`)).ended
      expect([code, output]).toEqual([
        0,
        expect.stringMatching(
          new RegExp(`^Encrypted anew under master key ${anew}: access keys (?:${left}|${left + 1}), `),
        ),
      ])
      expect(await count(anew)).toBe(KEYS_AT_REST)
      await undisturbed()
    },
    TIMEOUT,
  )

  test(
    'step four: the new key alone waits until the last token under the old one has expired, then nobody misses the old one',
    async () => {
      expect(await refusal(NEW)).toMatch(
        new RegExp(
          String.raw`^Latchkey cannot start: Master key ${old} may not be left out before 20\S+Z: until then there are temporary credentials and tokens under it\. .*LATCHKEY_FORGET_MASTER_KEYS=${old}\.\n$`,
        ),
      )
      oldTokensExpired = true
      await undisturbed()
      await database.pool.query(`update master_key set ended_at = ended_at - interval '36 hours'`)
      for (const gateway of [0, 1]) {
        await restart(gateway, NEW)
        await undisturbed()
      }
      expect(await refusal(`${OLD},${NEW}`)).toContain(`Master key ${old} may not encrypt yet`)
      const { rows } = await database.pool.query("select active_key, known_keys from gateway where kind = 'gateway'")
      expect(rows).toEqual([0, 1].map(() => ({ active_key: anew, known_keys: [anew] })))
      expect(Math.min(...Object.values(done))).toBeGreaterThan(10)
    },
    TIMEOUT,
  )
})

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }'
const CREATE_KEY = 'mutation { createAccessKey(input: {}) { secretAccessKey accessKey { accessKeyId } } }'
const DELETE_KEY = 'mutation ($input: DeleteAccessKeyInput!) { deleteAccessKey(input: $input) { __typename } }'
const GET_SESSION_TOKEN = 'mutation { getSessionToken(input: {}) { accessKeyId secretAccessKey sessionToken } }'
const ME = '{ viewer { arn } }'
