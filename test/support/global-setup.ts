import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildDatabaseImage } from '../../src/store/database-image.ts'
import { imageKey, PACKAGE_ROOT, readMigrations } from '../../src/store/migrations-folder.ts'

const CACHE = path.join(PACKAGE_ROOT, 'node_modules/.cache/latchkey')

/** Builds, once per set of migrations, the migrated and empty database that every worker loads. */
export default async function setup(project: TestProject): Promise<void> {
  const migrations = readMigrations()
  const image = path.join(CACHE, `test-database-${imageKey(migrations)}.tar.gz`)
  if (!existsSync(image)) {
    mkdirSync(CACHE, { recursive: true })
    // Another run may be building it too: the file appears whole or not at all.
    const unfinished = `${image}.${process.pid}`
    writeFileSync(unfinished, await buildDatabaseImage(migrations))
    renameSync(unfinished, image)
  }
  project.provide('databaseImage', image)
}

declare module 'vitest' {
  interface ProvidedContext {
    databaseImage: string
  }
}
