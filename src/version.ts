import { readFileSync } from 'node:fs'
import path from 'node:path'
import { PACKAGE_ROOT } from './store/migrations-folder.ts'

let known: string | undefined

/** Of this package, as its manifest has it. */
export function version(): string {
  return (known ??= String(
    Reflect.get(Object(JSON.parse(readFileSync(path.join(PACKAGE_ROOT, 'package.json'), 'utf8'))), 'version'),
  ))
}
