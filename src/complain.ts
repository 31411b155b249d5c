import { createLog } from './http/log.ts'
import { operatorsLine } from './operators-errors.ts'

interface Around {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log?: { fatal(details: object, message: string): void }
}

/** One line for the operator. */
export function complain(what: string, error: unknown, around: Around): void {
  process.stderr.write(`Latchkey ${what}: ${lineOf(what, error, around)}\n`)
}

/** What is said of an error after `what`. A fault of ours is in the log as well, with its stack and without what it may quote. */
export function lineOf(what: string, error: unknown, { env, log = createLog('info') }: Around): string {
  const known = operatorsLine(error, env)
  if (known === null) log.fatal({ err: error }, what)
  const message = error instanceof Error ? error.message : 'something that is no Error was thrown'
  return known ?? message.trim().split('\n').at(-1) ?? ''
}
