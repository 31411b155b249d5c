import { type Config, readConfig } from '../config.ts'
import { DirectoryInUseError } from '../store/directory-lock.ts'
import { assertKeyAtHand, assertOpensDatabase, loadMasterKey } from '../store/master-key.ts'
import { type Database, openDatabase } from '../store/open.ts'
import type { KeyRing } from '../store/secret-box.ts'
import { RefusedError, type Surroundings } from './command.ts'

export const SILENT = { info() {}, warn() {} }

/** Runs a command on the configured database. Throws RefusedError when a server has it, and what openDatabase throws. */
export async function onDatabase<T>(
  { env }: Surroundings,
  work: (database: Database, config: Config) => Promise<T>,
): Promise<T> {
  const config = readConfig(env)
  const { databaseUrl, dataDir } = config
  const database = await openDatabase({ databaseUrl, dataDir, log: SILENT }).catch((error: unknown) => {
    if (!(error instanceof DirectoryInUseError)) throw error
    throw new RefusedError(
      `${error.message}\nThe embedded database belongs to one process: stop the server first. On PostgreSQL it may run on.`,
    )
  })
  try {
    return await work(database, config)
  } finally {
    await database.close()
  }
}

/** The keys that seal secrets, which open all that is sealed. Makes no key where secrets are sealed under another. Throws MasterKeyError. */
export async function openKeys(
  { pool }: Pick<Database, 'pool'>,
  { masterKey: fromEnvironment, dataDir }: Pick<Config, 'masterKey' | 'dataDir'>,
): Promise<KeyRing> {
  await assertKeyAtHand(pool, { fromEnvironment, dataDir })
  const ring = loadMasterKey({ fromEnvironment, dataDir }).deriveKeys('secrets')
  await assertOpensDatabase(pool, ring)
  return ring
}
