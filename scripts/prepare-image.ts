/** Prepares the database that the first embedded start loads: dist/pglite-image-<key>.tar.gz. Does nothing when it is there. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buildDatabaseImage } from '../src/store/database-image.ts'
import { preparedImagePath } from '../src/store/embedded-database.ts'
import { readMigrations } from '../src/store/migrations-folder.ts'

const migrations = readMigrations()
const image = preparedImagePath(migrations)

if (!existsSync(image)) {
  const folder = path.dirname(image)
  mkdirSync(folder, { recursive: true })
  const unfinished = `${image}.${process.pid}`
  writeFileSync(unfinished, await buildDatabaseImage(migrations))
  for (const name of readdirSync(folder)) if (/^pglite-image-\w+\.tar\.gz$/.test(name)) rmSync(path.join(folder, name))
  renameSync(unfinished, image)
  console.log(`wrote ${path.relative(process.cwd(), image)}`)
}
