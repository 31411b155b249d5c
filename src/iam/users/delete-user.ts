import type { User } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { deleteConflict } from '../errors.ts'
import { findUser } from './find-user.ts'

export interface DeleteUserInput {
  readonly userName: string
}

/** What must be gone before a user can be deleted, in the order in which it is reported, and how IAM names it. */
const BLOCKERS = [
  ['loginProfile', 'delete login profile'],
  ['accessKeys', 'delete access keys'],
  ['mfaDevices', 'delete MFA device'],
  ['inlinePolicies', 'delete policies'],
  ['attachedPolicies', 'detach all policies'],
  ['groups', 'remove users from group'],
  ['signingCertificates', 'delete certificates'],
  ['sshPublicKeys', 'remove referenced objects'],
  ['serviceCredentials', 'remove referenced objects'],
] as const

/**
 * Deletes a user and returns the row that was. Nothing that gives or proves permissions is deleted along: it must be removed
 * first (DeleteConflict). Tags and the boundary do not block; sessions end. Throws NoSuchEntity, DeleteConflict.
 */
export async function deleteUser(call: Call, { userName }: DeleteUserInput): Promise<User> {
  checkConstraints({ userName })
  return await change(call, { userName }, async (tx) => {
    const { accountId, id } = await findUser(tx, call.principal.accountId, userName)
    const { loginProfile, _count } = await tx.user.findUniqueOrThrow({
      where: { accountId_id: { accountId, id } },
      select: {
        loginProfile: { select: { userId: true } },
        _count: {
          select: {
            accessKeys: true,
            mfaDevices: true,
            inlinePolicies: true,
            attachedPolicies: true,
            groups: true,
            serviceCredentials: true,
            signingCertificates: true,
            sshPublicKeys: true,
          },
        },
      },
    })
    const present = { ..._count, loginProfile: loginProfile === null ? 0 : 1 }
    for (const [what, todo] of BLOCKERS) {
      if (present[what] > 0) throw deleteConflict(todo)
    }
    await tx.clientToken.deleteMany({ where: { accountId, callerId: id } })
    return await tx.user.delete({ where: { accountId_id: { accountId, id } } })
  })
}
