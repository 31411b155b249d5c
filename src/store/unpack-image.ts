import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { entriesOf } from './tar.ts'
import type { StoreLog } from './store-log.ts'

/**
 * Unpacks the prepared database into a directory, all of it for its owner alone. PGlite would do the same in three times the
 * processor time: it copies the archive several times, and opens every file through the file system of WebAssembly.
 *
 * @returns whether there is one now; an image that is missing or damaged leaves no directory, since it only saves time
 * Throws what the file system says, such as ENOSPC.
 */
export function unpackImage(image: string, directory: string, log: StoreLog): boolean {
  if (!existsSync(image)) return false
  const inside = path.resolve(directory)
  try {
    const archive = gunzipSync(readFileSync(image))
    mkdirSync(inside, { recursive: true, mode: 0o700 })
    for (const entry of entriesOf(archive)) {
      const file = path.join(inside, entry.name)
      if (entry.directory) mkdirSync(file, { recursive: true, mode: 0o700 })
      else writeFileSync(file, entry.content, { mode: 0o600 })
    }
    return true
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error
    rmSync(inside, { recursive: true, force: true })
    log.warn({ image, reason: String(error) }, 'the prepared database cannot be read')
    return false
  }
}
