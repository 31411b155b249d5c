import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { signInAsRoot } from './graphql-client.ts'
import { createScratchDatabase } from './scratch-postgresql.ts'
import { freePort, refusedServer, type ServerProcess, startServer } from './server-process.ts'

const POSTGRESQL = process.env.TEST_DATABASE_URL
const TIMEOUT = 180_000
const ROOT = { rootEmail: 'root@example.com', password: 'a password of the tests' }
const POLL = { timeout: 60_000, interval: 50 }

interface Installation {
  readonly server: ServerProcess
  readonly dataDir: string
  /** Processes that say that they live, by their place in the table of gateways. */
  readonly pids: () => Promise<readonly number[]>
}

function dataDirectory(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function environment(): Promise<Record<string, string>> {
  const scratch = await createScratchDatabase(POSTGRESQL ?? '', 'workers')
  onTestFinished(() => scratch.drop())
  return {
    DATABASE_URL: scratch.url,
    LATCHKEY_DATA_DIR: dataDirectory(),
    LATCHKEY_WORKERS: '2',
    LATCHKEY_ROOT_EMAIL: ROOT.rootEmail,
    LATCHKEY_ROOT_PASSWORD: ROOT.password,
    LOG_LEVEL: 'info',
  }
}

/** Two workers, both ready. */
async function start(more: Readonly<Record<string, string>> = {}): Promise<Installation> {
  const env = { ...(await environment()), ...more }
  const server = await startServer(env)
  onTestFinished(async () => void (await server.end('SIGKILL')))
  await expect.poll(server.output, POLL).toContain('all workers are ready')
  const reader = new Client({ connectionString: env.DATABASE_URL })
  await reader.connect()
  onTestFinished(() => reader.end())
  return {
    server,
    dataDir: env.LATCHKEY_DATA_DIR ?? '',
    async pids() {
      const { rows } = await reader.query<{ pid: number }>('select pid from gateway order by started_at, pid')
      return rows.map(({ pid }) => pid)
    },
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Status of an answer, or the code of what went wrong. */
function ask(url: string, agent: Agent, headers: Record<string, string>, body: string): Promise<string> {
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message)
    const asked = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += String(chunk)))
      const failed = () => response.statusCode === 200 && text.includes('"errors"')
      response.once('end', () => resolve(failed() ? text : String(response.statusCode)))
      response.once('error', fail)
    })
    asked.once('error', fail)
    asked.end(body)
  })
}

async function figures(url: string): Promise<string> {
  const response = await fetch(`${url}/metrics`)
  expect(response.status).toBe(200)
  return response.text()
}

function valueOf(text: string, sample: string): number {
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${sample} `))
      ?.split(' ')
      .at(-1) ?? Number.NaN,
  )
}

/** The figures of workers that the documentation explains, as a scrape has them. */
function documentedOfWorkers(): string[] {
  const page = readFileSync(path.join(import.meta.dirname, '../../docs/metrics.md'), 'utf8')
  return [...page.matchAll(/^\| `(latchkey_worker\w+)` \| (\w+)/gm)].map(([, name, kind]) => `# TYPE ${name} ${kind}`)
}

async function accessToken(url: string): Promise<string> {
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }'
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: ROOT } }),
  })
  return /"accessToken":"([^"]+)"/.exec(await response.text())?.[1] ?? ''
}

test.skipIf(POSTGRESQL !== undefined).each(['2', 'auto'])(
  'LATCHKEY_WORKERS=%s is refused in one line on the embedded database, which belongs to one process',
  async (workers) => {
    expect(await refusedServer({ LATCHKEY_WORKERS: workers, LATCHKEY_DATA_DIR: dataDirectory() })).toEqual({
      code: 1,
      errors: `Latchkey cannot start: LATCHKEY_WORKERS=${workers} needs PostgreSQL, because the embedded database belongs to one process: set DATABASE_URL, or leave LATCHKEY_WORKERS out\n`,
    })
  },
  TIMEOUT,
)

describe.runIf(POSTGRESQL)('several workers behind one port', () => {
  test(
    'both answer, the banner is shown once, one scrape has the figures of both, and a stop ends all with 0',
    async () => {
      const metricsPort = await freePort()
      const { server, pids } = await start({ LATCHKEY_METRICS_LISTEN: String(metricsPort) })
      expect(await pids()).toHaveLength(2)
      expect(await pids()).not.toContain(server.pid)
      const requests = 20
      const statuses = await Promise.all(
        Array.from({ length: requests }, async (_, n) => {
          const agent = new Agent()
          onTestFinished(() => agent.destroy())
          return ask(`${server.url}/nowhere/${n}`, agent, {}, '')
        }),
      )
      expect(new Set(statuses)).toEqual(new Set(['404']))
      const answeredBy = new Set(
        [...server.output().matchAll(/"worker":(\d+),"requestId"[^\n]*"path":"\/nowhere/g)].map(([, worker]) => worker),
      )
      expect(answeredBy).toEqual(new Set(['1', '2']))
      expect(server.output().match(/Latchkey is ready/g)).toHaveLength(1)
      for (let scrape = 0; scrape < 4; scrape++) {
        const text = await figures(`http://127.0.0.1:${metricsPort}`)
        const counted = ['1', '2'].map((worker) =>
          valueOf(text, `latchkey_requests_total{path="other",operation="none",status="404",worker="${worker}"}`),
        )
        expect(counted.reduce((sum, one) => sum + one, 0)).toBe(requests)
        expect(valueOf(text, 'latchkey_workers{state="ready"}')).toBe(2)
        expect(text.match(/^# TYPE latchkey_worker.*$/gm)).toEqual(documentedOfWorkers())
        // Prometheus refuses a text that has a metric, or a sample, twice.
        const lines = text.split('\n').filter((line) => line !== '')
        const names = lines.map((line) => (line.startsWith('#') ? line : line.slice(0, line.lastIndexOf(' '))))
        expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([])
      }
      expect([await server.end('SIGTERM'), server.errors()]).toEqual([0, ''])
      expect(await pids()).toEqual([])
      await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
    },
    TIMEOUT,
  )

  test(
    'a worker that is killed is started again, while the other answers, also whom it was about to take',
    async () => {
      const { server, pids } = await start()
      const before = await pids()
      process.kill(before[0] ?? 0, 'SIGKILL')
      const atOnce = Array.from({ length: 10 }, async () => (await fetch(`${server.url}/healthz`)).status)
      expect(new Set(await Promise.all(atOnce))).toEqual(new Set([200]))
      const root = await signInAsRoot(server.url, ROOT.rootEmail, ROOT.password)
      await expect.poll(async () => valueOf(await figures(server.url), 'latchkey_workers{state="ready"}'), POLL).toBe(2)
      expect(valueOf(await figures(server.url), 'latchkey_worker_ends_total')).toBe(1)
      const after = (await pids()).filter(lives)
      expect(after).toHaveLength(2)
      expect(after).not.toContain(before[0])
      expect(after).toContain(before[1])
      await root(server.url, '{ users(first: 1) { edges { node { name } } } }')
      expect(await server.end('SIGINT')).toBe(0)
    },
    TIMEOUT,
  )

  test(
    'SIGUSR2 replaces one after the other under load: no request is refused or fails, on old connections and on new ones',
    async () => {
      const { server, pids } = await start()
      const before = await pids()
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${await accessToken(server.url)}`,
      }
      const body = JSON.stringify({ query: '{ users(first: 1) { edges { node { name } } } }' })
      const outcomes = new Map<string, number>()
      const load = { over: false }
      const client = async (keepAlive: boolean) => {
        const agent = new Agent({ keepAlive, maxSockets: 1 })
        onTestFinished(() => agent.destroy())
        while (!load.over) {
          const outcome = await ask(`${server.url}/graphql`, agent, headers, body)
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        }
      }
      const notReady: number[] = []
      const prober = async () => {
        while (!load.over) {
          const { status } = await fetch(`${server.url}/readyz`)
          if (status !== 200) notReady.push(status)
        }
      }
      const clients = [...Array.from({ length: 12 }, (_, n) => client(n % 2 === 0)), prober()]
      // What is asked for while it is under way is done once more.
      for (let round = 1; round <= 2; round++) {
        process.kill(server.pid, 'SIGUSR2')
        await expect
          .poll(() => server.output().match(/all workers were replaced/g)?.length ?? 0, POLL)
          .toBeGreaterThanOrEqual(round)
      }
      load.over = true
      await Promise.all(clients)
      expect([...outcomes.keys()]).toEqual(['200'])
      expect(notReady).toEqual([])
      const after = await pids()
      expect(after).toHaveLength(2)
      expect(after.filter((pid) => before.includes(pid))).toEqual([])
      expect([await server.end('SIGTERM'), server.errors()]).toEqual([0, ''])
    },
    TIMEOUT,
  )

  test(
    'workers that cannot be replaced go on; one that is gone and cannot be started again ends everything, with its line',
    async () => {
      const { server, dataDir, pids } = await start()
      const before = await pids()
      chmodSync(dataDir, 0o755)
      process.kill(server.pid, 'SIGUSR2')
      await expect.poll(server.output, POLL).toContain('a worker cannot be replaced, the old ones go on')
      expect(await pids()).toEqual(before)
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
      process.kill(before[0] ?? 0, 'SIGKILL')
      await expect.poll(() => lives(server.pid), POLL).toBe(false)
      expect(await server.end('SIGTERM')).toBe(1)
      expect(server.errors()).toBe(
        `Latchkey stopped: ${dataDir} is open to other users of this machine (mode 0755). Close it: chmod -R go-rwx ${dataDir}\n`,
      )
      expect(before.filter(lives)).toEqual([])
    },
    TIMEOUT,
  )

  test(
    'a start that cannot be is one line and exit code 1, as with one process',
    async () => {
      const holder = createServer().listen(0, '127.0.0.1')
      await once(holder, 'listening')
      onTestFinished(() => void holder.close())
      const bound = holder.address()
      const port = bound !== null && typeof bound === 'object' ? bound.port : 0
      expect(await refusedServer({ ...(await environment()), PORT: String(port) })).toEqual({
        code: 1,
        errors: `Latchkey cannot start: HOST=127.0.0.1 PORT=${port} is in use by another process.\n`,
      })
    },
    TIMEOUT,
  )

  test(
    'workers whose primary is gone stop by themselves',
    async () => {
      const { server, pids } = await start()
      const workers = await pids()
      await server.end('SIGKILL')
      await expect.poll(() => workers.filter(lives), POLL).toEqual([])
      // In good order: they took themselves out.
      expect(await pids()).toEqual([])
    },
    TIMEOUT,
  )
})
