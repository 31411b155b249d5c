import { randomBytes } from 'node:crypto'
import { hashPassword } from '../authn/password/index.ts'
import { NobodyToRecoverError, recoverPerson } from '../iam/recovery/recover-person.ts'
import { RefusedError, type Surroundings, UsageError } from './command.ts'
import { onDatabase } from './on-database.ts'

interface Wanted {
  readonly account: string
  /** Null for root. */
  readonly user: string | null
  readonly password: boolean
  readonly mfa: boolean
}

/** Runs reset-root or recover-user: a new password unless only `mfa` is wanted. */
export async function recover({ account, user, password: wanted, mfa }: Wanted, around: Surroundings): Promise<void> {
  if (!/^\d{12}$/.test(account)) throw new UsageError(`--account ${account} is not 12 digits`)
  const input = { accountId: account, userName: user, password: wanted || !mfa, mfa }
  const say = (line: string) => void around.out.write(`${line}\n`)
  await onDatabase(around, async ({ db }) => {
    const services = { db, clock: () => new Date(), random: randomBytes, hashPassword }
    const { arn, email, password, deletedDevices, activeAccessKeys } = await recoverPerson(services, input).catch(
      (error: unknown) => {
        throw error instanceof NobodyToRecoverError ? new RefusedError(error.message) : error
      },
    )
    say(`All sessions of ${arn} are ended${email === null ? '' : `; it signs in as ${email}`}.`)
    if (input.mfa) say(`MFA devices deleted: ${deletedDevices.join(', ') || 'there were none'}.`)
    if (password !== null) say(`Password, shown this once, to be changed at the first sign-in: ${password}`)
    if (activeAccessKeys > 0)
      say(`Access keys that are active and stay so: ${activeAccessKeys}. Look at them when you are signed in.`)
  })
}
