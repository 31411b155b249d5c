import { type Config, readConfig } from '../src/config.ts'
import { OPERATORS_ERRORS } from '../src/operators-errors.ts'
import { DirectoryInUseError } from '../src/store/directory-lock.ts'
import { type Database, openDatabase } from '../src/store/open.ts'
import { keepFilesPrivate } from '../src/store/private-files.ts'

// Before anything is made: every command imports this first.
keepFilesPrivate()

/** What the operator can put right, in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const COMPLAINTS = [...OPERATORS_ERRORS, UsageError]
const SILENT = { info() {}, warn() {} }

/** Runs a command on the configured database. Its errors are a line on stderr and exit code 1, those of usage 2. */
export async function onDatabase(work: (database: Database, config: Config) => Promise<void>): Promise<void> {
  try {
    const config = readConfig(process.env)
    const { databaseUrl, dataDir } = config
    const database = await openDatabase({ databaseUrl, dataDir, log: SILENT })
    try {
      await work(database, config)
    } finally {
      await database.close()
    }
  } catch (error) {
    complain(error)
  }
}

/** Says what is wrong; a fault of ours comes with its stack. */
export function complain(error: unknown): void {
  const known = error instanceof Error && COMPLAINTS.some((type) => error instanceof type)
  console.error(known ? error.message : error)
  if (error instanceof DirectoryInUseError)
    console.error('The embedded database belongs to one process: stop the server first. On PostgreSQL it may run on.')
  process.exitCode = error instanceof UsageError ? 2 : 1
}
