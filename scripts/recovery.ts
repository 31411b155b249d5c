import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { hashPassword } from '../src/authn/password/index.ts'
import { NobodyToRecoverError, recoverPerson } from '../src/iam/recovery/recover-person.ts'
import { complain, onDatabase, UsageError } from './operator.ts'

/** Runs reset-root or recover-user as its arguments say: a new password unless only `--mfa` is given. */
export async function recover(usage: string, { named }: { readonly named: boolean }): Promise<void> {
  try {
    const input = readOptions(usage, named)
    await onDatabase(async ({ db }) => {
      const services = { db, clock: () => new Date(), random: randomBytes, hashPassword }
      const { arn, email, password, deletedDevices, activeAccessKeys } = await recoverPerson(services, input).catch(
        (error: unknown) => {
          throw error instanceof NobodyToRecoverError ? new UsageError(error.message) : error
        },
      )
      console.log(`All sessions of ${arn} are ended${email === null ? '' : `; it signs in as ${email}`}.`)
      if (input.mfa) console.log(`MFA devices deleted: ${deletedDevices.join(', ') || 'there were none'}.`)
      if (password !== null) console.log(`Password, shown this once, to be changed at the first sign-in: ${password}`)
      if (activeAccessKeys > 0)
        console.log(
          `Access keys that are active and stay so: ${activeAccessKeys}. Look at them when you are signed in.`,
        )
    })
  } catch (error) {
    complain(error)
  }
}

function readOptions(usage: string, named: boolean) {
  const { account = '', user = null, password = false, mfa = false } = parsed(usage, named)
  if (!/^\d{12}$/.test(account) || (named && !user)) throw new UsageError(usage)
  return { accountId: account, userName: named ? user : null, password: password || !mfa, mfa }
}

function parsed(usage: string, named: boolean) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  try {
    const { user, ...values } = parseArgs({ options: { account: text, user: text, password: flag, mfa: flag } }).values
    if (!named && user !== undefined) throw new UsageError(usage)
    return { ...values, ...(user !== undefined && { user }) }
  } catch {
    throw new UsageError(usage)
  }
}
