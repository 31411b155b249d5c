import type { Prisma, Role } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { findRole } from './find-role.ts'
import { checkModifiable } from './protected-role.ts'
import { storableTrustPolicy } from './trust-policy.ts'

export interface UpdateRoleInput {
  readonly roleName: string
  readonly description?: string | null
  /** Seconds, 3,600 to 43,200. */
  readonly maxSessionDuration?: number | null
}

/**
 * Changes what is given and leaves the rest; running sessions keep their time. Of a service-linked role only the description changes.
 * Throws NoSuchEntity, UnmodifiableEntity, ValidationError.
 */
export async function updateRole(call: Call, input: UpdateRoleInput): Promise<Role> {
  const { roleName, description, maxSessionDuration } = input
  checkConstraints({ roleName, roleDescription: description, maxSessionDuration })
  const data: Prisma.RoleUpdateInput = {
    ...(description != null && { description }),
    ...(maxSessionDuration != null && { maxSessionDuration }),
  }
  const detail = { roleName, description: description ?? null, maxSessionDuration: maxSessionDuration ?? null }
  return await change(call, detail, async (tx) => {
    const found = await findRole(tx, call.principal.accountId, roleName)
    if (maxSessionDuration != null) checkModifiable(found)
    const { accountId, id } = found
    return await tx.role.update({ where: { accountId_id: { accountId, id } }, data })
  })
}

export interface UpdateRoleDescriptionInput {
  readonly roleName: string
  readonly description: string
}

/** The older way to write a description. Throws NoSuchEntity, ValidationError. */
export async function updateRoleDescription(call: Call, input: UpdateRoleDescriptionInput): Promise<Role> {
  return await updateRole(call, { roleName: input.roleName, description: input.description })
}

export interface UpdateAssumeRolePolicyInput {
  readonly roleName: string
  /** The trust policy, which replaces the former one. */
  readonly policyDocument: string
}

/**
 * Replaces the trust policy of a role; running sessions are not affected. Throws NoSuchEntity, UnmodifiableEntity,
 * MalformedPolicyDocument, LimitExceeded, ValidationError.
 */
export async function updateAssumeRolePolicy(call: Call, input: UpdateAssumeRolePolicyInput): Promise<Role> {
  const { roleName, policyDocument } = input
  checkConstraints({ roleName, policyDocument })
  return await change(call, { roleName, policyDocument }, async (tx) => {
    const found = await findRole(tx, call.principal.accountId, roleName)
    checkModifiable(found)
    const { accountId, id } = found
    const trustPolicy = await storableTrustPolicy(tx, accountId, policyDocument)
    return await tx.role.update({ where: { accountId_id: { accountId, id } }, data: { trustPolicy } })
  })
}
