import { existsSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import path from 'node:path'

/** As much as PostgreSQL writes at once. */
const BLOCK = Buffer.alloc(8_192)
/** How often the disk is really written to, however often somebody asks. */
const EVERY_MS = 1_000

/**
 * Answers a function that throws when the embedded database has lost its files, or its disk takes nothing any more: PostgreSQL itself
 * goes on from memory for a long time, and finds out at the next change.
 */
export function diskProbe(dataDir: string): () => Promise<void> {
  const file = path.join(dataDir, 'pg.probe')
  let wroteAt = -Infinity
  return async () => {
    if (!existsSync(path.join(dataDir, 'pg/PG_VERSION'))) {
      // undefined_file, as PostgreSQL would say.
      throw Object.assign(new Error(`the files of the database in ${dataDir} are gone`), { code: '58P01' })
    }
    if (performance.now() - wroteAt < EVERY_MS) return
    try {
      const handle = await open(file, 'w', 0o600)
      try {
        await handle.write(BLOCK)
        await handle.sync()
      } finally {
        await handle.close()
      }
      wroteAt = performance.now()
    } finally {
      await rm(file, { force: true })
    }
  }
}
