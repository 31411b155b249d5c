import type { Role } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { deleteConflict } from '../errors.ts'
import { findRole } from './find-role.ts'
import { checkModifiable } from './protected-role.ts'

export interface DeleteRoleInput {
  readonly roleName: string
}

/** What must be gone before a role can be deleted, in the order in which it is reported, and how IAM names it. */
const BLOCKERS = [
  ['instanceProfiles', 'remove roles from instance profile'],
  ['inlinePolicies', 'delete policies'],
  ['attachedPolicies', 'detach all policies'],
] as const

/**
 * Deletes a role and returns the row that was. Sessions do not keep it and end with it, also when a role of the same name is
 * made afterwards. Throws NoSuchEntity, UnmodifiableEntity, DeleteConflict,
 * ValidationError.
 */
export async function deleteRole(call: Call, { roleName }: DeleteRoleInput): Promise<Role> {
  checkConstraints({ roleName })
  return await change(call, { roleName }, async (tx) => {
    const found = await findRole(tx, call.principal.accountId, roleName)
    checkModifiable(found)
    const { accountId, id } = found
    const where = { accountId_id: { accountId, id } }
    const { _count } = await tx.role.findUniqueOrThrow({
      where,
      select: { _count: { select: { instanceProfiles: true, inlinePolicies: true, attachedPolicies: true } } },
    })
    for (const [what, todo] of BLOCKERS) {
      if (_count[what] > 0) throw deleteConflict(todo)
    }
    return await tx.role.delete({ where })
  })
}
