import type { Policy } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { checkTagKeys, checkTags, describeTags, type TagInput } from '../tags/tag-rules.ts'
import { tagsOfPolicy, writeTags } from '../tags/write-tags.ts'
import { findOwnPolicy } from './find-policy.ts'

export interface TagPolicyInput {
  readonly policyArn: string
  readonly tags: readonly TagInput[]
}

export interface UntagPolicyInput {
  readonly policyArn: string
  readonly tagKeys: readonly string[]
}

/**
 * Adds or replaces tags of a managed policy. Throws NoSuchEntity, AccessDenied (built in), LimitExceeded, InvalidInput, ValidationError.
 */
export async function tagPolicy(call: Call, { policyArn, tags }: TagPolicyInput): Promise<Policy> {
  checkConstraints({ policyArn })
  checkTags(tags, 'case-sensitive')
  return await change(call, { policyArn, tags: describeTags(tags) }, async (tx) => {
    const policy = await findOwnPolicy(tx, call.principal.accountId, policyArn)
    await writeTags(tagsOfPolicy(tx, policy), tags)
    return policy
  })
}

/**
 * Takes tags away from a managed policy; keys that are not there are ignored. Throws NoSuchEntity, AccessDenied (built in),
 * ValidationError.
 */
export async function untagPolicy(call: Call, { policyArn, tagKeys }: UntagPolicyInput): Promise<Policy> {
  checkConstraints({ policyArn })
  checkTagKeys(tagKeys)
  return await change(call, { policyArn, tagKeys }, async (tx) => {
    const policy = await findOwnPolicy(tx, call.principal.accountId, policyArn)
    await tagsOfPolicy(tx, policy).remove(tagKeys)
    return policy
  })
}
