/**
 * npm run audit:retain -- --days <n>
 *
 * Deletes audit events older than so many days, of all accounts. Reads the same environment variables as the server; the
 * embedded database opens only while no server has it.
 */
import { parseArgs } from 'node:util'
import { retainEvents } from '../src/iam/audit/retain-events.ts'
import { complain, onDatabase, UsageError } from './operator.ts'

const USAGE = 'usage: npm run audit:retain -- --days <n>'

try {
  const days = readDays()
  await onDatabase(async ({ db }) => {
    const deleted = await retainEvents({ db, clock: () => new Date() }, days)
    console.log(`Deleted ${deleted} events older than ${days} days.`)
  })
} catch (error) {
  complain(error)
}

/** At least one: a slip of the finger must not delete everything. */
function readDays(): number {
  const { days = '' } = parsed()
  if (!/^[1-9]\d{0,4}$/.test(days)) throw new UsageError(USAGE)
  return Number(days)
}

function parsed() {
  try {
    return parseArgs({ options: { days: { type: 'string' } } }).values
  } catch {
    throw new UsageError(USAGE)
  }
}
