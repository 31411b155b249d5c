import { chmodSync, lstatSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** Group and others. */
const OTHERS = 0o077
const GROUP_READS = 0o040
/** Windows has no such modes: there the access list of the folder is all that counts, and nothing here looks at it. */
const HAS_MODES = process.platform !== 'win32'

/** What holds the installation's secrets can be read or written by other users of the machine. One line for the operator. */
export class OpenToOthersError extends Error {
  override readonly name = 'OpenToOthersError'

  constructor(file: string, mode: number, mend: string) {
    super(
      `${file} is open to other users of this machine (mode ${(mode & 0o777).toString(8).padStart(4, '0')}). Close it: ${mend}`,
    )
  }
}

/** Whatever this process makes from now on is its user's alone. The first thing that a program does that opens a database. */
export function keepFilesPrivate(): void {
  if (HAS_MODES) process.umask(OTHERS)
}

/**
 * Refuses a data directory, or the master key in it, that is open to others: who can write there replaces the database, and who
 * can read the key opens every secret. It is not closed in silence, because what stood open may have been read. What does not
 * exist yet is nobody's.
 *
 * Throws OpenToOthersError.
 */
export function assertPrivate(dataDir: string): void {
  if (!HAS_MODES) return
  const mend = `chmod -R go-rwx ${quoted(dataDir)}`
  for (const file of [dataDir, path.join(dataDir, 'master.key')]) {
    const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0
    if ((mode & OTHERS) !== 0) throw new OpenToOthersError(file, mode, mend)
  }
}

/**
 * The same for the file of a private key that lies elsewhere; of a link, for what it leads to. The group may read one that belongs to
 * root, which is how a secret of Kubernetes (`fsGroup`) and Debian's group ssl-cert hand it to a server that is not root; the rule is
 * that of PostgreSQL's ssl_key_file. Throws OpenToOthersError.
 */
export function assertPrivateKey(file: string): void {
  const found = HAS_MODES ? statSync(file, { throwIfNoEntry: false }) : undefined
  if (found === undefined) return
  const forbidden = found.uid === 0 ? OTHERS & ~GROUP_READS : OTHERS
  if ((found.mode & forbidden) !== 0) throw new OpenToOthersError(file, found.mode, `chmod go-rwx ${quoted(file)}`)
}

/**
 * Takes the rights of others from all that is in a directory which they could not enter: what is unpacked from the prepared
 * database comes as 0666, and earlier releases left it so. Links are left alone; there is nothing behind them of ours.
 *
 * @returns how many files and directories were mended
 */
export function closeToOthers(directory: string): number {
  if (!HAS_MODES) return 0
  const inside = readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((name) => path.join(directory, name))
  return [directory, ...inside].filter((file) => {
    const entry = lstatSync(file)
    if (entry.isSymbolicLink() || (entry.mode & OTHERS) === 0) return false
    chmodSync(file, entry.isDirectory() ? 0o700 : 0o600)
    return true
  }).length
}

/** As a shell takes it. */
function quoted(file: string): string {
  return /^[\w@%+=:,./-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`
}
