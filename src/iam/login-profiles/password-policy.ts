import { checkDefaultPasswordPolicy } from '../../authn/password/index.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/**
 * Holds a new password against the policy of an account that has set none of its own: IAM's built-in default, which also
 * refuses the account's names and the root user's e-mail address. Throws PasswordPolicyViolation.
 */
export async function checkPasswordPolicy(tx: Tx, accountId: string, password: string): Promise<void> {
  const account = await tx.account.findUniqueOrThrow({
    where: { id: accountId },
    select: { alias: true, users: { where: { root: true }, select: { email: true } } },
  })
  const names = [accountId, account.alias, ...account.users.map(({ email }) => email)]
  const violation = checkDefaultPasswordPolicy(
    password,
    names.filter((name) => name !== null),
  )
  if (violation !== null) throw new IamError('PasswordPolicyViolation', violation)
}
