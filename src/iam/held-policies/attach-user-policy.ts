import type { Policy, User } from '../../generated/prisma/client.ts'
import type { Call, Tx } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { findPolicy, policyNotAttachable, policyNotFound } from '../policies/find-policy.ts'
import { checkQuota } from '../quotas.ts'
import { findUser } from '../users/find-user.ts'

export interface UserPolicyAttachmentInput {
  readonly userName: string
  readonly policyArn: string
}

export interface AttachedUserPolicy {
  readonly user: User
  readonly policy: Policy
}

/**
 * Attaches a managed policy to a user; once more does nothing. Throws NoSuchEntity (user, policy), LimitExceeded,
 * ValidationError. IAM's PolicyNotAttachable is for policies of services; every policy here can be attached.
 */
export async function attachUserPolicy(call: Call, input: UserPolicyAttachmentInput): Promise<AttachedUserPolicy> {
  const { userName, policyArn } = input
  checkConstraints({ userName, policyArn })
  return await change(call, { userName, policyArn }, async (tx) => {
    const user = await findUser(tx, call.principal.accountId, userName)
    const policy = await findPolicy(tx, user.accountId, policyArn, policyNotAttachable)
    if (!(await isAttached(tx, user, policy))) {
      const owner = { accountId: user.accountId, userId: user.id }
      checkQuota('PoliciesPerUser', (await tx.userPolicyAttachment.count({ where: owner })) + 1)
      await tx.userPolicyAttachment.create({ data: { ...owner, policyId: policy.id, attachedAt: call.clock() } })
    }
    return { user, policy }
  })
}

/** Detaches a managed policy from a user. Throws NoSuchEntity (user, policy, not attached), ValidationError. */
export async function detachUserPolicy(call: Call, input: UserPolicyAttachmentInput): Promise<AttachedUserPolicy> {
  const { userName, policyArn } = input
  checkConstraints({ userName, policyArn })
  return await change(call, { userName, policyArn }, async (tx) => {
    const user = await findUser(tx, call.principal.accountId, userName)
    const policy = await findPolicy(tx, user.accountId, policyArn)
    if (!(await isAttached(tx, user, policy))) throw policyNotFound(policyArn)
    await tx.userPolicyAttachment.delete({ where: attachmentKey(user, policy) })
    return { user, policy }
  })
}

async function isAttached(tx: Tx, user: User, policy: Policy): Promise<boolean> {
  return (await tx.userPolicyAttachment.findUnique({ where: attachmentKey(user, policy) })) !== null
}

function attachmentKey(user: User, policy: Policy) {
  return { accountId_userId_policyId: { accountId: user.accountId, userId: user.id, policyId: policy.id } }
}
