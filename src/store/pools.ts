import type { PGlite } from '@electric-sql/pglite'
import type { Pool } from 'pg'
import type { DatabaseLimits } from './database-limits.ts'
import { deadlineClient } from './deadline-client.ts'
import { metered, type MeteredConfig } from './metered-pool.ts'
import type { OutageWatch } from './outage-watch.ts'
import { PGliteStream } from './pglite-stream.ts'

/**
 * Timestamps go to the server without an offset and come back in the session's time zone: on a server that is not set to
 * UTC they would mean one thing to Prisma and another to plain SQL.
 */
const SESSION_OPTIONS = '-c TimeZone=UTC'

/** A pool over a PGlite in this process. One connection, because PGlite has one session: transactions queue. */
export function embeddedPool(database: PGlite): Pool {
  return metered({
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

/** A row's lock is waited for at most this long: who holds it longer holds up everybody. */
const LONGEST_LOCK_WAIT_MS = 10_000

/** A pool to the PostgreSQL server that `databaseUrl` names; its statements take as long as they take, as migrations do. */
export function postgresqlPool(databaseUrl: string, config: MeteredConfig = {}): Pool {
  return metered({
    connectionString: withSessionOptions(databaseUrl, SESSION_OPTIONS),
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...config,
  })
}

/** The same for requests: neither a statement nor a lock, nor a server that has gone silent, is waited for without end. */
export function boundedPool(databaseUrl: string, { connections, timeoutMs }: DatabaseLimits): Pool {
  const locks = Math.min(LONGEST_LOCK_WAIT_MS, Math.ceil(timeoutMs * 0.7))
  const bounds = `-c statement_timeout=${timeoutMs} -c lock_timeout=${locks}`
  return postgresqlPool(withSessionOptions(databaseUrl, bounds), {
    max: connections,
    connectionTimeoutMillis: timeoutMs,
    Client: deadlineClient(timeoutMs),
  })
}

/** Has the errors of its statements noted, and those that mean an outage replaced. */
export function watched(pool: Pool, watch: OutageWatch): Pool {
  const query = pool.query.bind(pool)
  return Object.assign(pool, {
    query: (...given: unknown[]) => watch.guard(async (): Promise<unknown> => Reflect.apply(query, pool, given)),
  })
}

function withSessionOptions(databaseUrl: string, options: string): string {
  const url = new URL(databaseUrl)
  const given = url.searchParams.get('options')
  url.searchParams.set('options', given ? `${given} ${options}` : options)
  return url.toString()
}
