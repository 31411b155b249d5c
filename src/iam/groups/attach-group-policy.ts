import type { Group, Policy } from '../../generated/prisma/client.ts'
import type { Call, Tx } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { findPolicy, policyNotAttachable, policyNotFound } from '../policies/find-policy.ts'
import { checkQuota } from '../quotas.ts'
import { findGroup } from './find-group.ts'

export interface GroupPolicyAttachmentInput {
  readonly groupName: string
  readonly policyArn: string
}

export interface AttachedGroupPolicy {
  readonly group: Group
  readonly policy: Policy
}

/**
 * Attaches a managed policy to a group; once more does nothing. Throws NoSuchEntity (group, policy), LimitExceeded,
 * ValidationError.
 */
export async function attachGroupPolicy(call: Call, input: GroupPolicyAttachmentInput): Promise<AttachedGroupPolicy> {
  const { groupName, policyArn } = input
  checkConstraints({ groupName, policyArn })
  return await change(call, { groupName, policyArn }, async (tx) => {
    const group = await findGroup(tx, call.principal.accountId, groupName)
    const policy = await findPolicy(tx, group.accountId, policyArn, policyNotAttachable)
    if (!(await isAttached(tx, group, policy))) {
      const owner = { accountId: group.accountId, groupId: group.id }
      checkQuota('PoliciesPerGroup', (await tx.groupPolicyAttachment.count({ where: owner })) + 1)
      await tx.groupPolicyAttachment.create({ data: { ...owner, policyId: policy.id, attachedAt: call.clock() } })
    }
    return { group, policy }
  })
}

/** Detaches a managed policy from a group. Throws NoSuchEntity (group, policy, not attached), ValidationError. */
export async function detachGroupPolicy(call: Call, input: GroupPolicyAttachmentInput): Promise<AttachedGroupPolicy> {
  const { groupName, policyArn } = input
  checkConstraints({ groupName, policyArn })
  return await change(call, { groupName, policyArn }, async (tx) => {
    const group = await findGroup(tx, call.principal.accountId, groupName)
    const policy = await findPolicy(tx, group.accountId, policyArn)
    if (!(await isAttached(tx, group, policy))) throw policyNotFound(policyArn)
    await tx.groupPolicyAttachment.delete({ where: attachmentKey(group, policy) })
    return { group, policy }
  })
}

async function isAttached(tx: Tx, group: Group, policy: Policy): Promise<boolean> {
  return (await tx.groupPolicyAttachment.findUnique({ where: attachmentKey(group, policy) })) !== null
}

function attachmentKey(group: Group, policy: Policy) {
  return { accountId_groupId_policyId: { accountId: group.accountId, groupId: group.id, policyId: policy.id } }
}
