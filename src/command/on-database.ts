import { type Config, readConfig } from '../config.ts'
import { DirectoryInUseError } from '../store/directory-lock.ts'
import { assertKeyAtHand, loadMasterKey } from '../store/master-key.ts'
import { type Database, openDatabase } from '../store/open.ts'
import type { KeyRing } from '../store/secret-box.ts'
import { version } from '../version.ts'
import { RefusedError, type Surroundings } from './command.ts'

export const SILENT = { info() {}, warn() {} }

/**
 * Runs a command on the configured database. One of an older version is not migrated in passing, because its gateways would not
 * start again. Throws RefusedError when a server has it, and what openDatabase throws.
 */
export async function onDatabase<T>(
  { env }: Surroundings,
  work: (database: Database, config: Config) => Promise<T>,
): Promise<T> {
  const config = readConfig(env)
  const { databaseUrl, dataDir } = config
  const database = await openDatabase({ databaseUrl, dataDir, log: SILENT, onlyNew: true }).catch((error: unknown) => {
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

/** The keys that seal secrets. Makes none where secrets are sealed under another. Throws MasterKeyError. */
export async function openKeys(
  { pool }: Pick<Database, 'pool'>,
  { masterKey: fromEnvironment, dataDir }: Pick<Config, 'masterKey' | 'dataDir'>,
): Promise<KeyRing> {
  await assertKeyAtHand(pool, { fromEnvironment, dataDir })
  return loadMasterKey({ fromEnvironment, dataDir }).deriveKeys('secrets')
}

/** How a command that seals secrets joins the gateways of its database. */
export function memberOf({ pool, kind }: Pick<Database, 'pool' | 'kind'>, ring: KeyRing) {
  return { pool, ring, alone: kind === 'embedded', version: version(), log: SILENT }
}
