/**
 * npm run rotate-keys [-- --secrets | --signing-key | --revoke-now]
 *
 * Encrypts every secret of the database under the first key of LATCHKEY_MASTER_KEY, so that the others can be left out, and
 * replaces the key that signs access tokens; with an option only the one or the other. `--revoke-now` is for a key of tokens that
 * leaked: it signs no more, and every bearer token and browser session that it signed ends at the next request. Interrupted, it
 * is run again. Reads the same environment variables as the server. On PostgreSQL servers run on meanwhile, provided that they were started with the
 * same master keys; the embedded database opens only while no server has it.
 */
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Config } from '../src/config.ts'
import { assertOpensDatabase, loadMasterKey } from '../src/store/master-key.ts'
import type { Database } from '../src/store/open.ts'
import { resealSecrets } from '../src/store/reseal-secrets.ts'
import { createSecretBox } from '../src/store/secret-box.ts'
import { loadSigningKeys } from '../src/store/signing-keys.ts'
import { complain, onDatabase, UsageError } from './operator.ts'

const USAGE = 'usage: npm run rotate-keys [-- --secrets | --signing-key | --revoke-now]'
const clock = () => new Date()

try {
  const what = readOptions()
  await onDatabase((database, config) => rotate(what, database, config))
} catch (error) {
  complain(error)
}

async function rotate(
  what: ReturnType<typeof readOptions>,
  { db, pool }: Database,
  { masterKey: fromEnvironment, dataDir }: Config,
): Promise<void> {
  const ring = loadMasterKey({ fromEnvironment, dataDir }).deriveKeys('secrets')
  await assertOpensDatabase(pool, ring)
  const secrets = createSecretBox(ring, randomBytes)
  if (what.secrets) {
    const kinds = await resealSecrets({ pool, secrets }, ring.current)
    const counts = kinds.map(({ what: kind, resealed }) => `${kind} ${resealed}`).join(', ')
    console.log(`Encrypted anew under master key ${ring.current}: ${counts}.`)
    const unreadable = kinds.filter((kind) => kind.unreadable > 0)
    if (unreadable.length > 0) {
      const left = unreadable.map(({ what: kind, unreadable: count }) => `${kind} ${count}`).join(', ')
      console.error(`Damaged, and left as they are: ${left}. Their master keys are needed until they are deleted.`)
      process.exitCode = 1
    } else if (ring.keys.size > 1) {
      console.log(
        'The other master keys are needed for 36 hours more: until then there are temporary credentials under them.',
      )
    }
  }
  if (what.revokeNow) {
    const { kid, revoked } = await (await loadSigningKeys({ db, clock, secrets })).revoke()
    console.log(
      `Revoked signing keys: ${revoked.join(', ')}. All that they signed is refused from the next request on; ${kid} signs now.`,
    )
  } else if (what.signingKey) {
    const { kid, signsFrom } = await (await loadSigningKeys({ db, clock, secrets })).rotate()
    console.log(
      `Published signing key ${kid}; it signs from ${signsFrom.toISOString()}. Tokens of the key before stay valid until they expire.`,
    )
  }
}

function readOptions() {
  const { secrets = false, 'signing-key': signingKey = false, 'revoke-now': revokeNow = false } = parsed()
  const all = !secrets && !signingKey && !revokeNow
  return { secrets: secrets || all, signingKey: signingKey || all, revokeNow }
}

function parsed() {
  const flag = { type: 'boolean' } as const
  try {
    return parseArgs({ options: { secrets: flag, 'signing-key': flag, 'revoke-now': flag } }).values
  } catch {
    throw new UsageError(USAGE)
  }
}
