import type { PGlite } from '@electric-sql/pglite'
import { Pool, type PoolConfig } from 'pg'
import { PGliteStream } from './pglite-stream.ts'

/**
 * Timestamps go to the server without an offset and come back in the session's time zone: on a server that is not set to
 * UTC they would mean one thing to Prisma and another to plain SQL.
 */
const SESSION_OPTIONS = '-c TimeZone=UTC'

/** A pool over a PGlite in this process. One connection, because PGlite has one session: transactions queue. */
export function embeddedPool(database: PGlite): Pool {
  return new Pool({
    max: 1,
    min: 1,
    idleTimeoutMillis: 0,
    // Given explicitly, or the driver would take them from PGUSER, PGSSLMODE and their kin.
    host: 'localhost',
    user: 'postgres',
    database: 'postgres',
    password: '',
    ssl: false,
    options: '',
    stream: () => new PGliteStream(database),
  })
}

/** A pool to the PostgreSQL server that `databaseUrl` names. */
export function postgresqlPool(databaseUrl: string, config: PoolConfig = {}): Pool {
  return new Pool({ connectionString: withSessionOptions(databaseUrl), connectionTimeoutMillis: 15_000, ...config })
}

function withSessionOptions(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  const given = url.searchParams.get('options')
  url.searchParams.set('options', given ? `${given} ${SESSION_OPTIONS}` : SESSION_OPTIONS)
  return url.toString()
}
