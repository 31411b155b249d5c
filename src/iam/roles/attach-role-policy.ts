import type { Role, Policy } from '../../generated/prisma/client.ts'
import type { Call, Tx } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { findPolicy, policyNotAttachable, policyNotFound } from '../policies/find-policy.ts'
import { checkQuota } from '../quotas.ts'
import { findRole } from './find-role.ts'

export interface RolePolicyAttachmentInput {
  readonly roleName: string
  readonly policyArn: string
}

export interface AttachedRolePolicy {
  readonly role: Role
  readonly policy: Policy
}

/**
 * Attaches a managed policy to a role; once more does nothing. Throws NoSuchEntity (role, policy), LimitExceeded,
 * ValidationError.
 */
export async function attachRolePolicy(call: Call, input: RolePolicyAttachmentInput): Promise<AttachedRolePolicy> {
  const { roleName, policyArn } = input
  checkConstraints({ roleName, policyArn })
  return await change(call, { roleName, policyArn }, async (tx) => {
    const role = await findRole(tx, call.principal.accountId, roleName)
    const policy = await findPolicy(tx, role.accountId, policyArn, policyNotAttachable)
    if (!(await isAttached(tx, role, policy))) {
      const owner = { accountId: role.accountId, roleId: role.id }
      checkQuota('PoliciesPerRole', (await tx.rolePolicyAttachment.count({ where: owner })) + 1)
      await tx.rolePolicyAttachment.create({ data: { ...owner, policyId: policy.id, attachedAt: call.clock() } })
    }
    return { role, policy }
  })
}

/** Detaches a managed policy from a role. Throws NoSuchEntity (role, policy, not attached), ValidationError. */
export async function detachRolePolicy(call: Call, input: RolePolicyAttachmentInput): Promise<AttachedRolePolicy> {
  const { roleName, policyArn } = input
  checkConstraints({ roleName, policyArn })
  return await change(call, { roleName, policyArn }, async (tx) => {
    const role = await findRole(tx, call.principal.accountId, roleName)
    const policy = await findPolicy(tx, role.accountId, policyArn)
    if (!(await isAttached(tx, role, policy))) throw policyNotFound(policyArn)
    await tx.rolePolicyAttachment.delete({ where: attachmentKey(role, policy) })
    return { role, policy }
  })
}

async function isAttached(tx: Tx, role: Role, policy: Policy): Promise<boolean> {
  return (await tx.rolePolicyAttachment.findUnique({ where: attachmentKey(role, policy) })) !== null
}

function attachmentKey(role: Role, policy: Policy) {
  return { accountId_roleId_policyId: { accountId: role.accountId, roleId: role.id, policyId: policy.id } }
}
