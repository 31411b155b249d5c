import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const ROOT = path.join(import.meta.dirname, '../..')
const WATCH = path.join(import.meta.dirname, 'watch.mjs')

export interface Vitals {
  /** Longest pause of the event loop since the last reset, milliseconds. */
  readonly longestPauseMs: number
  /** When it ended, milliseconds since 1970. */
  readonly longestPauseEndedAt: number
  readonly pause99Ms: number
  /** Heap and buffers, bytes. */
  readonly usedBytes: number
  readonly residentBytes: number
}

/** The built server in a process of its own, which can be asked how it feels. */
export interface WatchedServer {
  readonly url: string
  readonly banner: string
  /** `memory` collects garbage first, which is a pause of its own; `reset` forgets the pauses so far. */
  vitals(question: 'pauses' | 'memory' | 'reset'): Promise<Vitals>
  /** Null while it runs. */
  exitCode: () => number | null
  stop(): Promise<void>
}

/** Starts `dist/main.js` on a free port; it must have been built. */
export async function startWatchedServer(env: Readonly<Record<string, string>>): Promise<WatchedServer> {
  const child = spawn(process.execPath, ['--expose-gc', '--import', WATCH, 'dist/main.js'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', PORT: '0', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const banner = await bannerOf(child)
  const url = /http:\/\/[\d.]+:\d+/.exec(banner)?.[0]
  if (url === undefined) throw new Error(`The server says no address: ${banner}`)
  return {
    url,
    banner,
    exitCode: () => child.exitCode,
    async vitals(question) {
      child.send(question)
      const [answer]: unknown[] = await once(child, 'message', { signal: AbortSignal.timeout(60_000) })
      return vitalsOf(answer)
    },
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, 'close')
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 30_000)
      await ended
      clearTimeout(late)
    },
  }
}

/** Numbers of watch.mjs, in the order of `Vitals`. */
function vitalsOf(answer: unknown): Vitals {
  if (!Array.isArray(answer) || answer.length !== 5)
    throw new TypeError(`The server does not tell how it feels: ${JSON.stringify(answer)}`)
  const [longestPauseMs = 0, pause99Ms = 0, usedBytes = 0, residentBytes = 0, longestPauseEndedAt = 0] =
    answer.map(Number)
  return { longestPauseMs, longestPauseEndedAt, pause99Ms, usedBytes, residentBytes }
}

/** What the server says on its first start, or later on; throws with what it complained about when it ends instead. */
function bannerOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const read = (chunk: unknown) => {
      text += String(chunk)
      if (/Latchkey is ready[^]*?http:\/\/[\d.]+:\d+/.test(text)) resolve(text)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('close', (code) => reject(new Error(`The server ended with ${code} before it was ready: ${text}`)))
  })
}
