import { ConfigError } from './config.ts'
import { ListenError } from './http/listening.ts'
import { CommonPasswordError } from './store/bootstrap.ts'
import { DirectoryInUseError } from './store/directory-lock.ts'
import { MasterKeyError } from './store/master-key.ts'
import { MigrationError } from './store/migrate.ts'
import { DatabaseUnavailableError } from './store/open.ts'
import { OpenToOthersError } from './store/private-files.ts'
import { DatabaseDamagedError, DatabaseMissingError } from './store/whole-database.ts'
import { TlsFilesError } from './tls-files.ts'

/** What an operator can put right, by server and commands alike; everything else is a fault of ours, whose stack is shown or logged. */
export const OPERATORS_ERRORS = [
  CommonPasswordError,
  ConfigError,
  DatabaseDamagedError,
  DatabaseMissingError,
  DatabaseUnavailableError,
  DirectoryInUseError,
  ListenError,
  MasterKeyError,
  MigrationError,
  OpenToOthersError,
  TlsFilesError,
]
