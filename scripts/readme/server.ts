import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { signalGroup } from './shell.ts'

/** With `npm install` in front. */
const READY_MS = 240_000
const END_MS = 20_000

/** A server that a block started. */
export interface RunningServer {
  /** What it printed until it was ready. */
  readonly banner: string
  stop(): Promise<void>
}

/** Waits for the banner of `npm start`. */
export async function untilReady(child: ChildProcess): Promise<RunningServer> {
  let output = ''
  const closed = once(child, 'close')
  const banner = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}\n${output}`))
    const impatient = setTimeout(() => {
      signalGroup(child, 'SIGKILL')
      fail(`the server was not ready after ${READY_MS / 1000} s`)
    }, READY_MS)
    const read = (chunk: unknown) => {
      output += String(chunk)
      // The password is in the banner, which ends after it.
      if (!/Latchkey is ready at |Latchkey is ready\.[^]*nobody can read/.test(output)) return
      clearTimeout(impatient)
      resolve(output)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('close', (code) => {
      clearTimeout(impatient)
      fail(`the server ended with ${code}`)
    })
  })
  return { banner, stop: () => stop(child, closed) }
}

async function stop(child: ChildProcess, closed: Promise<unknown>): Promise<void> {
  signalGroup(child, 'SIGTERM')
  await Promise.race([closed, pause(END_MS, undefined, { ref: false })])
  signalGroup(child, 'SIGKILL')
}

/** A port that nobody listens on: another server may have the one of the text. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
