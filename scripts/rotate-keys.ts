/**
 * npm run rotate-keys [-- --status | --secrets | --signing-key | --revoke-now]
 *
 * Encrypts every secret of the database under the first key of LATCHKEY_MASTER_KEY, so that the others can be left out, and
 * replaces the key that signs access tokens; with an option only the one or the other. Refused while a gateway does not encrypt with
 * that key yet. `--status` shows who works on the database with which keys, and changes nothing. `--revoke-now` is for a key of
 * tokens that leaked: it signs no more, and every bearer token and browser session that it signed ends at the next request.
 * Interrupted, it is run again. Reads the same environment variables as the server. On PostgreSQL servers run on meanwhile; the
 * embedded database opens only while no server has it.
 */
import { parseArgs } from 'node:util'
import { loadMasterKey } from '../src/store/master-key.ts'
import { rotateKeys, tellOfKeys } from '../src/store/rotate-keys.ts'
import { version } from '../src/version.ts'
import { complain, onDatabase, UsageError } from './operator.ts'

const USAGE = 'usage: npm run rotate-keys [-- --status | --secrets | --signing-key | --revoke-now]'

try {
  const {
    status = false,
    secrets = false,
    'signing-key': signingKey = false,
    'revoke-now': revokeNow = false,
  } = parsed()
  const all = !secrets && !signingKey && !revokeNow
  const what = { secrets: secrets || all, signingKey: signingKey || all, revokeNow }
  await onDatabase(async (database, { masterKey: fromEnvironment, dataDir }) => {
    const ring = loadMasterKey({ fromEnvironment, dataDir }).deriveKeys('secrets')
    const parts = { database, ring, version: version(), tell: console.log, complain: console.error }
    if (status) await tellOfKeys(parts)
    else if (!(await rotateKeys(what, parts))) process.exitCode = 1
  })
} catch (error) {
  complain(error)
}

function parsed() {
  const flag = { type: 'boolean' } as const
  try {
    return parseArgs({ options: { status: flag, secrets: flag, 'signing-key': flag, 'revoke-now': flag } }).values
  } catch {
    throw new UsageError(USAGE)
  }
}
