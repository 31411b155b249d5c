import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Pool } from 'pg'
import { z } from 'zod'
import { Facts, readFacts } from './facts.ts'

/** Names of copies that are not finished, or that nobody removed, begin so. */
export const COPY_PREFIX = 'pg.copy-'

/** A copy of the embedded database's directory, and what is in it. */
export const Copied = z.object({ folder: z.string(), facts: Facts })
export type Copied = z.infer<typeof Copied>

/**
 * Copies `<dataDir>/pg` while nothing is written: PGlite has one session, and whoever has its connection has the database for itself.
 * The checkpoint brings to the files what PostgreSQL has in memory. Callers wait only while files are copied, not while they are
 * packed. Whoever asked removes the copy.
 */
export async function copyDatabase(pool: Pool, dataDir: string): Promise<Copied> {
  const folder = path.join(dataDir, `${COPY_PREFIX}${randomUUID()}`)
  const client = await pool.connect()
  try {
    const facts = await readFacts(client)
    await client.query('checkpoint')
    await cp(path.join(dataDir, 'pg'), folder, {
      recursive: true,
      errorOnExist: true,
      force: false,
      // Where the file system can, it shares the blocks instead of copying them.
      mode: constants.COPYFILE_FICLONE,
    })
    return { folder, facts }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  } finally {
    client.release()
  }
}
