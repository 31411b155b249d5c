import { instanceProfileArn } from '../../authn/arn.ts'
import type { Role } from '../../generated/prisma/client.ts'
import type { Call, Tx } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { uuidv7 } from '../identifiers.ts'
import { findRole } from '../roles/find-role.ts'
import { isServiceLinked } from '../roles/protected-role.ts'
import { deletionTaskId } from './deletion-task.ts'

export interface DeleteServiceLinkedRoleInput {
  readonly roleName: string
}

const DAY = 24 * 60 * 60 * 1000
/** How long it can be asked what became of a deletion. */
const KEPT_FOR = 7 * DAY

/**
 * Deletes the role of a service, with what it was given before it was protected; its sessions end with it. There is nobody to
 * wait for: the task has ended when its id is returned, and what became of it is asked with that id. It fails while the role is in
 * an instance profile. Throws NoSuchEntity, InvalidInput (a role of no service), ValidationError.
 */
export async function deleteServiceLinkedRole(
  call: Call,
  { roleName }: DeleteServiceLinkedRoleInput,
): Promise<{ readonly deletionTaskId: string }> {
  checkConstraints({ roleName })
  const id = uuidv7(call.clock(), call.random)
  return await change(call, { roleName, deletionTask: id }, async (tx) => {
    const { accountId } = call.principal
    const role = await findRole(tx, accountId, roleName)
    if (!isServiceLinked(role))
      throw new IamError('InvalidInput', `The role ${role.name} is not a service-linked role.`)
    const usedBy = await usersOf(tx, role)
    if (usedBy.length === 0) await deleteWhole(tx, role)
    const submittedAt = call.clock()
    await tx.serviceLinkedRoleDeletion.deleteMany({
      where: { accountId, submittedAt: { lt: new Date(submittedAt.getTime() - KEPT_FOR) } },
    })
    await tx.serviceLinkedRoleDeletion.create({
      data: { accountId, id, roleName: role.name, path: role.path, submittedAt, usedBy: [...usedBy] },
    })
    return { deletionTaskId: deletionTaskId({ id, name: role.name, path: role.path }) }
  })
}

/** ARNs of what still has the role. */
async function usersOf(tx: Tx, { accountId, id: roleId }: Role): Promise<readonly string[]> {
  const profiles = await tx.instanceProfile.findMany({ where: { accountId, roleId }, orderBy: { nameKey: 'asc' } })
  return profiles.map((profile) => instanceProfileArn(profile))
}

/** Roles of this path from before they were protected may have policies. */
async function deleteWhole(tx: Tx, { accountId, id }: Role): Promise<void> {
  await tx.rolePolicy.deleteMany({ where: { accountId, roleId: id } })
  await tx.rolePolicyAttachment.deleteMany({ where: { accountId, roleId: id } })
  await tx.role.delete({ where: { accountId_id: { accountId, id } } })
}
