import { randomBytes } from 'node:crypto'
import type { Config } from '../config.ts'
import type { Database } from '../store/open.ts'
import { resealSecrets } from '../store/reseal-secrets.ts'
import { createSecretBox } from '../store/secret-box.ts'
import { loadSigningKeys } from '../store/signing-keys.ts'
import type { Surroundings } from './command.ts'
import { onDatabase, openKeys } from './on-database.ts'

const clock = () => new Date()

interface Wanted {
  readonly secrets: boolean
  readonly 'signing-key': boolean
  readonly 'revoke-now': boolean
}

/** Both when nothing is wanted; 1 when secrets were left that no key opens. */
export function rotateKeys(wanted: Wanted, around: Surroundings): Promise<number> {
  const { secrets, 'signing-key': signingKey, 'revoke-now': revokeNow } = wanted
  const all = !secrets && !signingKey && !revokeNow
  const what = { secrets: secrets || all, signingKey: signingKey || all, revokeNow }
  return onDatabase(around, (database, config) => rotate(what, database, config, around))
}

async function rotate(
  what: { readonly secrets: boolean; readonly signingKey: boolean; readonly revokeNow: boolean },
  { db, pool }: Database,
  config: Config,
  { out, err }: Surroundings,
): Promise<number> {
  const say = (line: string) => void out.write(`${line}\n`)
  let exitCode = 0
  const ring = await openKeys({ pool }, config)
  const secrets = createSecretBox(ring, randomBytes)
  if (what.secrets) {
    const kinds = await resealSecrets({ pool, secrets }, ring.current)
    const counts = kinds.map(({ what: kind, resealed }) => `${kind} ${resealed}`).join(', ')
    say(`Encrypted anew under master key ${ring.current}: ${counts}.`)
    const unreadable = kinds.filter((kind) => kind.unreadable > 0)
    if (unreadable.length > 0) {
      const left = unreadable.map(({ what: kind, unreadable: count }) => `${kind} ${count}`).join(', ')
      err.write(`Damaged, and left as they are: ${left}. Their master keys are needed until they are deleted.\n`)
      exitCode = 1
    } else if (ring.keys.size > 1) {
      say('The other master keys are needed for 36 hours more: until then there are temporary credentials under them.')
    }
  }
  if (what.revokeNow) {
    const { kid, revoked } = await (await loadSigningKeys({ db, clock, secrets })).revoke()
    say(
      `Revoked signing keys: ${revoked.join(', ')}. All that they signed is refused from the next request on; ${kid} signs now.`,
    )
  } else if (what.signingKey) {
    const { kid, signsFrom } = await (await loadSigningKeys({ db, clock, secrets })).rotate()
    say(
      `Published signing key ${kid}; it signs from ${signsFrom.toISOString()}. Tokens of the key before stay valid until they expire.`,
    )
  }
  return exitCode
}
