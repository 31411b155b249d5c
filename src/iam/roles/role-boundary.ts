import type { Role } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { boundaryNotFound, findPolicy } from '../policies/find-policy.ts'
import { findRole } from './find-role.ts'

export interface PutRolePermissionsBoundaryInput {
  readonly roleName: string
  /** ARN of a customer managed policy. */
  readonly permissionsBoundary: string
}

export interface DeleteRolePermissionsBoundaryInput {
  readonly roleName: string
}

/** Limits what the role can ever do; replaces the former boundary. Throws NoSuchEntity (role, policy), ValidationError. */
export async function putRolePermissionsBoundary(call: Call, input: PutRolePermissionsBoundaryInput): Promise<Role> {
  const { roleName, permissionsBoundary } = input
  checkConstraints({ roleName, permissionsBoundary })
  return await change(call, { roleName, permissionsBoundary }, async (tx) => {
    const { accountId, id } = await findRole(tx, call.principal.accountId, roleName)
    const boundary = await findPolicy(tx, accountId, permissionsBoundary, boundaryNotFound)
    return await tx.role.update({
      where: { accountId_id: { accountId, id } },
      data: { boundaryPolicyId: boundary.id },
    })
  })
}

/** Takes the boundary away, which can widen what the role may do. Throws NoSuchEntity (role, boundary), ValidationError. */
export async function deleteRolePermissionsBoundary(
  call: Call,
  { roleName }: DeleteRolePermissionsBoundaryInput,
): Promise<Role> {
  checkConstraints({ roleName })
  return await change(call, { roleName }, async (tx) => {
    const { accountId, id, boundaryPolicyId } = await findRole(tx, call.principal.accountId, roleName)
    if (boundaryPolicyId === null)
      throw new IamError('NoSuchEntity', `Role ${roleName} does not have a permissions boundary.`)
    return await tx.role.update({ where: { accountId_id: { accountId, id } }, data: { boundaryPolicyId: null } })
  })
}
