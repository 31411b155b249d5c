import { existsSync } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { openArchive } from '../store/backup/archive.ts'
import { BackupError } from '../store/backup/backup-error.ts'
import { type Facts, readFacts } from '../store/backup/facts.ts'
import { assertKnown, type Manifest } from '../store/backup/manifest.ts'
import { assertRestorable, restorePostgresql } from '../store/backup/postgresql-tools.ts'
import { removeRestored, restoreEmbedded } from '../store/backup/restore-embedded.ts'
import type { TarEntry } from '../store/tar.ts'
import { keyIdsAtHand } from '../store/master-key.ts'
import { readMigrations } from '../store/migrations-folder.ts'
import { openDatabase } from '../store/open.ts'
import { type Surroundings, RefusedError } from './command.ts'
import { SILENT } from './on-database.ts'

/** Restores an archive into the configured database, which has to be empty, and names the master key that it needs. */
export async function restore(archive: string, { env, out }: Surroundings): Promise<void> {
  const config = readConfig(env)
  const { databaseUrl, dataDir } = config
  const file = path.resolve(archive)
  const { manifest, members, close } = await openArchive(file)
  try {
    const migrations = readMigrations().map(({ name }) => name)
    assertKnown(manifest, migrations, file)
    assertKind(manifest, databaseUrl, file)
    assertKeys(manifest, config)
    const facts =
      databaseUrl === null
        ? await intoDirectory(dataDir, manifest, members)
        : await intoPostgresql(databaseUrl, members, env)
    const different = differences(manifest, facts)
    if (different !== null) {
      if (databaseUrl === null) removeRestored(dataDir)
      throw new BackupError(`What was restored is not what ${file} says (${different}): take another backup.`)
    }
    out.write(report(manifest, config, migrations))
  } finally {
    close()
  }
}

function assertKind({ database }: Manifest, databaseUrl: string | null, file: string): void {
  if (database === 'postgresql' && databaseUrl === null)
    throw new RefusedError(`${file} is of PostgreSQL: name an empty database in DATABASE_URL.`)
  if (database === 'embedded' && databaseUrl !== null)
    throw new RefusedError(`${file} is of an embedded database: leave DATABASE_URL out, and choose LATCHKEY_DATA_DIR.`)
}

/** A key that is there already has to be the right one. Throws MasterKeyError when it is malformed. */
function assertKeys({ masterKeyIds }: Manifest, config: Config): void {
  const ids = keyIdsAtHand({ fromEnvironment: config.masterKey, dataDir: config.dataDir })
  const missing = masterKeyIds.filter((id) => !ids.includes(id))
  if (ids.length > 0 && missing.length > 0)
    throw new RefusedError(
      `The backup needs master key ${missing.join(', ')}, and the one at hand is ${ids.join(', ')}: nothing was restored.`,
    )
}

async function intoDirectory(dataDir: string, manifest: Manifest, members: AsyncIterable<TarEntry>): Promise<Facts> {
  await restoreEmbedded(dataDir, manifest, members)
  try {
    const database = await openDatabase({ dataDir, log: SILENT, asItIs: true })
    try {
      return await readFacts(database.pool)
    } finally {
      await database.close()
    }
  } catch (error) {
    removeRestored(dataDir)
    throw error
  }
}

async function intoPostgresql(
  databaseUrl: string,
  members: AsyncIterable<TarEntry>,
  env: Surroundings['env'],
): Promise<Facts> {
  await assertRestorable(databaseUrl, env)
  const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-restore-'))
  try {
    const dump = path.join(folder, 'database.dump')
    // All of it, so that it is known to be whole before the database is touched.
    for await (const { content } of members) {
      const handle = await open(dump, 'wx', 0o600)
      try {
        for await (const chunk of content) await handle.write(chunk)
      } finally {
        await handle.close()
      }
    }
    return await restorePostgresql(databaseUrl, dump, env)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What a restore has to have brought along, or null when it is all there. */
function differences(manifest: Manifest, facts: Facts): string | null {
  if (facts.migrations.join() !== manifest.migrations.join()) return 'its migrations'
  if (facts.accounts.join() !== manifest.accounts.join()) return 'its accounts'
  if (facts.masterKeyIds.join() !== manifest.masterKeyIds.join()) return 'its master keys'
  if (facts.auditEvents !== manifest.auditEvents)
    return `${facts.auditEvents} audit events in place of ${manifest.auditEvents}`
  return null
}

function report(
  manifest: Manifest,
  { databaseUrl, dataDir, masterKey }: Config,
  migrations: readonly string[],
): string {
  const { accounts, auditEvents, takenAt, version, masterKeyIds } = manifest
  const keyFile = path.join(dataDir, 'master.key')
  const where = databaseUrl === null ? path.join(dataDir, 'pg') : new URL(databaseUrl).pathname.slice(1)
  const lines = [
    `Restored what Latchkey ${version} had at ${takenAt} into ${where}: accounts ${accounts.join(', ') || 'none'}, ${auditEvents} audit events.`,
  ]
  if (manifest.migrations.length < migrations.length) lines.push('The first start migrates it to this version.')
  if (masterKeyIds.length > 0) {
    const there = masterKey !== null || existsSync(keyFile)
    lines.push(
      there
        ? `Master key ${masterKeyIds.join(', ')} is at hand: start the server.`
        : `Before the start, put master key ${masterKeyIds.join(', ')} beside it: in LATCHKEY_MASTER_KEY, or as ${keyFile} (mode 0600).`,
    )
  }
  return lines.map((line) => `${line}\n`).join('')
}
