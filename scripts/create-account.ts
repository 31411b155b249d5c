/**
 * npm run create-account -- --email <address of its root user> [--account-id <12 digits>] [--alias <name>]
 *
 * Makes a further account in this installation. The password of its root user is taken from LATCHKEY_ROOT_PASSWORD, or else
 * made up, printed once, and has to be changed at the first sign-in. Reads the same environment variables as the server; the embedded database opens only while no
 * server has it.
 */
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { hashPassword } from '../src/authn/password/index.ts'
import { BUILT_IN_POLICIES } from '../src/iam/policies/built-in/index.ts'
import { AccountTakenError, createAccount } from '../src/store/bootstrap.ts'
import { complain, onDatabase, UsageError } from './operator.ts'

const USAGE =
  'usage: npm run create-account -- --email <address of its root user> [--account-id <12 digits>] [--alias <name>]'

try {
  const options = readOptions()
  await onDatabase(async ({ db }, { rootPassword }) => {
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
      throw error instanceof AccountTakenError ? new UsageError(error.message) : error
    })
    console.log(`Made account ${accountId}; its root user signs in as ${rootEmail}.`)
    if (generatedPassword !== null)
      console.log(`Password, shown this once, to be changed at the first sign-in: ${generatedPassword}`)
  })
} catch (error) {
  complain(error)
}

function readOptions() {
  const { email = '', 'account-id': accountId = null, alias = null } = parsed()
  const valid =
    /^[^\s@]+@[^\s@]+$/.test(email) &&
    (accountId === null || /^\d{12}$/.test(accountId)) &&
    // IAM's rules for an alias, which must not be taken for an account id.
    (alias === null || (/^[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]$/.test(alias) && !/^\d{12}$/.test(alias)))
  if (!valid) throw new UsageError(USAGE)
  return { rootEmail: email, accountId, alias }
}

function parsed() {
  const text = { type: 'string' } as const
  try {
    return parseArgs({ options: { email: text, 'account-id': text, alias: text } }).values
  } catch {
    throw new UsageError(USAGE)
  }
}
