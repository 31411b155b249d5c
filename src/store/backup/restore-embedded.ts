import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { lockDirectory } from '../directory-lock.ts'
import { assertPrivate } from '../private-files.ts'
import { RESTORING } from '../whole-database.ts'
import { BackupError } from './backup-error.ts'
import type { Manifest } from './manifest.ts'
import type { TarEntry } from '../tar.ts'

/** What may be in an empty data directory: the key that has to be put there, and what belongs to no database. */
const MAY_BE_THERE = new Set(['master.key', 'pg.lock', 'control.sock', RESTORING])

/**
 * Unpacks the embedded database of a backup into `<dataDir>/pg`. It gets there by its name alone, after every member was found to
 * be what was written: a restore that was interrupted is begun again. Throws BackupError, DirectoryInUseError, OpenToOthersError.
 */
export async function restoreEmbedded(
  dataDir: string,
  manifest: Manifest,
  members: AsyncIterable<TarEntry>,
): Promise<void> {
  if (existsSync(dataDir)) assertPrivate(dataDir)
  assertEmpty(dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = await lockDirectory(path.join(dataDir, 'pg.lock'))
  const restoring = path.join(dataDir, RESTORING)
  try {
    assertEmpty(dataDir)
    rmSync(restoring, { recursive: true, force: true })
    for (const name of ['pg', ...manifest.directories])
      mkdirSync(place(restoring, name), { recursive: true, mode: 0o700 })
    for await (const { name, content } of members) await write(place(restoring, name), content)
    renameSync(restoring, path.join(dataDir, 'pg'))
  } catch (error) {
    rmSync(restoring, { recursive: true, force: true })
    throw error
  } finally {
    lock.release()
  }
}

/** Takes back what does not work after all. */
export function removeRestored(dataDir: string): void {
  rmSync(path.join(dataDir, 'pg'), { recursive: true, force: true })
}

function assertEmpty(dataDir: string): void {
  if (!existsSync(dataDir)) return
  const [found] = readdirSync(dataDir).filter((name) => !MAY_BE_THERE.has(name))
  if (found !== undefined)
    throw new BackupError(
      `${dataDir} is not empty (${found}): a restore replaces nothing. Move what is there away, or choose another LATCHKEY_DATA_DIR.`,
    )
}

/** Names were checked with the manifest: they begin with `pg` and lead nowhere else. */
function place(folder: string, name: string): string {
  return path.join(folder, ...name.split('/').slice(1))
}

async function write(file: string, content: TarEntry['content']): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    for await (const chunk of content) await handle.write(chunk)
  } finally {
    await handle.close()
  }
}
