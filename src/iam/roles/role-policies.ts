import type { RolePolicy } from '../../generated/prisma/client.ts'
import { policySize } from '../../policy/index.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { checkDocument } from '../policies/check-document.ts'
import { checkQuota } from '../quotas.ts'
import { findRole } from './find-role.ts'

export interface PutRolePolicyInput {
  readonly roleName: string
  readonly policyName: string
  /** The text, kept as it is. */
  readonly policyDocument: string
}

export interface DeleteRolePolicyInput {
  readonly roleName: string
  readonly policyName: string
}

/**
 * Writes an inline policy of a role, or overwrites the one of that name; the name keeps the case that it was created with.
 * Throws NoSuchEntity, MalformedPolicyDocument, LimitExceeded (all inline policies of the role together), ValidationError.
 */
export async function putRolePolicy(call: Call, input: PutRolePolicyInput): Promise<RolePolicy> {
  const { roleName, policyName, policyDocument } = input
  checkConstraints({ roleName, policyName, policyDocument })
  return await change(call, { roleName, policyName, policyDocument }, async (tx) => {
    const { accountId, id: roleId, name } = await findRole(tx, call.principal.accountId, roleName)
    checkDocument(policyDocument, 'inline')

    const key = { accountId, roleId, nameKey: policyName.toLowerCase() }
    const others = await tx.rolePolicy.findMany({
      where: { accountId, roleId, nameKey: { not: key.nameKey } },
      select: { document: true },
    })
    const size = others.reduce((sum, { document }) => sum + policySize(document), policySize(policyDocument))
    checkQuota('InlinePolicySizePerRole', size, name)

    const written = { document: policyDocument, updatedAt: call.clock() }
    return await tx.rolePolicy.upsert({
      where: { accountId_roleId_nameKey: key },
      create: { ...key, name: policyName, ...written },
      update: written,
    })
  })
}

/** Deletes an inline policy of a role and returns the row that was. Throws NoSuchEntity, ValidationError. */
export async function deleteRolePolicy(
  call: Call,
  { roleName, policyName }: DeleteRolePolicyInput,
): Promise<RolePolicy> {
  checkConstraints({ roleName, policyName })
  return await change(call, { roleName, policyName }, async (tx) => {
    const { accountId, id: roleId } = await findRole(tx, call.principal.accountId, roleName)
    const where = { accountId_roleId_nameKey: { accountId, roleId, nameKey: policyName.toLowerCase() } }
    if ((await tx.rolePolicy.findUnique({ where, select: { nameKey: true } })) === null) {
      throw new IamError('NoSuchEntity', `The role policy with name ${policyName} cannot be found.`)
    }
    return await tx.rolePolicy.delete({ where })
  })
}
