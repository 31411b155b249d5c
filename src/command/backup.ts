import { existsSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { readConfig } from '../config.ts'
import { type Source, writeArchive } from '../store/backup/archive.ts'
import { copyDatabase } from '../store/backup/copy-database.ts'
import type { Facts } from '../store/backup/facts.ts'
import type { Manifest } from '../store/backup/manifest.ts'
import { dumpPostgresql } from '../store/backup/postgresql-tools.ts'
import { askForCopy } from '../store/control-channel.ts'
import { openDatabase } from '../store/open.ts'
import { RefusedError, type Surroundings } from './command.ts'
import { SILENT } from './on-database.ts'
import { version } from '../version.ts'

/** What is to be packed, and lies still until it is released. */
interface Taken {
  readonly kind: Manifest['database']
  readonly facts: Facts
  readonly source: Source
  readonly release: () => Promise<void>
}

/** Writes one archive of the configured database, for its owner only, and says which master key belongs to it. */
export async function backup({ to }: { readonly to: string | undefined }, { env, out }: Surroundings): Promise<void> {
  const { databaseUrl, dataDir } = readConfig(env)
  const takenAt = new Date()
  const file = path.resolve(to ?? `latchkey-${takenAt.toISOString().replaceAll(/[:.]/g, '-')}.tar.gz`)
  assertPlace(file)
  const taken = databaseUrl === null ? await takeEmbedded(dataDir) : await takePostgresql(databaseUrl, file, env)
  try {
    const { serverVersion, migrations, masterKeyIds, accounts, auditEvents } = taken.facts
    const { size } = await writeArchive(
      file,
      {
        format: 1,
        product: 'latchkey',
        version: version(),
        takenAt: takenAt.toISOString(),
        database: taken.kind,
        serverVersion,
        migrations,
        masterKeyIds,
        accounts,
        auditEvents,
      },
      taken.source,
    )
    out.write(
      `Wrote ${file}: ${(size / 1e6).toFixed(1)} MB, ${count(accounts.length, 'account')}, ${count(auditEvents, 'audit event')}.\n${keyLine(masterKeyIds)}\n`,
    )
  } finally {
    await taken.release()
  }
}

/** By the process that has the database, or without one by this process. */
async function takeEmbedded(dataDir: string): Promise<Taken> {
  const asked = await askForCopy(dataDir)
  if (asked !== null) {
    const { folder, facts } = asked.answer
    const release = async () => asked.release()
    return { kind: 'embedded', facts, source: { root: folder, prefix: 'pg/' }, release }
  }
  const database = await openDatabase({ dataDir, log: SILENT, asItIs: true })
  try {
    const { folder, facts } = await copyDatabase(database.pool, dataDir)
    const release = () => rm(folder, { recursive: true, force: true })
    return { kind: 'embedded', facts, source: { root: folder, prefix: 'pg/' }, release }
  } finally {
    await database.close()
  }
}

async function takePostgresql(databaseUrl: string, file: string, env: Surroundings['env']): Promise<Taken> {
  const root = await mkdtemp(`${file}.dump-`)
  const release = () => rm(root, { recursive: true, force: true })
  try {
    const facts = await dumpPostgresql(databaseUrl, path.join(root, 'database.dump'), env)
    return { kind: 'postgresql', facts, source: { root, prefix: '' }, release }
  } catch (error) {
    await release()
    throw error
  }
}

function assertPlace(file: string): void {
  if (existsSync(file)) throw new RefusedError(`${file} exists already: a backup replaces nothing.`)
  if (statSync(path.dirname(file), { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new RefusedError(`There is no folder ${path.dirname(file)}.`)
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

function keyLine(ids: readonly string[]): string {
  if (ids.length === 0) return 'There are no secrets in it: no master key is needed.'
  return `Its secrets need master key ${ids.join(', ')}, which is not in it: keep that key, and apart from it.`
}
