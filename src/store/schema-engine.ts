import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type * as Bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { type Migration, readPrismaSchema } from './migrations-folder.ts'

const LOCK_FILE = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' }
const NO_FILTERS = { externalTables: [], externalEnums: [] }

let bindings: Promise<typeof Bindings> | undefined

/** Prisma's schema engine as WebAssembly, loaded when first needed: some 5 MB that a start with nothing to migrate can spare. */
function loadBindings(): Promise<typeof Bindings> {
  bindings ??= instantiate()
  return bindings
}

async function instantiate(): Promise<typeof Bindings> {
  const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const module = await WebAssembly.compile(readFileSync(path.join(folder, 'schema_engine_bg.wasm')))
  const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': { ...engine } })
  engine.__wbg_set_wasm(instance.exports)
  const { __wbindgen_start: start } = instance.exports
  if (typeof start === 'function') start()
  return engine
}

/** The engine reports a panic to this global and then only says `unreachable`. */
let lastPanic = ''
Object.assign(globalThis, {
  PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => void (lastPanic = message) },
})

async function withEngine<T>(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  work: (engine: Bindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await loadBindings()
  const schemas: [string, string][] = [['schema.prisma', readPrismaSchema()]]
  const bound = bindMigrationAwareSqlAdapterFactory(adapter)
  try {
    const engine = await SchemaEngine.new({ datamodels: schemas }, () => {}, bound)
    try {
      return await work(engine)
    } finally {
      engine.free()
    }
  } catch (error) {
    if (lastPanic) throw new Error(`Prisma's schema engine stopped: ${lastPanic}`, { cause: error })
    // An error of ours passes through the engine as a number.
    const id = /External error id#(\d+)/.exec(String(error))?.[1]
    throw (id === undefined ? undefined : bound.errorRegistry.consumeError(Number(id))?.error) ?? error
  }
}

function migrationList(migrations: readonly Migration[]) {
  return {
    baseDir: 'migrations',
    lockfile: LOCK_FILE,
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  }
}

/** What `prisma migrate deploy` does. Returns the names of the migrations that it applied. */
export function applyMigrations(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  return withEngine(adapter, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationList(migrations),
      filters: NO_FILTERS,
    })
    return appliedMigrationNames
  })
}

/**
 * The SQL that is missing in `migrations` to reach schema.prisma, or null when nothing is. The adapter must lead to an empty
 * scratch database: the migrations are replayed there.
 */
export function diffFromMigrations(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  migrations: readonly Migration[],
): Promise<string | null> {
  return withEngine(adapter, async (engine) => {
    const { stdout, exitCode } = await engine.diff({
      from: { tag: 'migrations', ...migrationList(migrations) },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: readPrismaSchema() }] },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    })
    return exitCode === 0 ? null : stdout
  })
}
