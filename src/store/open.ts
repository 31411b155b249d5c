import type pg from 'pg'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { openEmbeddedDatabase } from './embedded-database.ts'
import { migrate } from './migrate.ts'
import { type Migration, readMigrations } from './migrations-folder.ts'
import { postgresqlPool } from './pools.ts'
import { createPrismaClient } from './prisma-client.ts'
import type { StoreLog } from './store-log.ts'

export interface OpenOptions {
  /** PostgreSQL; absent or null for the embedded database. */
  readonly databaseUrl?: string | null
  /** Where the embedded database lives. */
  readonly dataDir: string
  readonly log: StoreLog
  readonly migrations?: readonly Migration[]
  /** The prepared database for a first embedded start; the one that the build left when absent. */
  readonly image?: string
}

export interface Database {
  readonly db: PrismaClient
  /** The connections that `db` uses, for statements that need no Prisma. One connection when embedded. */
  readonly pool: pg.Pool
  readonly kind: 'embedded' | 'postgresql'
  /** Lets running statements end, then closes everything and gives the directory free. Does nothing when called again. */
  readonly close: () => Promise<void>
}

/** PostgreSQL cannot be reached, or refuses us. The message holds no password. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError'
}

/**
 * Opens and migrates the database.
 *
 * Throws DirectoryInUseError when another process has the embedded one, DatabaseUnavailableError when PostgreSQL does not
 * answer, MigrationError when the database was used by a newer version, OpenToOthersError when other users can reach the embedded
 * one.
 */
export async function openDatabase({
  databaseUrl,
  dataDir,
  log,
  migrations = readMigrations(),
  image,
}: OpenOptions): Promise<Database> {
  if (databaseUrl) return database('postgresql', await openPostgresql(databaseUrl, migrations, log))
  return database('embedded', await openEmbeddedDatabase(dataDir, migrations, log, image))
}

interface OpenedPool {
  readonly pool: pg.Pool
  readonly close: () => Promise<void>
}

function database(kind: Database['kind'], { pool, close }: OpenedPool): Database {
  const db = createPrismaClient(pool)
  let closed: Promise<void> | undefined
  const closeAll = async () => {
    await db.$disconnect()
    await close()
  }
  return { db, pool, kind, close: () => (closed ??= closeAll()) }
}

async function openPostgresql(
  databaseUrl: string,
  migrations: readonly Migration[],
  log: StoreLog,
): Promise<OpenedPool> {
  // A connection of its own: the advisory lock of the migration must not end up in the pool.
  const migrationPool = postgresqlPool(databaseUrl, { max: 1 })
  migrationPool.on('error', () => {})
  try {
    await assertReachable(migrationPool, databaseUrl)
    const applied = await migrate(migrationPool, migrations)
    if (applied.length > 0) log.info({ migrations: applied }, 'database migrated')
  } finally {
    await migrationPool.end()
  }
  const pool = postgresqlPool(databaseUrl)
  // The pool replaces the connection; without a listener the process would end.
  pool.on('error', (error) => log.warn({ reason: error.message }, 'a database connection was lost'))
  return { pool, close: () => pool.end() }
}

async function assertReachable(pool: pg.Pool, databaseUrl: string): Promise<void> {
  try {
    await pool.query('select 1')
  } catch (error) {
    const { host, pathname } = new URL(databaseUrl)
    throw new DatabaseUnavailableError(`PostgreSQL at ${host}${pathname} cannot be used: ${reasonOf(error)}`, {
      cause: error,
    })
  }
}

/** An address with several IP addresses fails with one error for each and no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}
