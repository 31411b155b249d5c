import type { UserPolicy } from '../../generated/prisma/client.ts'
import { policySize } from '../../policy/index.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { checkDocument } from '../policies/check-document.ts'
import { checkQuota } from '../quotas.ts'
import { findUser } from '../users/find-user.ts'

export interface PutUserPolicyInput {
  readonly userName: string
  readonly policyName: string
  /** The text, kept as it is. */
  readonly policyDocument: string
}

export interface DeleteUserPolicyInput {
  readonly userName: string
  readonly policyName: string
}

/**
 * Writes an inline policy of a user, or overwrites the one of that name; the name keeps the case that it was created with.
 * Throws NoSuchEntity, MalformedPolicyDocument, LimitExceeded (all inline policies of the user together), ValidationError.
 */
export async function putUserPolicy(call: Call, input: PutUserPolicyInput): Promise<UserPolicy> {
  const { userName, policyName, policyDocument } = input
  checkConstraints({ userName, policyName, policyDocument })
  return await change(call, { userName, policyName, policyDocument }, async (tx) => {
    const user = await findUser(tx, call.principal.accountId, userName)
    checkDocument(policyDocument, 'inline')

    const key = { accountId: user.accountId, userId: user.id, nameKey: policyName.toLowerCase() }
    const others = await tx.userPolicy.findMany({
      where: { accountId: user.accountId, userId: user.id, nameKey: { not: key.nameKey } },
      select: { document: true },
    })
    const size = others.reduce((sum, { document }) => sum + policySize(document), policySize(policyDocument))
    checkQuota('InlinePolicySizePerUser', size, user.name)

    const written = { document: policyDocument, updatedAt: call.clock() }
    return await tx.userPolicy.upsert({
      where: { accountId_userId_nameKey: key },
      create: { ...key, name: policyName, ...written },
      update: written,
    })
  })
}

/** Deletes an inline policy of a user and returns the row that was. Throws NoSuchEntity, ValidationError. */
export async function deleteUserPolicy(
  call: Call,
  { userName, policyName }: DeleteUserPolicyInput,
): Promise<UserPolicy> {
  checkConstraints({ userName, policyName })
  return await change(call, { userName, policyName }, async (tx) => {
    const user = await findUser(tx, call.principal.accountId, userName)
    const where = {
      accountId_userId_nameKey: { accountId: user.accountId, userId: user.id, nameKey: policyName.toLowerCase() },
    }
    if ((await tx.userPolicy.findUnique({ where, select: { nameKey: true } })) === null) {
      throw new IamError('NoSuchEntity', `The user policy with name ${policyName} cannot be found.`)
    }
    return await tx.userPolicy.delete({ where })
  })
}
