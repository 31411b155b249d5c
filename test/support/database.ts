import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Client, type Pool } from 'pg'
import { inject } from 'vitest'
import type { PrismaClient } from '../../src/generated/prisma/client.ts'
import { createPGlite } from '../../src/store/create-pglite.ts'
import { MigrationError, migrate } from '../../src/store/migrate.ts'
import { readMigrations } from '../../src/store/migrations-folder.ts'
import { embeddedPool, postgresqlPool } from '../../src/store/pools.ts'
import { createPrismaClient } from '../../src/store/prisma-client.ts'

export interface TestDatabase {
  readonly db: PrismaClient
  readonly pool: Pool
  readonly kind: 'embedded' | 'postgresql'
}

const POSTGRESQL_URL = process.env.TEST_DATABASE_URL

let opened: Promise<TestDatabase & { readonly empty: () => Promise<void> }> | undefined

/**
 * An empty, migrated database: PGlite, or PostgreSQL when TEST_DATABASE_URL is set. One per worker; every call empties it, so
 * ask for it in `beforeEach`.
 */
export async function freshDatabase(): Promise<TestDatabase> {
  opened ??= openWorkerDatabase()
  const { db, pool, kind, empty } = await opened
  await empty()
  return { db, pool, kind }
}

async function openWorkerDatabase() {
  const pool = POSTGRESQL_URL === undefined ? await openEmbedded() : await openPostgresql(new URL(POSTGRESQL_URL))
  const kind = POSTGRESQL_URL === undefined ? ('embedded' as const) : ('postgresql' as const)
  const { rows } = await pool.query<{ name: string }>(
    "select format('%I', tablename) as name from pg_tables where schemaname = current_schema() and tablename <> '_prisma_migrations'",
  )
  const tables = rows.map(({ name }) => name)
  // Deletes that skip the foreign keys take 3 ms, a truncate 45 ms. Skipping them is a superuser's right.
  const deletes = `begin; set local session_replication_role = replica; ${tables.map((name) => `delete from ${name};`).join(' ')} commit`
  const truncate = `truncate ${tables.join(', ')}`
  const { rows: roles } = await pool.query<{ rolsuper: boolean }>(
    'select rolsuper from pg_roles where rolname = current_user',
  )
  const empty = () => retriedAfterDeadlock(() => pool.query(roles[0]?.rolsuper ? deletes : truncate))
  return { db: createPrismaClient(pool), pool, kind, empty }
}

/** What the file before this one left under way, such as a transaction whose client has gone, may hold a table and want another. */
async function retriedAfterDeadlock(work: () => Promise<unknown>): Promise<void> {
  for (let left = 3; ; left--) {
    try {
      await work()
      return
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code !== '40P01' || left === 0) throw error
    }
  }
}

async function openEmbedded(): Promise<Pool> {
  const image = new Blob([gunzipSync(readFileSync(inject('databaseImage')))])
  return embeddedPool(await createPGlite({ loadDataDir: image }))
}

/** `<database>_<n>`: the first that no other worker, of this run or of another, has taken. */
async function openPostgresql(server: URL): Promise<Pool> {
  const base = `${server.pathname.slice(1)}_`
  for (let n = Number(process.env.VITEST_POOL_ID ?? 1); ; n++) {
    const name = base + n
    const url = new URL(server)
    url.pathname = name
    await createDatabase(server, name)
    const holder = new Client({ connectionString: url.toString() })
    await holder.connect()
    const { rows } = await holder.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(hashtext('latchkey tests')) as taken`,
    )
    if (rows[0]?.taken !== true) {
      await holder.end()
      continue
    }
    await migrateOrRebuild(url, holder)
    return postgresqlPool(url.toString(), { max: 10 })
  }
}

async function migrateOrRebuild(url: URL, holder: Client): Promise<void> {
  const attempt = async () => {
    const pool = postgresqlPool(url.toString(), { max: 1 })
    try {
      await migrate(pool, readMigrations())
    } finally {
      await pool.end()
    }
  }
  try {
    await attempt()
  } catch (error) {
    // Left by a run with other migrations. Emptying the schema keeps the connection that holds the database.
    if (!(error instanceof MigrationError)) throw error
    await holder.query('drop schema public cascade; create schema public')
    await attempt()
  }
}

async function createDatabase(server: URL, name: string): Promise<void> {
  const admin = new Client({ connectionString: server.toString() })
  await admin.connect()
  try {
    await admin.query(`create database ${admin.escapeIdentifier(name)}`)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    // It exists, or another worker is just making it.
    if (code !== '42P04' && code !== '23505') throw error
  } finally {
    await admin.end()
  }
}
