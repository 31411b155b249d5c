import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'

const ROOT = path.join(import.meta.dirname, '../..')
const DEADLINE_MS = 60_000

/**
 * Half the processor time of a start goes into optimising WebAssembly for a long life, which these servers do not have: what is
 * called ever so often still is.
 */
const SHORT_LIVED = '--wasm-tiering-budget=100000000'
/** What node runs, in the package's folder: the program as operators start it. */
export const SERVER = [SHORT_LIVED, 'dist/main.js'] as const

let built: Promise<unknown> | undefined

/** The server as operators run it. */
export interface ServerProcess {
  readonly url: string
  readonly pid: number
  /** What it wrote to standard output so far: its log, a JSON line each, when LOG_LEVEL asks for one. */
  readonly output: () => string
  /** What it complained about so far. */
  readonly errors: () => string
  /** Sends the signal and waits for the end; the exit code, null when the signal itself ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Builds `dist` as `npm start` does; does nothing when it is newer than its sources. Looks once for each process of tests. */
export async function buildServer(): Promise<void> {
  await (built ??= promisify(execFile)(process.execPath, ['scripts/build.mjs'], { cwd: ROOT }))
}

/** A port that nothing listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const bound = server.address()
  server.close()
  await once(server, 'close')
  return typeof bound === 'object' && bound !== null ? bound.port : 0
}

/** Starts the server on a free port, with nothing of our own environment but the PATH, and waits until it is ready. */
export async function startServer(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  await buildServer()
  const child = spawnServer(env)
  const ended = once(child, 'close')
  let output = ''
  let errors = ''
  child.stdout?.on('data', (chunk) => (output += String(chunk)))
  child.stderr?.on('data', (chunk) => (errors += String(chunk)))
  const url = await bannerOf(child)
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    errors: () => errors,
    async end(signal) {
      child.kill(signal)
      await ended
      return child.exitCode
    },
  }
}

/** Starts a server that is expected to give up; its exit code and what it complained about. */
export async function refusedServer(
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; errors: string }> {
  await buildServer()
  const child = spawnServer(env)
  let errors = ''
  child.stderr?.on('data', (chunk) => (errors += String(chunk)))
  await once(child, 'close')
  return { code: child.exitCode, errors }
}

function spawnServer(env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, SERVER, {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', PORT: '0', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function bannerOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const give = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`The server was not ready after ${DEADLINE_MS} ms: ${output}`))
    }, DEADLINE_MS)
    const read = (chunk: unknown) => {
      output += String(chunk)
      const url = /Latchkey is ready[^]*?(https?:\/\/[\d.]+:\d+)/.exec(output)?.[1]
      if (url === undefined) return
      clearTimeout(give)
      resolve(url)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('close', (code) => {
      clearTimeout(give)
      reject(new Error(`The server ended with ${code}: ${output}`))
    })
  })
}
