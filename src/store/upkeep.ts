import type { Pool } from 'pg'

/** PostgreSQL's own rule for autovacuum, with a base that leaves small tables alone for longer. */
const WORN_TABLES = `
  select format('%I.%I', schemaname, relname) as table from pg_stat_user_tables
  where n_dead_tup > 1000 + 0.2 * n_live_tup order by 1`

/**
 * Vacuums the tables that hold many dead rows, and returns their names. The embedded database has no background process that
 * would: throttles and sessions come and go, and their files would only ever grow.
 */
export async function vacuumWornTables(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ table: string }>(WORN_TABLES)
  for (const { table } of rows) await pool.query(`vacuum (analyze) ${table}`)
  return rows.map(({ table }) => table)
}
