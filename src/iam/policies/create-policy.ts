import type { Policy } from '../../generated/prisma/client.ts'
import { policySize } from '../../policy/index.ts'
import { policyArn } from '../../authn/arn.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { uniqueId } from '../identifiers.ts'
import { checkQuota } from '../quotas.ts'
import { checkTags, describeTags, type TagInput } from '../tags/tag-rules.ts'
import { tagsOf, writeTags } from '../tags/write-tags.ts'
import { checkDocument } from './check-document.ts'

export interface CreatePolicyInput {
  readonly policyName: string
  readonly path?: string | null
  /** The text, kept as it is. */
  readonly policyDocument: string
  /** Cannot be changed later. */
  readonly description?: string | null
  readonly tags?: readonly TagInput[] | null
}

/**
 * Creates a customer managed policy whose version 1 is in force. A single bad tag refuses the whole. Throws
 * EntityAlreadyExists, LimitExceeded (size, policies of the account), MalformedPolicyDocument, InvalidInput, ValidationError.
 */
export async function createPolicy(call: Call, input: CreatePolicyInput): Promise<Policy> {
  const { policyName, policyDocument } = input
  const tags = input.tags ?? []
  checkConstraints({ policyName, policyPath: input.path, policyDocument, policyDescription: input.description })
  checkTags(tags, 'policy')
  const { accountId } = call.principal
  const path = input.path ?? '/'
  const description = input.description || null
  const id = uniqueId('ANPA', call.random)
  const detail = {
    policyArn: policyArn({ accountId, path, name: policyName }),
    policyId: id,
    policyDocument,
    description,
    tags: describeTags(tags),
  }
  return await change(call, detail, async (tx) => {
    const nameKey = policyName.toLowerCase()
    if ((await tx.policy.count({ where: { accountId, nameKey } })) > 0) {
      throw new IamError(
        'EntityAlreadyExists',
        `A policy called ${policyName} already exists. Duplicate names are not allowed.`,
      )
    }
    checkQuota('PoliciesPerAccount', (await tx.policy.count({ where: { accountId, builtIn: false } })) + 1)
    checkManagedDocument(policyDocument)
    const createdAt = call.clock()
    const policy = await tx.policy.create({
      data: {
        accountId,
        id,
        name: policyName,
        nameKey,
        path,
        description,
        createdAt,
        updatedAt: createdAt,
        versions: { create: { number: 1, document: policyDocument, createdAt } },
      },
    })
    await writeTags(tagsOf(tx, 'policy', accountId, policy.id), tags)
    return policy
  })
}

/** Throws MalformedPolicyDocument, or LimitExceeded when the text is too long for a managed policy. */
export function checkManagedDocument(text: string): void {
  checkDocument(text, 'managed')
  checkQuota('PolicySize', policySize(text))
}
