import { Writable } from 'node:stream'
import { runCommand } from '../../src/command/run.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the latchkey command in this process, which starts at once, with nothing of our own environment but the PATH. */
export async function latchkey(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const [out, err] = [collector(), collector()]
  const code = await runCommand(args, {
    env: { PATH: process.env.PATH ?? '', ...env },
    out: out.stream,
    err: err.stream,
  })
  return { code, out: out.text(), err: err.text() }
}

function collector() {
  let text = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk)
      done()
    },
  })
  return { stream, text: () => text }
}
