import { existsSync, readdirSync, renameSync } from 'node:fs'
import path from 'node:path'

/** What is left of an installation is there, and its database is not. One line for the operator, with both ways on. */
export class DatabaseMissingError extends Error {
  override readonly name = 'DatabaseMissingError'

  constructor(directory: string, left: string) {
    super(
      `There is no database in ${directory}, but ${left}: it looks like a part of a backup. Restore all of the data directory, or begin with an empty database once with LATCHKEY_NEW_DATABASE=true (what is in the way is kept beside it).`,
    )
  }
}

/** Nothing was ever made there, and whoever asks makes nothing. One line for the operator. */
export class NoDatabaseError extends Error {
  override readonly name = 'NoDatabaseError'

  constructor(directory: string) {
    super(`There is no database in ${directory}: the first start makes one, or restore a backup.`)
  }
}

/** The files of the database are there and it does not start on them. One line for the operator. */
export class DatabaseDamagedError extends Error {
  override readonly name = 'DatabaseDamagedError'

  constructor(directory: string, what: string, cause: unknown) {
    super(`The database at ${directory} is damaged (${what}); restore the backup.`, { cause })
  }
}

/** Without any of these PostgreSQL does not start, or starts without what was in it. */
const VITAL = ['PG_VERSION', 'global', 'global/pg_control', 'base', 'pg_wal', 'pg_xact']

/** What a restore has unpacked and not yet put in place. */
export const RESTORING = 'pg.restoring'

/**
 * Whether a database has to be made. One that is made over what is left of another hides that something is missing, and seals new
 * secrets beside rows that a later restore brings: so it is refused, unless `renew` says otherwise; then `pg/` is moved aside.
 * Throws DatabaseMissingError.
 */
export function isFirstStart(dataDir: string, renew: boolean): boolean {
  const directory = path.join(dataDir, 'pg')
  if (existsSync(path.join(directory, 'PG_VERSION'))) return false
  const files = existsSync(directory) ? readdirSync(directory) : []
  if (renew) {
    if (files.length > 0) renameSync(directory, `${directory}.${Date.now()}`)
    return true
  }
  if (files.length > 0) throw new DatabaseMissingError(directory, `there are files in it, and no PG_VERSION`)
  if (existsSync(path.join(dataDir, RESTORING))) throw new DatabaseMissingError(directory, 'a restore was interrupted')
  if (existsSync(path.join(dataDir, 'master.key'))) throw new DatabaseMissingError(directory, 'there is a master.key')
  return true
}

/** What is known of the damage: files that are missing, or else what PostgreSQL said. */
export function damageOf(directory: string, error: unknown): DatabaseDamagedError {
  const missing = VITAL.filter((name) => !existsSync(path.join(directory, name)))
  const said = error instanceof Error ? (error.message.trim().split('\n')[0] ?? '') : String(error)
  const what = missing.length > 0 ? `missing: ${missing.join(', ')}` : `PostgreSQL does not start on it: ${said}`
  return new DatabaseDamagedError(directory, what, error)
}
