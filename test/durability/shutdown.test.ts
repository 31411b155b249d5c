import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/store/open.ts'
import { signInAsRoot, signing } from './graphql-client.ts'
import { createScratchDatabase, type ScratchDatabase } from './scratch-postgresql.ts'
import { refusedServer, type ServerProcess, startServer } from './server-process.ts'

const POSTGRESQL = process.env.TEST_DATABASE_URL
const ROOT = { rootEmail: 'root@example.com', password: 'a password of the tests' }
const TIMEOUT = 300_000

let scratch: ScratchDatabase | null = null

beforeAll(async () => {
  scratch = POSTGRESQL === undefined ? null : await createScratchDatabase(POSTGRESQL, 'shutdown')
}, TIMEOUT)

afterAll(async () => await scratch?.drop(), TIMEOUT)

function dataDirectory(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function start(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const server = await startServer({
    LATCHKEY_ROOT_EMAIL: ROOT.rootEmail,
    LATCHKEY_ROOT_PASSWORD: ROOT.password,
    ...env,
  })
  onTestFinished(async () => void (await server.end('SIGKILL')))
  return server
}

test(
  'a server that is asked to stop writes when its keys were last used, and gives the directory free',
  async () => {
    const dataDir = dataDirectory()
    const server = await start({ LATCHKEY_DATA_DIR: dataDir, ...(scratch && { DATABASE_URL: scratch.url }) })
    const root = await signInAsRoot(server.url, ROOT.rootEmail, ROOT.password)
    const create = 'mutation { createAccessKey(input: {}) { secretAccessKey accessKey { accessKeyId } } }'
    const made = (await root(server.url, create)).data.createAccessKey
    const accessKeyId = made?.accessKey.accessKeyId ?? ''
    const before = Date.now()
    await signing(accessKeyId, made?.secretAccessKey ?? '')(server.url, '{ viewer { arn } }')
    expect(await server.end('SIGTERM')).toBe(0)
    expect(existsSync(path.join(dataDir, 'pg.lock'))).toBe(false)

    const { db, close } = await openDatabase({ databaseUrl: scratch?.url, dataDir, log: { info() {}, warn() {} } })
    onTestFinished(close)
    const key = await db.accessKey.findUniqueOrThrow({ where: { id: accessKeyId } })
    expect(key).toMatchObject({ lastUsedService: 'iam', lastUsedOperation: 'viewer', lastUsedSourceIp: '127.0.0.1' })
    expect(key.lastUsedAt?.getTime()).toBeGreaterThanOrEqual(before)
  },
  TIMEOUT,
)

test(
  'a second server on one data directory is refused in one line and does the first no harm; after a kill the lock is taken over',
  async () => {
    const dataDir = dataDirectory()
    const env = { LATCHKEY_DATA_DIR: dataDir }
    const first = await start(env)
    const lock = path.join(dataDir, 'pg.lock')
    const held = readFileSync(lock, 'utf8')
    const { code, errors } = await refusedServer(env)
    expect([code, errors]).toEqual([
      1,
      expect.stringMatching(/^Latchkey cannot start: .* is in use by process \d+ \(lock file .*\)\.\n$/),
    ])
    expect(readFileSync(lock, 'utf8')).toBe(held)
    await signInAsRoot(first.url, ROOT.rootEmail, ROOT.password)

    await first.end('SIGKILL')
    expect(readFileSync(lock, 'utf8')).toBe(held)
    const next = await start(env)
    expect(readFileSync(lock, 'utf8')).not.toBe(held)
    await signInAsRoot(next.url, ROOT.rootEmail, ROOT.password)
  },
  TIMEOUT,
)
