import { Prisma } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { lockUser } from '../sessions/lock-user.ts'
import { bucket } from '../throttle/limits.ts'
import { refund, reserve } from '../throttle/reserve.ts'
import { isRootElsewhere, proveOwnPassword } from './own-password.ts'

export interface UpdateRootEmailInput {
  readonly email: string
  readonly password: string
}

/**
 * Changes the address that root signs in with, and answers it as it is kept: in lower case. For root itself, in a session that
 * began with the password. Throws AccessDenied (password), InvalidUserType (anybody else), EntityAlreadyExists (the root user of an
 * account of this installation has it), PasswordPolicyViolation (it is the password), Throttling, ValidationError.
 */
export async function updateRootEmail(call: Call, input: UpdateRootEmailInput): Promise<{ readonly email: string }> {
  checkConstraints(input)
  const { accountId, id, kind } = call.principal
  const email = input.email.toLowerCase()
  // Each try could tell whether an address is that of another account's root user: until one is taken they are counted.
  const attempts = [bucket('rootEmail', accountId)]
  await reserve(call, attempts)
  const { right, passwordHash } = await proveOwnPassword(call, input.password)
  const former = await call.db.user.findUnique({ where: { accountId_id: { accountId, id } }, select: { email: true } })
  await change(call, { email, formerEmail: former?.email ?? null }, async (tx) => {
    if (kind !== 'root' || isRootElsewhere(call))
      throw new IamError('InvalidUserType', 'Only the root user, signed in with its password, can change its address')
    const root = await lockUser(tx, accountId, id)
    if (root === null || !right || root.loginProfile?.passwordHash !== passwordHash)
      throw new IamError('AccessDenied', 'The password was incorrect.')
    if (email === input.password.toLowerCase())
      throw new IamError('PasswordPolicyViolation', 'The address must not be the password.')
    await tx.user.update({ where: { accountId_id: { accountId, id } }, data: { email } }).catch((error: unknown) => {
      // Addresses are unique in the whole installation, which the lock of one account does not cover.
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
        throw new IamError('EntityAlreadyExists', 'This address cannot be used.')
      throw error
    })
  })
  await refund(call, attempts)
  return { email }
}
