import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { Client } from 'pg'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { tcpProxy, through } from '../support/tcp-proxy.ts'
import { signInAsRoot } from './graphql-client.ts'
import { createScratchDatabase } from './scratch-postgresql.ts'
import { buildServer, type ServerProcess, startServer } from './server-process.ts'

const POSTGRESQL = process.env.TEST_DATABASE_URL
const ROOT = { rootEmail: 'root@example.com', password: 'a password of the tests' }
/** What has an embedded database wherever it runs: once is enough. */
const ONCE = POSTGRESQL !== undefined
const TIMEOUT = 120_000
const CLIENTS = 30

function dataDirectory(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function start(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const server = await startServer({
    LATCHKEY_DATA_DIR: dataDirectory(),
    LATCHKEY_ROOT_EMAIL: ROOT.rootEmail,
    LATCHKEY_ROOT_PASSWORD: ROOT.password,
    ...env,
  })
  onTestFinished(async () => void (await server.end('SIGKILL')))
  return server
}

/** Status and `Connection` of an answer, or the code of what went wrong. */
function ask(url: string, agent: Agent): Promise<{ status?: number; connection?: string; failure?: string }> {
  return new Promise((resolve) => {
    const request = get(url, { agent }, (response) => {
      response.resume()
      const { statusCode: status = 0, headers } = response
      response.once('end', () => resolve({ status, connection: headers.connection ?? '' }))
      response.once('error', (error: NodeJS.ErrnoException) => resolve({ failure: error.code ?? error.message }))
    })
    request.once('error', (error: NodeJS.ErrnoException) => resolve({ failure: error.code ?? error.message }))
  })
}

test.skipIf(ONCE)(
  'a stop under load resets no request that was taken: readiness is refused first, answers close their connections, then nobody listens',
  async () => {
    // Its log tells which requests it has taken.
    const server = await start({ LOG_LEVEL: 'info' })
    const silent = connect(Number(new URL(server.url).port), '127.0.0.1')
    silent.on('error', () => {})
    const silentGone = once(silent, 'close')
    let stopping = false
    const answers: (Awaited<ReturnType<typeof ask>> & { readonly path: string })[] = []
    const client = async (n: number) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      onTestFinished(() => agent.destroy())
      for (let asked = 0; ; asked++) {
        const path = n === 0 ? `/readyz?${asked}` : `/nowhere/${n}/${asked}`
        const answer = await ask(server.url + path, agent)
        if (stopping) answers.push({ ...answer, path })
        if (answer.failure !== undefined) return
      }
    }
    const clients = Array.from({ length: CLIENTS }, (_, n) => client(n))
    for (const agent = new Agent(), until = performance.now() + 300; performance.now() < until; )
      await ask(`${server.url}/healthz`, agent)
    stopping = true
    const began = performance.now()
    expect(await server.end('SIGTERM')).toBe(0)
    await Promise.all(clients)
    await silentGone
    expect(performance.now() - began).toBeLessThan(8_000)
    // The end of each: it found nobody any more. The system resets whoever connected while the port was closed, and whom nobody had
    // accepted yet: of these the server knows nothing.
    const ends = answers.filter(({ failure }) => failure !== undefined)
    expect(ends.length).toBe(CLIENTS)
    expect(ends.filter(({ failure }) => failure !== 'ECONNREFUSED' && failure !== 'ECONNRESET')).toEqual([])
    const taken = (path: string) => server.output().includes(`"path":"${path}"`)
    expect(ends.filter(({ path }) => taken(path))).toEqual([])
    expect(answers.filter(({ status, path }) => status === 404 && !taken(path))).toEqual([])
    expect(answers.filter(({ status }) => status === 503).length).toBeGreaterThan(0)
    expect(answers.filter(({ connection }) => connection === 'close').length).toBeGreaterThan(CLIENTS)
  },
  TIMEOUT,
)

test.skipIf(ONCE)(
  'a hang-up of the terminal is a stop in good order',
  async () => {
    const server = await start()
    expect([await server.end('SIGHUP'), server.errors()]).toEqual([0, ''])
  },
  TIMEOUT,
)

describe.skipIf(ONCE)('npm start', () => {
  beforeAll(buildServer, TIMEOUT)

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'passes %s on: no orphan goes on listening',
    async (signal) => {
      const env = {
        PATH: process.env.PATH ?? '',
        HOME: process.env.HOME ?? '',
        PORT: '0',
        LOG_LEVEL: 'silent',
        LATCHKEY_DATA_DIR: dataDirectory(),
      }
      const options = { cwd: path.join(import.meta.dirname, '../..'), env, stdio: 'pipe' } as const
      const npm = spawn('npm', ['start'], options)
      onTestFinished(() => void npm.kill('SIGKILL'))
      let output = ''
      npm.stdout.on('data', (chunk) => (output += String(chunk)))
      const address = /Latchkey is ready[^]*?(http:\/\/[\d.]+:\d+)/
      await expect.poll(() => address.exec(output)?.[1], { timeout: TIMEOUT }).toBeDefined()
      const url = address.exec(output)?.[1] ?? ''
      const ended = once(npm, 'close')
      npm.kill(signal)
      await ended
      await expect(fetch(`${url}/healthz`)).rejects.toThrow()
    },
    TIMEOUT,
  )
})

test.runIf(POSTGRESQL !== undefined)(
  'a stop while the database hangs ends in time, with a code that is not 0; what it could not write the next start writes, once',
  async () => {
    const scratch = await createScratchDatabase(POSTGRESQL ?? '', 'stopping')
    onTestFinished(() => scratch.drop())
    const proxy = await tcpProxy(Number(new URL(scratch.url).port || 5432))
    onTestFinished(() => proxy.close())
    const env = {
      DATABASE_URL: through(proxy, scratch.url),
      LATCHKEY_DATA_DIR: dataDirectory(),
      LATCHKEY_MASTER_KEY: '0f'.repeat(32),
      LATCHKEY_STOP_TIMEOUT: '3',
    }
    const server = await start(env)
    const root = await signInAsRoot(server.url, ROOT.rootEmail, ROOT.password)
    await root(server.url, '{ users(first: 1) { edges { node { name } } } }')
    proxy.pause()
    const began = performance.now()
    expect(await server.end('SIGTERM')).toBe(1)
    expect(performance.now() - began).toBeLessThan(5_000)
    const said =
      /^Latchkey did not stop cleanly: it took longer than 3 s.* did not take [1-9]\d* reads .*: they are in (\S+\.jsonl), and the next start .* Lost: .*\n$/
    expect(server.errors()).toMatch(said)
    const [, file = ''] = said.exec(server.errors()) ?? []
    expect(statSync(file).mode & 0o777).toBe(0o600)
    // The statement that had no answer gets through after all.
    proxy.resume()
    const next = await start(env)
    expect(await next.end('SIGTERM')).toBe(0)
    expect(existsSync(file)).toBe(false)
    const reader = new Client({ connectionString: scratch.url })
    await reader.connect()
    const { rows } = await reader.query("select action from audit_event where action = 'iam:ListUsers'")
    await reader.end()
    expect(rows).toHaveLength(1)
  },
  TIMEOUT,
)
