import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The package's own folder: `src/store` and `dist/store` are equally deep in it. */
export const PACKAGE_ROOT = path.join(import.meta.dirname, '../..')
const PRISMA_FOLDER = path.join(PACKAGE_ROOT, 'prisma')
export const MIGRATIONS_FOLDER = path.join(PRISMA_FOLDER, 'migrations')

export interface Migration {
  /** The folder's name; names sort in the order in which migrations apply. */
  readonly name: string
  readonly sql: string
}

/** The migrations that this version ships, oldest first. */
export function readMigrations(): readonly Migration[] {
  return readdirSync(MIGRATIONS_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, sql: readFileSync(path.join(MIGRATIONS_FOLDER, name, 'migration.sql'), 'utf8') }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

export function readPrismaSchema(): string {
  return readFileSync(path.join(PRISMA_FOLDER, 'schema.prisma'), 'utf8')
}

/** Whether `checksum` (SHA-256, hexadecimal, as Prisma records it) is that of `sql`, with either kind of line ending. */
export function hasChecksum(sql: string, checksum: string): boolean {
  const unix = sql.replaceAll('\r\n', '\n')
  return [sql, unix, unix.replaceAll('\n', '\r\n')].some((text) => sha256(text) === checksum)
}

/** Names a prepared database image: it fits exactly these migrations and this build of PGlite. */
export function imageKey(migrations: readonly Migration[]): string {
  const pglite = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')),
    '../package.json',
  )
  return sha256(JSON.stringify([readFileSync(pglite, 'utf8'), migrations])).slice(0, 16)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
