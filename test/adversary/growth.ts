import { type Database, openDatabase } from '../../src/store/open.ts'

/** What a server that has stopped left in its database. */
export interface Stored {
  /** Rows of the audit trail. */
  readonly events: number
  /** Bytes of all rows of all tables, without indexes. */
  readonly bytes: number
}

export async function readStored(
  options: Pick<Parameters<typeof openDatabase>[0], 'databaseUrl' | 'dataDir'>,
): Promise<Stored> {
  const database = await openDatabase({ ...options, log: { info() {}, warn() {} } })
  try {
    return { events: await one(database, 'select count(*) as n from audit_event'), bytes: await bytesOf(database) }
  } finally {
    await database.close()
  }
}

async function bytesOf(database: Database): Promise<number> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = current_schema()`,
  )
  let bytes = 0
  for (const { name } of rows)
    bytes += await one(database, `select coalesce(sum(pg_column_size(t.*)), 0) as n from ${name} t`)
  return bytes
}

async function one({ pool }: Database, sql: string): Promise<number> {
  const { rows } = await pool.query<{ n: string }>(sql)
  return Number(rows[0]?.n)
}
