import {
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { hasChecksum, type Migration } from './migrations-folder.ts'

/** The advisory lock that `prisma migrate deploy` takes too: nobody else migrates this database meanwhile. */
export const MIGRATE_LOCK = 72707369
const LOCK_TIMEOUT = '120s'
const UNDEFINED_TABLE = '42P01'

/** The database's history and this version's migrations do not fit together. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/**
 * Brings the database to this version's migrations; returns the names of those that it applied. What it leaves is what
 * `prisma migrate deploy` leaves, and either may go on where the other stopped.
 *
 * `pool` must have exactly one connection: the advisory lock belongs to a session, and the engine has to run in the session
 * that holds it. Gateways that start at once wait for each other here. Throws MigrationError when the database was used by
 * a newer version or holds a migration in another wording; with `onlyNew` also when it was used by an older one, whose gateways
 * would not start again.
 */
export async function migrate(
  pool: pg.Pool,
  migrations: readonly Migration[],
  { onlyNew = false } = {},
): Promise<readonly string[]> {
  if (pool.options.max !== 1) throw new TypeError('Migrations need a pool of one connection.')
  const lacking = await lackingMigrations(pool, migrations)
  if (lacking.length === 0) return []
  if (onlyNew && lacking.length < migrations.length) throw olderDatabase(lacking)
  await pool.query(`set lock_timeout = '${LOCK_TIMEOUT}'`)
  await pool.query(`select pg_advisory_lock(${MIGRATE_LOCK})`)
  try {
    await pool.query('set lock_timeout = 0')
    if ((await lackingMigrations(pool, migrations)).length === 0) return []
    const { applyMigrations } = await import('./schema-engine.ts')
    return await applyMigrations(
      migrationAdapter(pool, () => markRolledBack(pool)),
      migrations,
    )
  } finally {
    await pool.query(`select pg_advisory_unlock(${MIGRATE_LOCK})`)
  }
}

function olderDatabase(lacking: readonly Migration[]): MigrationError {
  const names = lacking.map(({ name }) => name).join(', ')
  return new MigrationError(
    `The database is of an older version and lacks ${names}: take a backup, then run latchkey migrate, or start a server of this version.`,
  )
}

/** The migrations that the database does not have yet. Throws MigrationError when it has others. */
export async function lackingMigrations(
  pool: pg.Pool,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  const applied = await appliedChecksums(pool)
  const known = new Set(migrations.map(({ name }) => name))
  const newer = [...applied.keys()].filter((name) => !known.has(name))
  if (newer.length > 0) {
    throw new MigrationError(
      `The database has migrations that this version of Latchkey does not know (${newer.join(', ')}): it was used by a newer version. Start that version, or restore a backup.`,
    )
  }
  for (const { name, sql } of migrations) {
    const checksum = applied.get(name)
    if (checksum !== undefined && !hasChecksum(sql, checksum)) {
      throw new MigrationError(
        `Migration ${name} was applied to the database in another wording than this version of Latchkey has.`,
      )
    }
  }
  return migrations.filter(({ name }) => !applied.has(name))
}

/**
 * Settles a migration that the server refused. The answer of a server, unlike a connection that broke, says for certain that
 * the transaction is gone: without this nobody could start again before running `prisma migrate resolve`.
 */
async function markRolledBack(pool: pg.Pool): Promise<void> {
  await pool.query(
    'update _prisma_migrations set rolled_back_at = now() where finished_at is null and rolled_back_at is null',
  )
}

/** Name and checksum of every migration that was applied to its end. */
async function appliedChecksums(pool: pg.Pool): Promise<ReadonlyMap<string, string>> {
  try {
    const { rows } = await pool.query<{ name: string; checksum: string }>(
      'select migration_name as name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
    )
    return new Map(rows.map(({ name, checksum }) => [name, checksum]))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNDEFINED_TABLE) return new Map()
    throw error
  }
}

/**
 * An adapter for the schema engine. PrismaPg splits a script at every semicolon and sends the pieces one by one, so a
 * migration that fails halfway would leave its first half; whole, as Prisma's own engine sends it, it is one transaction.
 * `onRefused` runs when the server answered a script with an error.
 */
export function migrationAdapter(
  pool: pg.Pool,
  onRefused: () => Promise<void> = async () => {},
): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool)
  const connect = async (): Promise<SqlDriverAdapter> => {
    const connection = await factory.connect()
    connection.executeScript = async (sql) => {
      try {
        await connection.executeRaw({ sql, args: [], argTypes: [] })
      } catch (error) {
        if (isDriverAdapterError(error) && error.cause.originalCode !== undefined) await onRefused()
        throw error
      }
    }
    return connection
  }
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect,
    connectToShadowDb: () => factory.connectToShadowDb(),
  }
}
