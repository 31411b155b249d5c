import { readFileSync, readlinkSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as pauseFor } from 'node:timers/promises'
import { z } from 'zod'
import type { StoreLog } from './store-log.ts'

const HEARTBEAT_MS = 2_000
/** Longer than the embedded database ever keeps the event loop from beating. */
const WATCH_ROUNDS = 15
const WATCH_ROUND_MS = 1_000
/** Two beats of the heart, for a file that is not whole. */
const ROUNDS_WITHOUT_HOLDER = 4
/** A file that is not whole and was not touched for so long is what a crash left: there is nobody to wait for. */
const ABANDONED_MS = WATCH_ROUNDS * WATCH_ROUND_MS

/** Who holds a lock. Process ids repeat, after a reboot and between containers, so they alone say nothing. */
const Holder = z.object({
  token: z.string(),
  pid: z.number().int(),
  host: z.string(),
  /** Of the running kernel; null where the system does not tell. */
  bootId: z.string().nullable(),
  /** Process ids mean something only within one; null where there is no such thing. */
  pidNamespace: z.string().nullable(),
  /** When the process started, in the system's own terms; null where it does not tell. */
  processStart: z.string().nullable(),
})
type Holder = z.infer<typeof Holder>

export interface DirectoryLock {
  /** Gives the directory free. Does nothing when called again. */
  release(): void
}

/** Another process works on the directory. The message is one line for the operator. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError'

  constructor(file: string, holder: Holder | null) {
    const who =
      holder === null
        ? 'another process'
        : `process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}`
    super(`The data directory ${path.dirname(file)} is in use by ${who} (lock file ${file}).`)
  }
}

/** Locks that this process holds. */
const held = new Set<string>()

export interface LockOptions {
  readonly pause?: (milliseconds: number) => Promise<unknown>
  readonly log?: StoreLog
}

/**
 * Takes the lock file, because two processes on one embedded database lose rows without noticing. A lock whose process is gone
 * is taken over: known from the kernel's boot id, process id and start time where they can be compared; otherwise (another
 * container, another system) the holder is alive when it keeps touching the file. Throws DirectoryInUseError.
 */
export async function lockDirectory(file: string, { pause = pauseFor, log }: LockOptions = {}): Promise<DirectoryLock> {
  for (;;) {
    const lock = tryCreate(file)
    if (lock !== null) return lock
    const found = readLock(file)
    if (found === null) continue
    const state = isAbandoned(found) ? 'dead' : stateOf(found.holder)
    if (state === 'alive' || (state === 'unknown' && (await isTouched(file, found, pause)))) {
      throw new DirectoryInUseError(file, found.holder)
    }
    // Of several processes that find the same dead lock one removes it; the others must not remove its successor.
    const removal = await lockDirectory(`${file}.takeover`, { pause })
    try {
      if (readLock(file)?.text === found.text) {
        unlinkSync(file)
        if (found.holder === null)
          log?.warn({ file }, 'a lock file that nobody can read and nobody touches was taken over')
      }
    } finally {
      removal.release()
    }
  }
}

function tryCreate(file: string): DirectoryLock | null {
  const token = randomUUID()
  const holder: Holder = { token, pid: process.pid, host: hostname(), ...identityOf(process.pid) }
  try {
    writeFileSync(file, `${JSON.stringify(holder)}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (isCode(error, 'EEXIST')) return null
    // Of a full disk: what was begun must not look like somebody's.
    orNull(() => unlinkSync(file))
    throw error
  }
  held.add(token)
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS)
  heartbeat.unref()
  return {
    release() {
      if (!held.delete(token)) return
      clearInterval(heartbeat)
      if (readLock(file)?.holder?.token === token) unlinkSync(file)
    },
  }
}

interface FoundLock {
  readonly text: string
  /** Null when the file is not whole: just being written, or left so by a crash. */
  readonly holder: Holder | null
  readonly touchedAt: number
}

function readLock(file: string): FoundLock | null {
  try {
    const text = readFileSync(file, 'utf8')
    return { text, holder: parseHolder(text), touchedAt: statSync(file).mtimeMs }
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/** A time that is yet to come is another clock's, and tells nothing. */
function isAbandoned({ holder, touchedAt }: FoundLock): boolean {
  return holder === null && Date.now() - touchedAt > ABANDONED_MS
}

function parseHolder(text: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function stateOf(holder: Holder | null): 'alive' | 'dead' | 'unknown' {
  if (holder === null) return 'unknown'
  if (held.has(holder.token)) return 'alive'
  if (holder.host !== hostname()) return 'unknown'
  const here = identityOf(holder.pid)
  if (holder.bootId !== here.bootId) return 'dead'
  if (holder.pidNamespace !== here.pidNamespace) return 'unknown'
  // Its id is ours, its token is not: it is an earlier process.
  if (holder.pid === process.pid || !isRunning(holder.pid)) return 'dead'
  if (holder.processStart === null || here.processStart === null) return 'unknown'
  return holder.processStart === here.processStart ? 'alive' : 'dead'
}

async function isTouched(
  file: string,
  found: FoundLock,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<boolean> {
  // Who has just begun to write it is done at once, and whoever lives touches it: no need to watch for long.
  const rounds = found.holder === null ? ROUNDS_WITHOUT_HOLDER : WATCH_ROUNDS
  for (let round = 0; round < rounds; round++) {
    await pause(WATCH_ROUND_MS)
    const now = readLock(file)
    if (now === null) return false
    if (now.text !== found.text || now.touchedAt !== found.touchedAt) return true
  }
  return false
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return !isCode(error, 'ESRCH')
  }
  // A zombie still has its id and does nothing any more.
  return processStat(pid)?.[0] !== 'Z'
}

function identityOf(pid: number): Pick<Holder, 'bootId' | 'pidNamespace' | 'processStart'> {
  return {
    bootId: orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pidNamespace: orNull(() => readlinkSync('/proc/self/ns/pid')),
    processStart: processStat(pid)?.[19] ?? null,
  }
}

/** proc(5): what follows the command in parentheses, beginning with the state; the start time is the 20th from there. */
function processStat(pid: number): string[] | null {
  return orNull(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  })
}

function touch(file: string): void {
  const now = new Date()
  // Whoever deleted the file by hand knows better.
  orNull(() => utimesSync(file, now, now))
}

function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
