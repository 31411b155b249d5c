import type { Policy } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { findOwnPolicy } from './find-policy.ts'
import { attachmentsIn, boundaryUsesIn, POLICY_USES } from './policy-uses.ts'

export interface DeletePolicyInput {
  readonly policyArn: string
}

/**
 * Deletes a policy with its last version and returns the row that was. Throws NoSuchEntity, AccessDenied (built in),
 * DeleteConflict (attached, used as a boundary, or more than one version), ValidationError.
 */
export async function deletePolicy(call: Call, { policyArn }: DeletePolicyInput): Promise<Policy> {
  checkConstraints({ policyArn })
  return await change(call, { policyArn }, async (tx) => {
    const { accountId, id } = await findOwnPolicy(tx, call.principal.accountId, policyArn)
    const where = { accountId_id: { accountId, id } }
    const { _count } = await tx.policy.findUniqueOrThrow({
      where,
      select: { _count: { select: { ...POLICY_USES, versions: true } } },
    })
    if (attachmentsIn(_count) + boundaryUsesIn(_count) > 0) {
      throw new IamError('DeleteConflict', 'Cannot delete a policy attached to entities.')
    }
    if (_count.versions > 1) {
      throw new IamError(
        'DeleteConflict',
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      )
    }
    return await tx.policy.delete({ where })
  })
}
