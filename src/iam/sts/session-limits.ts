import type { SessionLimits, SessionTag } from '../../authn/principal.ts'
import { printPolicy } from '../../policy/index.ts'
import type { Tx } from '../call.ts'
import { lengthErrors, throwBroken, throwViolations, violationsOf } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { checkDocument } from '../policies/check-document.ts'
import { findPolicy, policyNotAttachable } from '../policies/find-policy.ts'
import { checkTagTexts, DUPLICATE_KEYS, foldTagKey, hasDuplicateKeys, type TagInput } from '../tags/tag-rules.ts'

/** What a caller may pass along with temporary credentials. */
export interface SessionLimitsInput {
  /** A policy that limits the session; it grants nothing. */
  readonly policy?: string | null
  /** Managed policies that do the same. */
  readonly policyArns?: readonly string[] | null
  readonly tags?: readonly TagInput[] | null
  /** Keys of `tags` that follow into roles that the session assumes. */
  readonly transitiveTagKeys?: readonly string[] | null
}

const POLICY = { min: 1, max: 2048 }
const POLICY_ARNS = { min: 0, max: 10 }
/** Bytes that policies and tags may take in a token. Tokens travel in headers, which servers and proxies limit. */
const PACKED_LIMIT = 4096

/**
 * Checks what is passed along by itself. Throws ValidationError, MalformedPolicyDocument, InvalidInput, and
 * InvalidParameterValue where STS has that for IAM's InvalidInput.
 *
 * @param inherited transitive tags of the calling session, which cannot be overridden
 */
export function checkSessionLimits(input: SessionLimitsInput, inherited: readonly SessionTag[]): void {
  const { policy, policyArns, tags, transitiveTagKeys } = input
  throwBroken([
    ...(policy == null ? [] : lengthErrors('policy', policy, POLICY)),
    ...(policyArns == null ? [] : lengthErrors('policyArns', policyArns, POLICY_ARNS)),
  ])
  checkPolicyArns(policyArns ?? [])
  checkTagTexts(tags ?? [])
  if (hasDuplicateKeys(tags ?? [])) throw new IamError('InvalidParameterValue', DUPLICATE_KEYS)
  const keys = foldedKeys(tags ?? [])
  if ((transitiveTagKeys ?? []).some((key) => !keys.has(foldTagKey(key)))) {
    throw new IamError(
      'InvalidParameterValue',
      'The specified transitive tag key must be included in the requested tags.',
    )
  }
  if (inherited.some(({ key }) => keys.has(foldTagKey(key)))) {
    throw new IamError(
      'InvalidParameterValue',
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    )
  }
  if (policy != null) checkDocument(policy, 'session')
}

function checkPolicyArns(policyArns: readonly string[]): void {
  const found = policyArns.map((policyArn) => violationsOf({ policyArn }))
  throwViolations({
    broken: found.flatMap(({ broken }, at) =>
      broken.map((text) => text.replace("'policyArn'", `'policyArns.${at + 1}.member.arn'`)),
    ),
    sentence: found.find(({ sentence }) => sentence !== null)?.sentence ?? null,
  })
}

/**
 * What the session will carry: checked, and with the transitive tags of the calling session. Throws NoSuchEntity for a managed
 * policy that the account does not have, PackedPolicyTooLarge.
 *
 * @param accountId whose managed policies they are
 */
export async function sessionLimits(
  db: Tx,
  accountId: string,
  input: SessionLimitsInput,
  inherited: readonly SessionTag[],
): Promise<{ readonly limits: SessionLimits; readonly packedPolicySize: number | null }> {
  const policyArns = [...new Set(input.policyArns ?? [])]
  for (const arn of policyArns) await findPolicy(db, accountId, arn, policyNotAttachable)
  const transitive = foldedKeys((input.transitiveTagKeys ?? []).map((key) => ({ key })))
  const tags = (input.tags ?? []).map(({ key, value }) => ({ key, value, transitive: transitive.has(foldTagKey(key)) }))
  const limits = {
    // Without the white space between tokens.
    policies: input.policy == null ? [] : [printPolicy(checkDocument(input.policy, 'session'))],
    policyArns,
    tags: [...inherited, ...tags],
  }
  return { limits, packedPolicySize: packedSize(limits) }
}

/** Percent of what there is room for; null when nothing was passed along. */
function packedSize(limits: SessionLimits): number | null {
  if (limits.policies.length + limits.policyArns.length + limits.tags.length === 0) return null
  const percent = Math.ceil((Buffer.byteLength(JSON.stringify(limits)) / PACKED_LIMIT) * 100)
  if (percent > 100) {
    throw new IamError(
      'PackedPolicyTooLarge',
      `Packed size of session tags and policies consumes ${percent}% of allotted space.`,
    )
  }
  return percent
}

function foldedKeys(tags: readonly { readonly key: string }[]): Set<string> {
  return new Set(tags.map(({ key }) => foldTagKey(key)))
}
