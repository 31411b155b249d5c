import type { GroupPolicy } from '../../generated/prisma/client.ts'
import { policySize } from '../../policy/index.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { checkDocument } from '../policies/check-document.ts'
import { checkQuota } from '../quotas.ts'
import { findGroup } from './find-group.ts'

export interface PutGroupPolicyInput {
  readonly groupName: string
  readonly policyName: string
  /** The text, kept as it is. */
  readonly policyDocument: string
}

export interface DeleteGroupPolicyInput {
  readonly groupName: string
  readonly policyName: string
}

/**
 * Writes an inline policy of a group, or overwrites the one of that name; the name keeps the case that it was created with.
 * Throws NoSuchEntity, MalformedPolicyDocument, LimitExceeded (all inline policies of the group together), ValidationError.
 */
export async function putGroupPolicy(call: Call, input: PutGroupPolicyInput): Promise<GroupPolicy> {
  const { groupName, policyName, policyDocument } = input
  checkConstraints({ groupName, policyName, policyDocument })
  return await change(call, { groupName, policyName, policyDocument }, async (tx) => {
    const { accountId, id: groupId, name } = await findGroup(tx, call.principal.accountId, groupName)
    checkDocument(policyDocument, 'inline')

    const key = { accountId, groupId, nameKey: policyName.toLowerCase() }
    const others = await tx.groupPolicy.findMany({
      where: { accountId, groupId, nameKey: { not: key.nameKey } },
      select: { document: true },
    })
    const size = others.reduce((sum, { document }) => sum + policySize(document), policySize(policyDocument))
    checkQuota('InlinePolicySizePerGroup', size, name)

    const written = { document: policyDocument, updatedAt: call.clock() }
    return await tx.groupPolicy.upsert({
      where: { accountId_groupId_nameKey: key },
      create: { ...key, name: policyName, ...written },
      update: written,
    })
  })
}

/** Deletes an inline policy of a group and returns the row that was. Throws NoSuchEntity, ValidationError. */
export async function deleteGroupPolicy(
  call: Call,
  { groupName, policyName }: DeleteGroupPolicyInput,
): Promise<GroupPolicy> {
  checkConstraints({ groupName, policyName })
  return await change(call, { groupName, policyName }, async (tx) => {
    const { accountId, id: groupId } = await findGroup(tx, call.principal.accountId, groupName)
    const where = { accountId_groupId_nameKey: { accountId, groupId, nameKey: policyName.toLowerCase() } }
    if ((await tx.groupPolicy.findUnique({ where, select: { nameKey: true } })) === null) {
      throw new IamError('NoSuchEntity', `The group policy with name ${policyName} cannot be found.`)
    }
    return await tx.groupPolicy.delete({ where })
  })
}
