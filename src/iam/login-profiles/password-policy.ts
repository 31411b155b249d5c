import {
  checkDefaultPasswordPolicy,
  checkPasswordRules,
  commonPassword,
  isCommonPassword,
  passwordPolicyViolation,
} from '../../authn/password/index.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'
import { type ReuseCheck, refusedHashes } from './password-history.ts'

/**
 * Holds a new password against the account's policy: its own one, or IAM's built-in default, which also refuses the account's
 * names and the root user's e-mail address. Root is always under the default, and under no rule about former passwords, as at AWS.
 * Passwords that anybody would try are refused under every policy. Throws PasswordPolicyViolation.
 *
 * @param reused tells whether the password was used before; prepared before the account was locked
 */
export async function checkPasswordPolicy(
  tx: Tx,
  user: { readonly accountId: string; readonly id: string; readonly name: string; readonly root: boolean },
  password: string,
  reused: ReuseCheck,
): Promise<void> {
  const account = await tx.account.findUniqueOrThrow({
    where: { id: user.accountId },
    select: { alias: true, passwordPolicy: true, users: { where: { root: true }, select: { email: true } } },
  })
  const names = [user.accountId, account.alias, ...account.users.map(({ email }) => email)].filter(
    (name) => name !== null,
  )
  const violation =
    account.passwordPolicy === null || user.root
      ? checkDefaultPasswordPolicy(password, names)
      : checkPasswordRules(password, account.passwordPolicy)
  if (violation !== null) throw new IamError('PasswordPolicyViolation', violation)
  if (await isCommonPassword(password, user.root ? names : [user.name]))
    throw new IamError('PasswordPolicyViolation', commonPassword)
  if (!user.root && (await reused(await refusedHashes(tx, user))))
    throw new IamError('PasswordPolicyViolation', passwordPolicyViolation)
}
