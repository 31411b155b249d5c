/**
 * npm run --silent audit:export -- --account <id> [--since <time>] [--until <time>]
 *
 * Writes the audit trail of an account to stdout, one JSON object a line, oldest first. Times are ISO 8601. Reads the same
 * environment variables as the server; the embedded database opens only while no server has it.
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { exportEvents, type Exported } from '../src/iam/audit/export-events.ts'
import { complain, onDatabase, UsageError } from './operator.ts'

const USAGE = 'usage: npm run --silent audit:export -- --account <id> [--since <time>] [--until <time>]'

try {
  const exported = readArguments()
  await onDatabase(async ({ db }) => {
    const account = await db.account.findUnique({ where: { id: exported.accountId }, select: { id: true } })
    if (account === null) throw new UsageError(`There is no account ${exported.accountId}.`)
    await pipeline(Readable.from(exportEvents({ db }, exported)), process.stdout, { end: false })
  })
} catch (error) {
  complain(error)
}

function readArguments(): Exported {
  const { account, since, until } = parsed()
  if (account === undefined) throw new UsageError(USAGE)
  return { accountId: account, since: moment(since), until: moment(until) }
}

function parsed() {
  const text = { type: 'string' } as const
  try {
    return parseArgs({ options: { account: text, since: text, until: text } }).values
  } catch {
    throw new UsageError(USAGE)
  }
}

function moment(text: string | undefined): Date | null {
  if (text === undefined) return null
  const date = new Date(text)
  if (Number.isNaN(date.getTime())) throw new UsageError(`${text} is no ISO 8601 time.\n${USAGE}`)
  return date
}
