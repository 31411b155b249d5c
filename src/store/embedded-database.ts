import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import type pg from 'pg'
import { openControlChannel } from './control-channel.ts'
import { createPGlite } from './create-pglite.ts'
import { diskProbe } from './disk-probe.ts'
import { lockDirectory } from './directory-lock.ts'
import { migrate } from './migrate.ts'
import { imageKey, type Migration, PACKAGE_ROOT } from './migrations-folder.ts'
import { embeddedPool } from './pools.ts'
import { assertPrivate, closeToOthers } from './private-files.ts'
import type { StoreLog } from './store-log.ts'
import { unpackImage } from './unpack-image.ts'
import { damageOf, isFirstStart, NoDatabaseError } from './whole-database.ts'
import { analyzeChangedTables, vacuumWornTables } from './upkeep.ts'

/** A segment of PostgreSQL's log, which it makes as a whole. */
const LEAST_FREE = 16 * 1024 * 1024
const VACUUM_EVERY_MS = 10 * 60 * 1000
/** Somebody who has just brought a thousand users along must not wait for the lists of them. */
const ANALYZE_EVERY_MS = 10_000

/** Where the build leaves the prepared database for these migrations. */
export function preparedImagePath(migrations: readonly Migration[]): string {
  return path.join(PACKAGE_ROOT, `dist/pglite-image-${imageKey(migrations)}.tar.gz`)
}

interface EmbeddedOptions {
  readonly image?: string
  readonly renew?: boolean
  readonly onlyNew?: boolean
  readonly asItIs?: boolean
}

/**
 * Opens the PostgreSQL that runs in this process, on `<dataDir>/pg`, and migrates it. The first start loads the image that the
 * build prepared; without one it makes the database itself, which takes some seconds longer. With `asItIs` nothing is made and
 * nothing migrated. Throws DirectoryInUseError, OpenToOthersError, DatabaseMissingError, DatabaseDamagedError, NoDatabaseError.
 */
export async function openEmbeddedDatabase(
  dataDir: string,
  migrations: readonly Migration[],
  log: StoreLog,
  { image = preparedImagePath(migrations), renew = false, onlyNew = false, asItIs = false }: EmbeddedOptions = {},
): Promise<{ pool: pg.Pool; probe: () => Promise<unknown>; close: () => Promise<void> }> {
  if (asItIs && (!existsSync(path.join(dataDir, 'pg')) || existsSync(path.join(dataDir, 'pg.unfinished'))))
    throw new NoDatabaseError(dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  assertPrivate(dataDir)
  const lock = await lockDirectory(path.join(dataDir, 'pg.lock'), { log })
  try {
    const directory = path.join(dataDir, 'pg')
    // There from before the first byte until the database is whole: a first start that was killed begins again.
    const unfinished = path.join(dataDir, 'pg.unfinished')
    if (existsSync(unfinished)) rmSync(directory, { recursive: true, force: true })
    const first = existsSync(unfinished) || isFirstStart(dataDir, renew)
    if (first) writeFileSync(unfinished, '', { mode: 0o600 })

    const database = await openFiles(directory, first, image, log).catch((error: unknown) => {
      throw fullDisk(dataDir) ?? (first ? error : damageOf(directory, error))
    })
    const mended = closeToOthers(directory)
    if (mended > 0 && !first) log.info({ directory, mended }, 'database files closed to other users')
    const pool = embeddedPool(database)
    const disk = diskProbe(dataDir)
    const probe = async () => {
      await disk()
      await pool.query('select 1')
    }
    const upkeep = [
      every(VACUUM_EVERY_MS, () => vacuumWornTables(pool), log),
      every(ANALYZE_EVERY_MS, () => analyzeChangedTables(pool), log),
    ]
    const control = await openControlChannel(pool, dataDir, log)
    const close = async () => {
      for (const timer of upkeep) clearInterval(timer)
      await control?.close()
      await pool.end()
      await database.close()
      lock.release()
    }
    try {
      const applied = asItIs ? [] : await migrate(pool, migrations, { onlyNew })
      if (applied.length > 0) log.info({ migrations: applied }, 'database migrated')
      if (first) await pool.query('checkpoint')
      rmSync(unfinished, { force: true })
      return { pool, probe, close }
    } catch (error) {
      await close()
      throw error
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** What PGlite throws on a full disk names neither the disk nor a path, and often is no error at all. Null when there is space. */
function fullDisk(dataDir: string): Error | null {
  const { bavail, bsize } = statfsSync(dataDir)
  if (bavail * bsize >= LEAST_FREE) return null
  return Object.assign(new Error(`no space left for ${dataDir}`), { code: 'ENOSPC', syscall: 'write', path: dataDir })
}

function every(milliseconds: number, work: () => Promise<unknown>, log: StoreLog): NodeJS.Timeout {
  const timer = setInterval(() => {
    work().catch((error: Error) => log.warn({ reason: error.message }, 'upkeep of the database failed'))
  }, milliseconds)
  return timer.unref()
}

/** PostgreSQL on these files; for a first start they are unpacked, or else it makes them itself. */
async function openFiles(directory: string, first: boolean, image: string, log: StoreLog): Promise<PGlite> {
  if (first) {
    const prepared = unpackImage(image, directory, log)
    log.info({ directory, prepared }, 'making a new database')
  }
  return createPGlite({ dataDir: directory })
}
