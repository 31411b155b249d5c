import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** Of this package. The folder is equally deep in `src` and in `dist`. */
export function packageVersion(): string {
  const file = path.join(import.meta.dirname, '../../package.json')
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version
}
