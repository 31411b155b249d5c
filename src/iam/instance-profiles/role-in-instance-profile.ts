import type { InstanceProfile } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { checkQuota } from '../quotas.ts'
import { findRole } from '../roles/find-role.ts'
import { findInstanceProfile } from './find-instance-profile.ts'

export interface RoleInInstanceProfileInput {
  readonly instanceProfileName: string
  readonly roleName: string
}

/**
 * Puts a role into an instance profile that has none: there is one at most, also of the same name. Throws NoSuchEntity (profile,
 * role), LimitExceeded, ValidationError.
 */
export async function addRoleToInstanceProfile(
  call: Call,
  { instanceProfileName, roleName }: RoleInInstanceProfileInput,
): Promise<InstanceProfile> {
  checkConstraints({ instanceProfileName, roleName })
  return await change(call, { instanceProfileName, roleName }, async (tx) => {
    const { accountId, id, roleId } = await findInstanceProfile(tx, call.principal.accountId, instanceProfileName)
    const role = await findRole(tx, accountId, roleName)
    checkQuota('InstanceSessionsPerInstanceProfile', roleId === null ? 1 : 2)
    return await tx.instanceProfile.update({ where: { accountId_id: { accountId, id } }, data: { roleId: role.id } })
  })
}

/** Takes the role out of an instance profile. Throws NoSuchEntity (profile, role, not in it), ValidationError. */
export async function removeRoleFromInstanceProfile(
  call: Call,
  { instanceProfileName, roleName }: RoleInInstanceProfileInput,
): Promise<InstanceProfile> {
  checkConstraints({ instanceProfileName, roleName })
  return await change(call, { instanceProfileName, roleName }, async (tx) => {
    const { accountId, id, roleId } = await findInstanceProfile(tx, call.principal.accountId, instanceProfileName)
    const role = await findRole(tx, accountId, roleName)
    if (roleId !== role.id) {
      throw new IamError(
        'NoSuchEntity',
        `Role with name ${roleName} is not in the Instance Profile ${instanceProfileName}.`,
      )
    }
    return await tx.instanceProfile.update({ where: { accountId_id: { accountId, id } }, data: { roleId: null } })
  })
}
