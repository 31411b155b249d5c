import { readConfig } from '../config.ts'
import { lackingMigrations } from '../store/migrate.ts'
import { readMigrations } from '../store/migrations-folder.ts'
import { openDatabase } from '../store/open.ts'
import { type Surroundings, UsageError } from './command.ts'

/** Applies what the database lacks of this version's migrations (`deploy`), or lists it (`status`; exit code 1 when there is any). */
export async function migrateDatabase(what: string, { env, out }: Surroundings): Promise<number> {
  if (what !== 'deploy' && what !== 'status') throw new UsageError(`${JSON.stringify(what)} is not understood`)
  const { databaseUrl, dataDir } = readConfig(env)
  const applied: string[] = []
  const log = {
    info(details: object) {
      if ('migrations' in details && Array.isArray(details.migrations)) applied.push(...details.migrations.map(String))
    },
    warn() {},
  }
  const database = await openDatabase({ databaseUrl, dataDir, log, asItIs: what === 'status' })
  try {
    if (what === 'deploy') {
      out.write(applied.length > 0 ? `Applied: ${applied.join(', ')}.\n` : 'The database is up to date.\n')
      return 0
    }
    const lacking = (await lackingMigrations(database.pool, readMigrations())).map(({ name }) => name)
    out.write(lacking.length > 0 ? `Not applied: ${lacking.join(', ')}.\n` : 'The database is up to date.\n')
    return lacking.length > 0 ? 1 : 0
  } finally {
    await database.close()
  }
}
