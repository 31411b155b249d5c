import { randomBytes } from 'node:crypto'
import { hashPassword } from '../authn/password/index.ts'
import { BUILT_IN_POLICIES } from '../iam/policies/built-in/index.ts'
import { AccountTakenError, createAccount } from '../store/bootstrap.ts'
import { RefusedError, type Surroundings, UsageError } from './command.ts'
import { onDatabase } from './on-database.ts'

interface Wanted {
  readonly email: string
  readonly 'account-id': string | undefined
  readonly alias: string | undefined
}

/** Makes a further account; the password of its root user is printed unless LATCHKEY_ROOT_PASSWORD gave it. */
export async function createFurtherAccount(wanted: Wanted, around: Surroundings): Promise<void> {
  const options = checked(wanted)
  await onDatabase(around, async ({ db }, { rootPassword }) => {
    const services = {
      db,
      clock: () => new Date(),
      random: randomBytes,
      hashPassword,
      builtInPolicies: BUILT_IN_POLICIES,
    }
    const { accountId, rootEmail, generatedPassword } = await createAccount({
      ...services,
      ...options,
      rootPassword,
    }).catch((error: unknown) => {
      throw error instanceof AccountTakenError ? new RefusedError(error.message) : error
    })
    around.out.write(`Made account ${accountId}; its root user signs in as ${rootEmail}.\n`)
    if (generatedPassword !== null)
      around.out.write(`Password, shown this once, to be changed at the first sign-in: ${generatedPassword}\n`)
  })
}

function checked({ email, ...wanted }: Wanted) {
  const accountId = wanted['account-id'] ?? null
  const alias = wanted.alias ?? null
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new UsageError(`--email ${email} is no e-mail address`)
  if (accountId !== null && !/^\d{12}$/.test(accountId))
    throw new UsageError(`--account-id ${accountId} is not 12 digits`)
  // IAM's rules for an alias, which must not be taken for an account id.
  if (alias !== null && (!/^[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]$/.test(alias) || /^\d{12}$/.test(alias)))
    throw new UsageError(`--alias ${alias} is not 3 to 63 lower-case letters, digits and single hyphens`)
  return { rootEmail: email, accountId, alias }
}
