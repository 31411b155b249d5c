import { expect, test } from 'vitest'
import { vacuumWornTables } from '../../src/store/vacuum.ts'
import { freshDatabase } from '../support/database.ts'

test('a table of many dead rows is vacuumed, once', async () => {
  const { pool } = await freshDatabase()
  const client = await pool.connect()
  try {
    // A database that vacuums by itself must not be faster than the test.
    await client.query('alter table throttle set (autovacuum_enabled = false)')
    await client.query("insert into throttle select 'b' || n, 1, now() from generate_series(1, 5000) n")
    await client.query('delete from throttle')
    await client.query('select pg_stat_force_next_flush()')
    await client.query('select 1')
  } finally {
    client.release()
  }
  expect(await vacuumWornTables(pool)).toContain('public.throttle')
  await pool.query('alter table throttle reset (autovacuum_enabled)')
  const { rows } = await pool.query("select n_dead_tup from pg_stat_user_tables where relname = 'throttle'")
  expect(rows).toEqual([{ n_dead_tup: '0' }])
})
