import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { buildServer, SERVER } from './durability/server-process.ts'

const ROOT = path.join(import.meta.dirname, '..')
/** Three starts of a whole server, perhaps on a busy machine. */
const PATIENCE_MS = 180_000
const ROOT_EMAIL = 'root@example.com'
const CHOSEN = 'Battery-Staple-8'

interface Run {
  readonly child: ChildProcess
  readonly output: () => string
  readonly errors: () => string
  readonly exited: Promise<number | null>
}

beforeAll(buildServer, PATIENCE_MS)

/** Starts the server, with nothing of our own environment but the PATH. */
function start(env: Record<string, string>): Run {
  const child = spawn(process.execPath, SERVER, {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', PORT: '0', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  const exited = once(child, 'close').then(() => child.exitCode)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
  })
  return { child, output: () => output, errors: () => errors, exited }
}

/** The server's address, once it is ready. */
async function ready(run: Run): Promise<string> {
  await expect.poll(run.output, { timeout: PATIENCE_MS }).toContain('Latchkey is ready')
  return /http:\/\/[\d.]+:\d+/.exec(run.output())?.[0] ?? ''
}

function dataDirectory(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function signIn(url: string, password: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `mutation ($password: String!) { signIn(input: { rootEmail: "${ROOT_EMAIL}", password: $password }) { accessToken } }`,
      variables: { password },
    }),
  })
  return response.text()
}

function tokenIn(answer: string): string {
  return /"accessToken":"([^"]+)"/.exec(answer)?.[1] ?? ''
}

async function changePassword(url: string, accessToken: string, oldPassword: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({
      query: 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { changed } }',
      variables: { input: { oldPassword, newPassword: CHOSEN } },
    }),
  })
  return response.text()
}

/** An answer that does not end by itself. */
function follow(url: string, accessToken: string): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${accessToken}`,
    },
    body: JSON.stringify({ query: 'subscription { auditEventAdded { action } }' }),
  })
}

test('the first start shows the password once, it works, and a signal ends the server; the next start finds everything', {
  timeout: PATIENCE_MS,
}, async () => {
  const env = {
    LATCHKEY_DATA_DIR: dataDirectory(),
    LATCHKEY_ROOT_EMAIL: ROOT_EMAIL,
    LATCHKEY_ACCOUNT_ID: '123456789012',
  }
  const first = start(env)
  const url = await ready(first)
  const shown = /Password +(\S+)/.exec(first.output())?.[1] ?? ''
  expect(first.output()).toContain('123456789012')
  expect(first.output()).toContain(env.LATCHKEY_DATA_DIR)
  const begun = await signIn(url, shown)
  expect(begun).toContain('accessToken')
  // What was shown is good for nothing but to choose another.
  expect(await changePassword(url, tokenIn(begun), shown)).toContain('"changed":true')
  const made = readdirSync(env.LATCHKEY_DATA_DIR, { recursive: true, encoding: 'utf8' })
  expect(made).toEqual(expect.arrayContaining(['master.key', 'pg.lock', path.join('pg', 'PG_VERSION')]))
  const modeOf = (name: string) => statSync(path.join(env.LATCHKEY_DATA_DIR, name)).mode
  expect(made.filter((name) => (modeOf(name) & 0o077) !== 0)).toEqual([])
  first.child.kill('SIGTERM')
  expect([await first.exited, first.errors()]).toEqual([0, ''])

  // What others can read or replace is not opened, and nothing is touched before the operator closed it.
  for (const [name, open, closed] of [
    ['', 0o750, 0o700],
    ['master.key', 0o644, 0o600],
  ] as const) {
    const file = path.join(env.LATCHKEY_DATA_DIR, name)
    chmodSync(file, open)
    const refused = start(env)
    expect([await refused.exited, refused.errors()]).toEqual([
      1,
      `Latchkey cannot start: ${file} is open to other users of this machine (mode 0${open.toString(8)}). Close it: chmod -R go-rwx ${env.LATCHKEY_DATA_DIR}\n`,
    ])
    chmodSync(file, closed)
  }

  const second = start(env)
  const again = await ready(second)
  expect(second.output()).toBe(`Latchkey is ready at ${again} (account 123456789012).\n`)
  const signedIn = await signIn(again, CHOSEN)
  expect(signedIn).toContain('accessToken')
  const stream = await follow(again, tokenIn(signedIn))

  const intruder = start(env)
  expect(await intruder.exited).toBe(1)
  expect(intruder.errors()).toMatch(
    /^Latchkey cannot start: The data directory \S+ is in use by process \d+ \(.*\)\.\n$/,
  )
  second.child.kill('SIGINT')
  // It is ended in good order, not cut off when patience has run out.
  expect(await stream.text()).toMatch(/event: complete\ndata:\n\n$/)
  expect([await second.exited, second.errors()]).toEqual([0, ''])
})

test('a port in use is one clear line, before anything is made', { timeout: PATIENCE_MS }, async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  onTestFinished(() => void holder.close())
  const bound = holder.address()
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0
  const folder = path.join(dataDirectory(), 'never made')
  const run = start({ PORT: String(port), LATCHKEY_DATA_DIR: folder })
  expect(await run.exited).toBe(1)
  expect(run.errors()).toBe(`Latchkey cannot start: HOST=127.0.0.1 PORT=${port} is in use by another process.\n`)
  expect(statSync(folder, { throwIfNoEntry: false })).toBeUndefined()
})

test('a bad variable is one line, and a database that cannot be reached is one without the password', {
  timeout: PATIENCE_MS,
}, async () => {
  const wrong = start({ LOG_LEVEL: 'loud' })
  expect(await wrong.exited).toBe(1)
  expect(wrong.errors()).toBe(
    'Latchkey cannot start: LOG_LEVEL="loud" is not valid: expected one of silent, fatal, error, warn, info, debug, trace\n',
  )
  const unreachable = start({
    DATABASE_URL: 'postgresql://iam:hunter2@127.0.0.1:1/iam',
    LATCHKEY_DATA_DIR: dataDirectory(),
  })
  expect(await unreachable.exited).toBe(1)
  expect(unreachable.errors()).toMatch(
    /^Latchkey cannot start: PostgreSQL at 127\.0\.0\.1:1\/iam cannot be used: .+\n$/,
  )
  expect(unreachable.errors()).not.toContain('hunter2')
})
