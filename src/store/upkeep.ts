import type { Pool } from 'pg'

/** PostgreSQL's own rule for autovacuum, with a base that leaves small tables alone for longer. */
const WORN_TABLES = `
  select format('%I.%I', schemaname, relname) as table from pg_stat_user_tables
  where n_dead_tup > 1000 + 0.2 * n_live_tup order by 1`

/** PostgreSQL's own rule for autoanalyze, with its defaults (PostgreSQL, "The Autovacuum Daemon"). */
const CHANGED_TABLES = `
  select format('%I.%I', schemaname, relname) as table from pg_stat_user_tables
  where n_mod_since_analyze > 50 + 0.1 * n_live_tup order by 1`

/**
 * Vacuums the tables that hold many dead rows, and returns their names. The embedded database has no background process that
 * would: throttles and sessions come and go, and their files would only ever grow.
 */
export function vacuumWornTables(pool: Pool): Promise<readonly string[]> {
  return tend(pool, WORN_TABLES, 'vacuum (analyze)')
}

/**
 * Counts again what tables hold that changed much, and returns their names. Without it the embedded database takes every table for
 * an almost empty one, and lists in lists, which it reads in the server's own thread, cost some 25 times as much.
 */
export function analyzeChangedTables(pool: Pool): Promise<readonly string[]> {
  return tend(pool, CHANGED_TABLES, 'analyze')
}

async function tend(pool: Pool, which: string, command: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ table: string }>(which)
  for (const { table } of rows) await pool.query(`${command} ${table}`)
  return rows.map(({ table }) => table)
}
