import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type pg from 'pg'
import { lockDirectory } from './directory-lock.ts'
import { migrate } from './migrate.ts'
import { imageKey, type Migration, PACKAGE_ROOT } from './migrations-folder.ts'
import { embeddedPool } from './pools.ts'
import type { StoreLog } from './store-log.ts'
import { vacuumWornTables } from './vacuum.ts'

const VACUUM_EVERY_MS = 10 * 60 * 1000

/** Where the build leaves the prepared database for these migrations. */
export function preparedImagePath(migrations: readonly Migration[]): string {
  return path.join(PACKAGE_ROOT, `dist/pglite-image-${imageKey(migrations)}.tar.gz`)
}

/**
 * Opens the PostgreSQL that runs in this process, on `<dataDir>/pg`, and migrates it. The first start loads the image that the
 * build prepared; without one it makes the database itself, which takes some seconds longer. Throws DirectoryInUseError.
 */
export async function openEmbeddedDatabase(
  dataDir: string,
  migrations: readonly Migration[],
  log: StoreLog,
): Promise<{ pool: pg.Pool; close: () => Promise<void> }> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = await lockDirectory(path.join(dataDir, 'pg.lock'))
  try {
    const directory = path.join(dataDir, 'pg')
    // There from before the first byte until the database is whole: a first start that was killed begins anew.
    const unfinished = path.join(dataDir, 'pg.unfinished')
    if (existsSync(unfinished)) rmSync(directory, { recursive: true, force: true })
    const first = !existsSync(path.join(directory, 'PG_VERSION'))
    if (first) writeFileSync(unfinished, '')

    const database = await PGlite.create(first ? firstStart(directory, migrations, log) : { dataDir: directory })
    const pool = embeddedPool(database)
    const vacuum = setInterval(() => {
      vacuumWornTables(pool).catch((error: Error) => log.warn({ reason: error.message }, 'vacuum failed'))
    }, VACUUM_EVERY_MS)
    vacuum.unref()
    const close = async () => {
      clearInterval(vacuum)
      await pool.end()
      await database.close()
      lock.release()
    }
    try {
      const applied = await migrate(pool, migrations)
      if (applied.length > 0) log.info({ migrations: applied }, 'database migrated')
      if (first) await pool.query('checkpoint')
      rmSync(unfinished, { force: true })
      return { pool, close }
    } catch (error) {
      await close()
      throw error
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

function firstStart(directory: string, migrations: readonly Migration[], log: StoreLog) {
  const image = preparedImagePath(migrations)
  if (!existsSync(image)) {
    log.info({ directory }, 'making a new database')
    return { dataDir: directory }
  }
  log.info({ directory }, 'making a new database from the prepared image')
  return { dataDir: directory, loadDataDir: new Blob([readFileSync(image)], { type: 'application/x-gzip' }) }
}
