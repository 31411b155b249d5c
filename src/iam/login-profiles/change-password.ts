import { hashPassword, owaspCost } from '../../authn/password/index.ts'
import { addressGroup } from '../../budget/index.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { endPasswordSessions } from '../sessions/end-sessions.ts'
import { lockUser } from '../sessions/lock-user.ts'
import { userNotFound } from '../users/find-user.ts'
import { loginProfileNotFound, ownSession } from './login-profiles.ts'
import { passwordExpired } from '../password-policy/password-age.ts'
import { isRootElsewhere, proveOwnPassword } from './own-password.ts'
import { prepareReuseCheck, rememberPassword } from './password-history.ts'
import { checkPasswordPolicy } from './password-policy.ts'

export interface ChangePasswordInput {
  readonly oldPassword: string
  readonly newPassword: string
}

/**
 * Changes the caller's own password, also while a change is demanded, and ends the caller's other password sessions. Throws
 * AccessDenied (old password, or expired for good), PasswordPolicyViolation, InvalidUserType (root but in a session that began with
 * the password, as at AWS), NoSuchEntity, Throttling, ValidationError.
 */
export async function changePassword(call: Call, { oldPassword, newPassword }: ChangePasswordInput): Promise<void> {
  checkConstraints({ oldPassword, newPassword })
  const { accountId, id, name } = call.principal
  const where = { accountId_userId: { accountId, userId: id } }
  const from = addressGroup(call.request.sourceIp)
  const { right: oldIsRight, passwordHash: verified } = await proveOwnPassword(call, oldPassword)
  const passwordHash = await hashPassword(newPassword, owaspCost, from)
  const reused = await prepareReuseCheck(call.db, { accountId, id }, newPassword, from)

  await change(call, { userName: name }, async (tx) => {
    if (isRootElsewhere(call)) throw new IamError('InvalidUserType', 'Only IAM Users can change their own password')
    const user = await lockUser(tx, accountId, id)
    if (user === null) throw userNotFound(name ?? id)
    if (user.loginProfile === null) throw loginProfileNotFound(user.name)
    if (!oldIsRight || user.loginProfile.passwordHash !== verified)
      throw new IamError('AccessDenied', 'The old password was incorrect.')
    const at = call.clock()
    if (user.account.passwordPolicy?.hardExpiry === true && passwordExpired(user, at))
      throw new IamError('AccessDenied', 'The password has expired. An administrator must set a new one.', {
        passwordResetByAdministratorRequired: true,
      })
    await checkPasswordPolicy(tx, user, newPassword, reused)
    // A demanded change that changes nothing would leave the password with whoever handed it out.
    if (newPassword.normalize('NFC') === oldPassword.normalize('NFC'))
      throw new IamError('PasswordPolicyViolation', 'The new password must not be the same as the current password.')
    await rememberPassword(tx, user, user.loginProfile.passwordHash, at)
    await tx.loginProfile.update({ where, data: { passwordHash, passwordResetRequired: false, passwordChangedAt: at } })
    await endPasswordSessions(tx, user, at, ownSession(call, user))
  })
}
