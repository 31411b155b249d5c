import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'

/**
 * The default of 128 MB is zeroed at every start, and stays: a quarter of a start's processor time and 100 MB of memory. What does
 * not fit is read from the files, which the operating system keeps in memory.
 */
const SHARED_BUFFERS = ['-c', 'shared_buffers=16MB']

/** A PostgreSQL in this process with the extensions that the migrations ask for; in memory without a `dataDir`. */
export function createPGlite(options: PGliteOptions = {}): Promise<PGlite> {
  const startParams = [...PGlite.defaultStartParams, ...SHARED_BUFFERS]
  return PGlite.create({ ...options, startParams, extensions: { pg_trgm } })
}
