import { z } from 'zod'
import { masterKeyIdsOf, SEALED_COLUMNS } from '../sealed-columns.ts'

/** A pool or one connection of it. */
interface Queryable {
  query(text: string): Promise<{ rows: unknown[] }>
}

/** What is known of a database from within. It travels as JSON, from a server to the command beside it, and in part with a backup. */
export const Facts = z.object({
  /** As PostgreSQL says it: `17.4`. */
  serverVersion: z.string(),
  /** Names of the migrations that are applied, oldest first. */
  migrations: z.array(z.string()),
  /** The master keys that something is sealed under. */
  masterKeyIds: z.array(z.string()),
  accounts: z.array(z.string()),
  auditEvents: z.number(),
  /** ISO 8601; null when there is none. */
  newestEvent: z.string().nullable(),
  /** When the youngest key of tokens was made. */
  signingKeySince: z.string().nullable(),
  /** The database's clock. */
  now: z.string(),
  /** One sealed value of each kind there is, to see whether it opens. */
  samples: z.array(z.object({ what: z.string(), owner: z.string(), keyId: z.string(), ciphertext: z.base64() })),
})
export type Facts = z.infer<typeof Facts>

const MIGRATIONS =
  'select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null order by 1'

const COLUMNS =
  'select table_name as table, column_name as name from information_schema.columns where table_schema = current_schema()'

const NUMBERS = `select
  (select count(*)::int8::text from audit_event) as events,
  (select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from audit_event) as newest,
  (select to_char(max(created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from signing_key) as key,
  to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now,
  current_setting('server_version') as version`

const Names = z.array(z.object({ name: z.string() }).transform(({ name }) => name))
const Column = z.object({ table: z.string(), name: z.string() })
const Ids = z.array(z.object({ id: z.string() }).transform(({ id }) => id.trim()))
const Numbers = z.object({
  events: z.coerce.number(),
  newest: z.string().nullable(),
  key: z.string().nullable(),
  now: z.string(),
  version: z.string(),
})
const Sample = z.object({
  account: z.string(),
  id: z.string(),
  key_id: z.string(),
  ciphertext: z.instanceof(Uint8Array),
})

/** Reads them, in one transaction or without writers when they have to agree with each other. It may be one of an older version. */
export async function readFacts(database: Queryable): Promise<Facts> {
  const rows = async (text: string) => (await database.query(text)).rows
  const numbers = Numbers.parse((await rows(NUMBERS))[0])
  const samples: Facts['samples'] = []
  const columns = (await rows(COLUMNS)).map((row) => Column.parse(row))
  const sealed = SEALED_COLUMNS.filter(({ table, keyId }) =>
    columns.some((column) => column.table === table && column.name === keyId),
  )
  for (const { table, what, ofAccounts, ciphertext, keyId, owner } of sealed) {
    const account = ofAccounts ? 'account_id' : `''`
    const found = await rows(
      `select ${account} as account, id, ${ciphertext} as ciphertext, ${keyId} as key_id from ${table} limit 1`,
    )
    for (const row of found) {
      const sample = Sample.parse(row)
      samples.push({
        what,
        owner: owner({ accountId: sample.account, id: sample.id }),
        keyId: sample.key_id,
        ciphertext: Buffer.from(sample.ciphertext).toString('base64'),
      })
    }
  }
  return {
    serverVersion: numbers.version,
    migrations: Names.parse(await rows(MIGRATIONS)),
    masterKeyIds: Ids.parse(await rows(masterKeyIdsOf(sealed))).toSorted(),
    accounts: Ids.parse(await rows('select id from account order by id')),
    auditEvents: numbers.events,
    newestEvent: numbers.newest,
    signingKeySince: numbers.key,
    now: numbers.now,
    samples,
  }
}
