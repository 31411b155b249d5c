import { ConfigError } from './config.ts'
import { ListenError } from './http/listening.ts'
import { CommonPasswordError } from './store/bootstrap.ts'
import { BackupError } from './store/backup/backup-error.ts'
import { ControlError } from './store/control-channel.ts'
import { DirectoryInUseError } from './store/directory-lock.ts'
import { MasterKeyError } from './store/master-key.ts'
import { MigrationError } from './store/migrate.ts'
import { DatabaseUnavailableError } from './store/database-unavailable.ts'
import { OpenToOthersError } from './store/private-files.ts'
import { DatabaseDamagedError, DatabaseMissingError, NoDatabaseError } from './store/whole-database.ts'
import { TlsFilesError } from './tls-files.ts'

/** What an operator can put right, by server and commands alike; everything else is a fault of ours, whose stack is shown or logged. */
const OPERATORS_ERRORS = [
  BackupError,
  CommonPasswordError,
  ConfigError,
  ControlError,
  DatabaseDamagedError,
  DatabaseMissingError,
  DatabaseUnavailableError,
  DirectoryInUseError,
  ListenError,
  MasterKeyError,
  MigrationError,
  NoDatabaseError,
  OpenToOthersError,
  TlsFilesError,
]

type Environment = Readonly<Record<string, string | undefined>>

/** What to tell the operator of an error, in one line with a remedy; null when it is a fault of ours. */
export function operatorsLine(error: unknown, env: Environment): string | null {
  if (isSystemError(error)) return describeSystemError(error, env)
  const known = error instanceof Error && OPERATORS_ERRORS.some((type) => error instanceof type)
  return known ? error.message : null
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

function describeSystemError({ code, syscall, message, path: file }: NodeJS.ErrnoException, env: Environment): string {
  if (syscall !== 'listen') return describeFileError({ code, path: file, message })
  const reasons: Record<string, string> = {
    EADDRINUSE: 'is in use by another process',
    EACCES: 'may not be used by this user',
    EADDRNOTAVAIL: 'is not an address of this machine',
  }
  const { HOST = '127.0.0.1', PORT = '4000' } = env
  return `HOST=${HOST} PORT=${PORT} ${reasons[code ?? ''] ?? `cannot be listened on (${code})`}.`
}

/** What keeps the data directory from being written, and what to do. */
function describeFileError({
  code,
  path: file,
  message,
}: Pick<NodeJS.ErrnoException, 'code' | 'path' | 'message'>): string {
  const remedies: Record<string, string> = {
    EACCES: 'may not be used by this user: give it the right, or choose another LATCHKEY_DATA_DIR',
    EDQUOT: 'cannot be written, the quota of the disk is used up: free some space',
    EEXIST: 'is a file and no directory: move it away, or choose another LATCHKEY_DATA_DIR',
    ENOSPC: 'cannot be written, the disk is full: free some space',
    ENOTDIR: 'goes through a file that is no directory: choose another LATCHKEY_DATA_DIR',
    EROFS: 'is on a file system that is read-only: make it writable, or choose another LATCHKEY_DATA_DIR',
  }
  const remedy = remedies[code ?? '']
  return remedy === undefined ? message : `${file ?? 'The data directory'} ${remedy}.`
}
