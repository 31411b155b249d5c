import { rotateKeys as rotate, tellOfKeys } from '../store/rotate-keys.ts'
import { version } from '../version.ts'
import type { Surroundings } from './command.ts'
import { onDatabase, openKeys } from './on-database.ts'

interface Wanted {
  readonly status: boolean
  readonly secrets: boolean
  readonly 'signing-key': boolean
  readonly 'revoke-now': boolean
}

/** Secrets and signing key when nothing is wanted; 1 when secrets were left that no key opens. */
export function rotateKeys(wanted: Wanted, around: Surroundings): Promise<number> {
  const { status, secrets, 'signing-key': signingKey, 'revoke-now': revokeNow } = wanted
  const all = !secrets && !signingKey && !revokeNow
  const what = { secrets: secrets || all, signingKey: signingKey || all, revokeNow }
  return onDatabase(around, async (database, config) => {
    const parts = {
      database,
      ring: await openKeys(database, config),
      version: version(),
      tell: (line: string) => void around.out.write(`${line}\n`),
      complain: (line: string) => void around.err.write(`${line}\n`),
    }
    if (!status) return (await rotate(what, parts)) ? 0 : 1
    await tellOfKeys(parts)
    return 0
  })
}
