import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { analyzeChangedTables, vacuumWornTables } from '../../src/store/upkeep.ts'
import { freshDatabase } from '../support/database.ts'

/** Runs the statements in one session that tells at once what it did, on a table that nobody else looks after meanwhile. */
async function untended(pool: Pool, ...statements: readonly string[]): Promise<void> {
  const client = await pool.connect()
  try {
    // A database that does this by itself must not be faster than the test.
    await client.query('alter table throttle set (autovacuum_enabled = false)')
    for (const statement of statements) await client.query(statement)
    await client.query('select pg_stat_force_next_flush()')
    await client.query('select 1')
  } finally {
    client.release()
  }
}

const tendedAgain = (pool: Pool) => pool.query('alter table throttle reset (autovacuum_enabled)')
const FILL = "insert into throttle select 'b' || n, 1, now() from generate_series(1, 5000) n"

test('a table of many dead rows is vacuumed, once', async () => {
  const { pool } = await freshDatabase()
  await untended(pool, FILL, 'delete from throttle')
  expect(await vacuumWornTables(pool)).toContain('public.throttle')
  await tendedAgain(pool)
  const { rows } = await pool.query("select n_dead_tup from pg_stat_user_tables where relname = 'throttle'")
  expect(rows).toEqual([{ n_dead_tup: '0' }])
})

test('a table that changed much is counted again, once, so that plans know how much it holds', async () => {
  const { pool } = await freshDatabase()
  await untended(pool, 'vacuum (analyze) throttle', FILL)
  expect(await analyzeChangedTables(pool)).toContain('public.throttle')
  const { rows } = await pool.query("select reltuples::int as rows from pg_class where relname = 'throttle'")
  expect(rows).toEqual([{ rows: 5000 }])
  expect(await analyzeChangedTables(pool)).not.toContain('public.throttle')
  await tendedAgain(pool)
})
