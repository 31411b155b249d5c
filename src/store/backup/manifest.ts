import { z } from 'zod'
import { BackupError } from './backup-error.ts'

export const MANIFEST = 'manifest.json'
const FORMAT = 1

/** What a backup may hold: nothing else is ever written where it is restored. */
const MEMBER = /^(?:database\.dump|pg(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+)+)$/

/** What is in a backup, written before everything else. */
export const Manifest = z.object({
  format: z.literal(FORMAT),
  product: z.literal('latchkey'),
  /** The version of Latchkey that took it. */
  version: z.string(),
  takenAt: z.iso.datetime(),
  database: z.enum(['embedded', 'postgresql']),
  serverVersion: z.string(),
  /** Applied migrations, oldest first: the last one is the level. */
  migrations: z.array(z.string()),
  /** What opens its secrets, and is not in it. */
  masterKeyIds: z.array(z.string().regex(/^[0-9a-f]{8}$/)),
  accounts: z.array(z.string()),
  auditEvents: z.int(),
  /** Empty ones too: PostgreSQL does not start without them. */
  directories: z.array(z.string().regex(MEMBER)),
  members: z.array(
    z.object({
      name: z.string().regex(MEMBER),
      size: z.int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
})
export type Manifest = z.infer<typeof Manifest>
export type Member = Manifest['members'][number]

/** Throws BackupError when the text is no manifest, or one of a format that this version does not know. */
export function readManifest(text: string, file: string): Manifest {
  const given = parsed(text)
  const format = z.object({ product: z.literal('latchkey'), format: z.int(), version: z.string() }).safeParse(given)
  if (!format.success) throw new BackupError(`${file} is no backup of Latchkey.`)
  if (format.data.format !== FORMAT)
    throw new BackupError(
      `${file} was taken by Latchkey ${format.data.version} in a form that this version does not know: restore it with that version.`,
    )
  const manifest = Manifest.safeParse(given)
  if (!manifest.success) throw new BackupError(`The manifest of ${file} is damaged: take another backup.`)
  return manifest.data
}

/** Throws BackupError when the database of the backup is ahead of this version of Latchkey. */
export function assertKnown(manifest: Manifest, known: readonly string[], file: string): void {
  const newer = manifest.migrations.filter((name) => !known.includes(name))
  if (newer.length > 0)
    throw new BackupError(
      `${file} was taken by Latchkey ${manifest.version} and has migrations that this version does not know (${newer.join(', ')}): restore it with that version.`,
    )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
