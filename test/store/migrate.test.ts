import { createHash } from 'node:crypto'
import { Client } from 'pg'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { BUILT_IN_POLICIES } from '../../src/iam/policies/built-in/index.ts'
import { ensureBuiltInPolicies } from '../../src/store/built-in-policies.ts'
import { createPGlite } from '../../src/store/create-pglite.ts'
import { migrate } from '../../src/store/migrate.ts'
import { type Migration, readMigrations } from '../../src/store/migrations-folder.ts'
import { openDatabase } from '../../src/store/open.ts'
import { embeddedPool, postgresqlPool } from '../../src/store/pools.ts'
import { createPrismaClient } from '../../src/store/prisma-client.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

const migrations = readMigrations()
/** These make a database from nothing. */
const PATIENCE = { timeout: 120_000 }
const HISTORY = 'select migration_name, checksum, applied_steps_count from _prisma_migrations order by migration_name'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})

test('the history that is left is the one that Prisma itself would leave', async () => {
  const { rows } = await database.pool.query(HISTORY)
  expect(rows).toEqual(
    migrations.map(({ name, sql }) => ({
      migration_name: name,
      checksum: createHash('sha256').update(sql).digest('hex'),
      applied_steps_count: 1,
    })),
  )
})

test('a line ending that Git changed is no other wording', PATIENCE, async () => {
  const pool = await emptyDatabase()
  await migrate(pool, migrations)
  const windows = migrations.map(({ name, sql }) => ({ name, sql: sql.replaceAll('\n', '\r\n') }))
  expect(await migrate(pool, windows)).toEqual([])
})

test(
  'a migration that fails halfway leaves nothing of itself, names its cause, and can be tried again once it is mended',
  PATIENCE,
  async () => {
    const pool = await emptyDatabase()
    const broken: Migration = {
      name: '29990101000000_broken',
      sql: 'create table half (id int);\n-- a semicolon; in a comment\ninsert into nowhere values (1);\n',
    }
    await expect(migrate(pool, [...migrations, broken])).rejects.toThrow('nowhere')
    const { rows } = await pool.query("select to_regclass('half') as half, to_regclass('account') as account")
    expect(rows).toEqual([{ half: null, account: 'account' }])
    const mended = { ...broken, sql: 'create table half (id int);\n' }
    expect(await migrate(pool, [...migrations, mended])).toEqual([mended.name])
  },
)

test(
  'accounts of a release without built-in policies keep their own and get those at the start',
  PATIENCE,
  async () => {
    const pool = await emptyDatabase()
    const before = migrations.findIndex(({ name }) => name.endsWith('_built_in_policies'))
    await migrate(pool, migrations.slice(0, before))
    await pool.query(`insert into account (id, created_at) values ('123456789012', now());
    insert into policy (account_id, id, name, name_key, created_at, updated_at)
      values ('123456789012', 'ANPAOWN', 'AdministratorAccess', 'administratoraccess', now(), now())`)
    await migrate(pool, migrations)
    const db = createPrismaClient(pool)
    onTestFinished(() => db.$disconnect())
    expect(await ensureBuiltInPolicies({ db, clock: () => new Date() }, BUILT_IN_POLICIES)).toBe(1)
    const { rows } = await pool.query<{ id: string }>(
      'select id, built_in from policy where lower(name) = $1 order by name_key',
      ['administratoraccess'],
    )
    expect(rows).toEqual([
      { id: 'ANPAOWN', built_in: false },
      { id: 'ANPALATCHKEYADMINACCE', built_in: true },
    ])
  },
)

test('names sort by their bytes, whatever the server thinks of languages', async () => {
  const { rows } = await database.pool.query<{ column: string; collation: string }>(`
    select table_name || '.' || column_name as column, collation_name as collation from information_schema.columns
    where table_schema = 'public' and (column_name in ('name_key', 'key_fold')) order by 1`)
  expect(rows.map(({ column }) => column)).toEqual([
    'group.name_key',
    'group_policy.name_key',
    'instance_profile.name_key',
    'mfa_device.name_key',
    'policy.name_key',
    'role.name_key',
    'role_policy.name_key',
    'role_tag.key_fold',
    'user.name_key',
    'user_policy.name_key',
    'user_tag.key_fold',
  ])
  expect(rows.filter(({ collation }) => collation !== 'C')).toEqual([])
})

describe.runIf(process.env.TEST_DATABASE_URL)('on PostgreSQL', () => {
  test('gateways that start at once all come up, and each migration is applied once', async () => {
    const url = await newPostgresqlDatabase()
    const log = { info() {}, warn() {} }
    const open = () => openDatabase({ databaseUrl: url, dataDir: '/nowhere', log })
    const gateways = await Promise.all([open(), open(), open()])
    const { rows } = await gateways[0].pool.query(HISTORY)
    expect(rows).toHaveLength(migrations.length)
    for (const gateway of gateways) expect(await gateway.db.account.count()).toBe(0)
    await Promise.all(gateways.map((gateway) => gateway.close()))
  })

  test('a server that refuses us is named without the password', async () => {
    const url = new URL(process.env.TEST_DATABASE_URL!)
    url.password = 'not-the-password'
    const attempt = openDatabase({ databaseUrl: url.toString(), dataDir: '/nowhere', log: console })
    await expect(attempt).rejects.toThrow(`PostgreSQL at ${url.host}${url.pathname} cannot be used`)
    await expect(attempt).rejects.not.toThrow('not-the-password')
  })
})

async function emptyDatabase() {
  if (process.env.TEST_DATABASE_URL !== undefined) {
    const pool = postgresqlPool(await newPostgresqlDatabase(), { max: 1 })
    onTestFinished(() => pool.end())
    return pool
  }
  const memory = await createPGlite()
  onTestFinished(() => memory.close())
  return embeddedPool(memory)
}

async function newPostgresqlDatabase(): Promise<string> {
  const server = new URL(process.env.TEST_DATABASE_URL!)
  const name = `${server.pathname.slice(1)}_new_${process.pid}_${(created += 1)}`
  await administer(server, `create database ${name}`)
  // Registered before the pools that use it, so that it runs after they ended. Not by force: that would need the right to end a
  // worker of autovacuum, which PostgreSQL itself sends away.
  onTestFinished(() => administer(server, `drop database ${name}`))
  const url = new URL(server)
  url.pathname = name
  return url.toString()
}

let created = 0

async function administer(server: URL, sql: string): Promise<void> {
  const client = new Client({ connectionString: server.toString() })
  await client.connect()
  await client.query(sql)
  await client.end()
}
