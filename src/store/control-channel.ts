import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import path from 'node:path'
import type { Pool } from 'pg'
import { z } from 'zod'
import { copyDatabase, Copied } from './backup/copy-database.ts'
import { Facts, readFacts } from './backup/facts.ts'
import type { StoreLog } from './store-log.ts'

/** Paths of Unix sockets hold 103 bytes on some systems, 107 on others. */
const LONGEST_PATH = 100
const LONGEST_QUESTION = 100

/** Whoever can open the socket can read the files of the database anyway: it lies beside them, for their owner only. */
const Question = z.object({ ask: z.enum(['copy', 'facts']) })
const Refusal = z.object({ error: z.string() })

export interface ControlChannel {
  close(): Promise<void>
}

/** The process that has the embedded database could not do what it was asked. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
}

/**
 * Lets commands on this machine ask the process that has the embedded database, which only one process can open: for a copy
 * of its files, which is removed when the asker is gone, and for what doctor looks at. A line of JSON each way.
 */
export async function openControlChannel(pool: Pool, dataDir: string, log: StoreLog): Promise<ControlChannel | null> {
  const address = addressOf(dataDir)
  if (address === null) {
    log.warn({ dataDir }, 'the path of the data directory is too long for a socket: backups need the server stopped')
    return null
  }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).once('close', () => sockets.delete(socket))
    void answer(socket, pool, dataDir, log)
  })
  // The directory is locked: what is left there is of a process that was killed.
  if (process.platform !== 'win32') rmSync(address, { force: true })
  server.listen(address)
  await once(server, 'listening')
  if (process.platform !== 'win32') chmodSync(address, 0o600)
  server.unref()
  return {
    async close() {
      for (const socket of sockets) socket.destroy()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}

async function answer(socket: Socket, pool: Pool, dataDir: string, log: StoreLog): Promise<void> {
  let copied: Copied | null = null
  const gone = once(socket, 'close').catch(() => {})
  try {
    const { ask } = Question.parse(JSON.parse(await readLine(socket)))
    const answered = ask === 'copy' ? (copied = await copyDatabase(pool, dataDir)) : await readFacts(pool)
    socket.write(`${JSON.stringify(answered)}\n`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    log.warn({ reason }, 'a command on this machine could not be answered')
    socket.end(`${JSON.stringify({ error: reason })}\n`)
  }
  if (copied === null) return
  await gone
  await rm(copied.folder, { recursive: true, force: true }).catch(() => {})
}

export interface Asked<T> {
  readonly answer: T
  /** Says that the answer is not needed any more. */
  release(): void
}

/** A copy of the database of a running process; null when none listens. Throws ControlError. */
export async function askForCopy(dataDir: string): Promise<Asked<Copied> | null> {
  return ask(dataDir, 'copy', Copied)
}

/** What a running process knows of its database; null when none listens. Throws ControlError. */
export async function askForFacts(dataDir: string): Promise<Facts | null> {
  const asked = await ask(dataDir, 'facts', Facts)
  asked?.release()
  return asked?.answer ?? null
}

async function ask<T>(dataDir: string, what: 'copy' | 'facts', form: z.ZodType<T>): Promise<Asked<T> | null> {
  const address = addressOf(dataDir)
  if (address === null) return null
  const socket = connect(address)
  try {
    await once(socket, 'connect')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTDIR') return null
    throw error
  }
  socket.on('error', () => {})
  socket.write(`${JSON.stringify({ ask: what })}\n`)
  const given: unknown = JSON.parse(await readLine(socket, Infinity))
  const refused = Refusal.safeParse(given)
  if (refused.success) {
    socket.destroy()
    throw new ControlError(`The server that runs could not do it: ${refused.data.error}`)
  }
  return { answer: form.parse(given), release: () => void socket.destroy() }
}

/** The first line that the other side says; the socket goes on flowing afterwards, so that its end is noticed. */
function readLine(socket: Socket, longest = LONGEST_QUESTION): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const fail = () => reject(new ControlError('The other side ended before it had said all.'))
    socket.once('close', fail).on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > longest) return fail()
      chunks.push(chunk)
      if (chunk.includes(0x0a)) resolve(Buffer.concat(chunks).toString('utf8'))
    })
  })
}

/** Null where the path is longer than a socket's may be. Named pipes of Windows have one folder for all: the name tells whose it is. */
function addressOf(dataDir: string): string | null {
  if (process.platform === 'win32') {
    const name = createHash('sha256').update(path.resolve(dataDir).toLowerCase()).digest('hex').slice(0, 32)
    return String.raw`\\.\pipe\latchkey-${name}`
  }
  const file = path.join(dataDir, 'control.sock')
  return Buffer.byteLength(file) > LONGEST_PATH ? null : file
}
