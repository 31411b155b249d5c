import type pg from 'pg'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { askedOnce, LOOK_MS } from './asked-once.ts'
import type { DatabaseLimits } from './database-limits.ts'
import { DatabaseUnavailableError } from './database-unavailable.ts'
import { openEmbeddedDatabase } from './embedded-database.ts'
import { countGenerations } from './generation.ts'
import { migrate } from './migrate.ts'
import { type Migration, readMigrations } from './migrations-folder.ts'
import { createOutageWatch, type OutageWatch } from './outage-watch.ts'
import { boundedPool, postgresqlPool, watched } from './pools.ts'
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
  /** What may be taken of PostgreSQL; without it statements take as long as they take, as commands of the operator want. */
  readonly limits?: DatabaseLimits | undefined
  /** Makes a new embedded database where what is left of another one would forbid it. */
  readonly renew?: boolean
  /** Migrates a database that is new, and refuses one of an older version: for commands beside gateways that still serve it. */
  readonly onlyNew?: boolean
  /** Neither makes nor migrates anything: for who only looks, and for a copy of what an older version left. */
  readonly asItIs?: boolean
}

export interface Database {
  readonly db: PrismaClient
  /** The connections that `db` uses, for statements that need no Prisma. One connection when embedded. */
  readonly pool: pg.Pool
  readonly kind: 'embedded' | 'postgresql'
  /** Resolves when the database works; throws within two seconds when it does not. */
  readonly ready: () => Promise<unknown>
  /** Another number when this may be another database than before, such as a backup that was restored under a running server. */
  readonly generation: () => number
  /** Lets running statements end, then closes everything and gives the directory free. Does nothing when called again. */
  readonly close: () => Promise<void>
}

const READ_ONLY = '25006'

/**
 * Opens and migrates the database.
 *
 * Throws DirectoryInUseError when another process has the embedded one, DatabaseUnavailableError when PostgreSQL does not answer,
 * DatabaseMissingError and DatabaseDamagedError when the embedded one is not whole, MigrationError when the database was used by a
 * newer version, or with `onlyNew` by an older one, OpenToOthersError when other users can reach the embedded one;
 * with `asItIs` NoDatabaseError when there is no embedded one.
 */
export async function openDatabase({
  databaseUrl,
  dataDir,
  log,
  migrations = readMigrations(),
  image,
  limits,
  renew = false,
  onlyNew = false,
  asItIs = false,
}: OpenOptions): Promise<Database> {
  const watch = createOutageWatch(log)
  if (databaseUrl)
    return database(
      'postgresql',
      await openPostgresql({ databaseUrl, migrations, log, limits, onlyNew, asItIs, watch }),
      watch,
    )
  return database(
    'embedded',
    await openEmbeddedDatabase(dataDir, migrations, log, {
      ...(image !== undefined && { image }),
      renew,
      onlyNew,
      asItIs,
    }),
    watch,
  )
}

/** Connections that transactions leave to reads. */
function transactionsOf(connections: number): number {
  return Math.max(1, connections - Math.max(2, Math.floor(connections / 3)))
}

interface OpenedPool {
  readonly pool: pg.Pool
  /** Throws when the database does not work. */
  readonly probe: () => Promise<unknown>
  readonly close: () => Promise<void>
}

function database(kind: Database['kind'], { pool, probe, close }: OpenedPool, watch: OutageWatch): Database {
  const transactions = transactionsOf(pool.options.max)
  const db = createPrismaClient(watched(pool, watch), { watch, ...(kind === 'postgresql' && { transactions }) })
  let closed: Promise<void> | undefined
  const closeAll = async () => {
    await db.$disconnect()
    await close()
  }
  const ready = askedOnce(() => watch.guard(probe))
  return {
    db,
    pool,
    kind,
    ready,
    generation: kind === 'embedded' ? () => 0 : countGenerations(pool, watch),
    close: () => (closed ??= closeAll()),
  }
}

interface PostgresqlParts extends Pick<OpenOptions, 'limits' | 'log' | 'onlyNew' | 'asItIs'> {
  readonly watch: OutageWatch
  readonly databaseUrl: string
  readonly migrations: readonly Migration[]
}

async function openPostgresql({
  databaseUrl,
  migrations,
  log,
  limits,
  onlyNew,
  asItIs,
  watch,
}: PostgresqlParts): Promise<OpenedPool> {
  // A connection of its own: the advisory lock of the migration must not end up in the pool.
  const migrationPool = postgresqlPool(databaseUrl, { max: 1 })
  migrationPool.on('error', () => {})
  try {
    await assertReachable(migrationPool, databaseUrl)
    const applied = asItIs ? [] : await migrate(migrationPool, migrations, { onlyNew })
    if (applied.length > 0) log.info({ migrations: applied }, 'database migrated')
  } finally {
    await migrationPool.end()
  }
  const pool = limits === undefined ? postgresqlPool(databaseUrl) : boundedPool(databaseUrl, limits)
  // Its own, so that readiness says whether the database works, and not how many wait for it.
  const probes = boundedPool(databaseUrl, { connections: 1, timeoutMs: LOOK_MS })
  // The pool replaces the connection; without a listener the process would end. Of many that break at once one line tells.
  for (const one of [pool, probes]) one.on('error', (error) => void watch.replace(error))
  return {
    pool,
    probe: () => lookWhetherUsable(probes),
    close: async () => void (await Promise.all([pool.end(), probes.end()])),
  }
}

/**
 * An empty database in the place of ours answers as well, hence a table of ours; and so does one that takes no changes, such as a
 * replica that this gateway was sent to. Throws with PostgreSQL's code.
 */
async function lookWhetherUsable(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ read_only: boolean }>(
    `select current_setting('transaction_read_only') = 'on' as read_only, exists (select from account) as whole`,
  )
  if (rows[0]?.read_only !== true) return
  throw Object.assign(new Error('the server takes no changes: it is a replica, or read-only'), { code: READ_ONLY })
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
