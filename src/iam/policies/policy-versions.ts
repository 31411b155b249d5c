import type { Policy, PolicyVersion } from '../../generated/prisma/client.ts'
import type { Call, Tx } from '../call.ts'
import type { AuditDetail } from '../audit-entry.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { checkQuota } from '../quotas.ts'
import { checkManagedDocument } from './create-policy.ts'
import { findOwnPolicy } from './find-policy.ts'

export interface CreatePolicyVersionInput {
  readonly policyArn: string
  readonly policyDocument: string
  /** Without it the new text is stored but not in force. */
  readonly setAsDefault?: boolean | null
}

export interface PolicyVersionInput {
  readonly policyArn: string
  /** `v1`, `v2`… */
  readonly versionId: string
}

/** A larger number cannot be in the database, whose column has 32 bits. */
const LARGEST_NUMBER = 2 ** 31 - 1

/** `v3` for the third version. */
export function versionIdOf(number: number): string {
  return `v${number}`
}

/**
 * Adds a version to a policy. Throws NoSuchEntity, LimitExceeded (versions, size), MalformedPolicyDocument, ValidationError.
 */
export async function createPolicyVersion(call: Call, input: CreatePolicyVersionInput): Promise<PolicyVersion> {
  const { policyArn, policyDocument } = input
  const setAsDefault = input.setAsDefault ?? false
  checkConstraints({ policyArn, policyDocument })
  const detail: AuditDetail & { versionId: string | null } = {
    policyArn,
    policyDocument,
    setAsDefault,
    // Known only at the end; the event is written after the work.
    versionId: null,
  }
  return await change(call, detail, async (tx) => {
    const { accountId, id, latestVersion } = await findOwnPolicy(tx, call.principal.accountId, policyArn)
    checkQuota('VersionsPerPolicy', (await tx.policyVersion.count({ where: { accountId, policyId: id } })) + 1)
    checkManagedDocument(policyDocument)
    const number = latestVersion + 1
    const createdAt = call.clock()
    const version = await tx.policyVersion.create({
      data: { accountId, policyId: id, number, document: policyDocument, createdAt },
    })
    await tx.policy.update({
      where: { accountId_id: { accountId, id } },
      data: { latestVersion: number, updatedAt: createdAt, ...(setAsDefault ? { defaultVersion: number } : {}) },
    })
    detail.versionId = versionIdOf(number)
    return version
  })
}

/** Puts another version in force wherever the policy is attached. Throws NoSuchEntity, ValidationError. */
export async function setDefaultPolicyVersion(
  call: Call,
  { policyArn, versionId }: PolicyVersionInput,
): Promise<Policy> {
  checkConstraints({ policyArn, versionId })
  return await change(call, { policyArn, versionId }, async (tx) => {
    const policy = await findOwnPolicy(tx, call.principal.accountId, policyArn)
    const { accountId, policyId, number } = await findVersion(tx, policy, policyArn, versionId)
    return await tx.policy.update({
      where: { accountId_id: { accountId, id: policyId } },
      data: { defaultVersion: number },
    })
  })
}

/** Deletes a version that is not in force. Throws NoSuchEntity, DeleteConflict (the default version), ValidationError. */
export async function deletePolicyVersion(
  call: Call,
  { policyArn, versionId }: PolicyVersionInput,
): Promise<PolicyVersion> {
  checkConstraints({ policyArn, versionId })
  return await change(call, { policyArn, versionId }, async (tx) => {
    const policy = await findOwnPolicy(tx, call.principal.accountId, policyArn)
    const { accountId, policyId, number } = await findVersion(tx, policy, policyArn, versionId)
    if (number === policy.defaultVersion) {
      throw new IamError('DeleteConflict', 'Cannot delete the default version of a policy.')
    }
    return await tx.policyVersion.delete({ where: { accountId_policyId_number: { accountId, policyId, number } } })
  })
}

/** Throws NoSuchEntity. */
export async function findVersion(
  tx: Tx,
  { accountId, id }: Policy,
  arn: string,
  versionId: string,
): Promise<PolicyVersion> {
  // IAM lets a suffix pass the check of the parameter, but gives no version one.
  const number = /^v\d+$/.test(versionId) ? Number(versionId.slice(1)) : Number.POSITIVE_INFINITY
  const version =
    number > LARGEST_NUMBER
      ? null
      : await tx.policyVersion.findUnique({ where: { accountId_policyId_number: { accountId, policyId: id, number } } })
  if (version === null) {
    throw new IamError('NoSuchEntity', `Policy ${arn} version ${versionId} does not exist or is not attachable.`)
  }
  return version
}
