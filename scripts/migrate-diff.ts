/**
 * npm run migrate -- diff          prints the SQL that prisma/migrations lacks to reach schema.prisma; exit code 1 when there is any
 * npm run migrate -- diff <name>   writes it as a new migration
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type pg from 'pg'
import { createPGlite } from '../src/store/create-pglite.ts'
import { migrationAdapter } from '../src/store/migrate.ts'
import { MIGRATIONS_FOLDER, readMigrations } from '../src/store/migrations-folder.ts'
import { embeddedPool } from '../src/store/pools.ts'
import { diffFromMigrations } from '../src/store/schema-engine.ts'

const OID_CHAR = 18
const OID_TEXT = 25

const [name] = process.argv.slice(2)
await diff()

async function diff(): Promise<void> {
  const sql = await diffFromMigrations(scratchDatabase(), readMigrations())
  if (sql === null) {
    console.log('prisma/migrations is up to date with schema.prisma')
    return
  }
  if (name === undefined) {
    console.log(sql)
    console.error('prisma/migrations lags behind schema.prisma: npm run migrate -- diff <name>')
    process.exitCode = 1
    return
  }
  const timestamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const folder = path.join(MIGRATIONS_FOLDER, `${timestamp}_${name}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'migration.sql'), sql)
  console.log(`wrote ${path.relative(process.cwd(), folder)}`)
}

/** Leads to an empty database in memory, for the engine to replay the migrations on. */
function scratchDatabase(): SqlMigrationAwareDriverAdapterFactory {
  return { provider: 'postgres', adapterName: 'scratch', connect: openScratch, connectToShadowDb: openScratch }
}

async function openScratch(): Promise<SqlDriverAdapter> {
  const pool = embeddedPool(await createPGlite())
  const charColumns = relabelChars(pool)
  return characterColumns(await migrationAdapter(pool).connect(), charColumns)
}

/**
 * The engine's catalog queries return "char" columns and want them as Character, but the adapter refuses that type: they go
 * through it as text (returned: the names of such columns in the last result) and get their type back afterwards.
 */
function relabelChars(pool: pg.Pool): Set<string> {
  const names = new Set<string>()
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<Partial<pg.QueryResult>>
  const relabelled = async (...args: unknown[]) => {
    const result = await query(...args)
    names.clear()
    for (const field of result.fields ?? []) {
      if (field.dataTypeID !== OID_CHAR) continue
      field.dataTypeID = OID_TEXT
      names.add(field.name)
    }
    return result
  }
  Object.assign(pool, { query: relabelled })
  return names
}

function characterColumns(connection: SqlDriverAdapter, names: ReadonlySet<string>): SqlDriverAdapter {
  const queryRaw = connection.queryRaw.bind(connection)
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query)
    const columnTypes = result.columnTypes.map((type, i) =>
      names.has(result.columnNames[i]!) ? ColumnTypeEnum.Character : type,
    )
    return { ...result, columnTypes }
  }
  return connection
}
