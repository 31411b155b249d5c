import type { Policy, PolicyTag, PolicyVersion } from '../../generated/prisma/client.ts'
import type { ReadCall, Selection } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { ENTITY_BY_ID } from '../entities-by-id.ts'
import type { KeysetConnection, NodesOf } from '../keyset-page.ts'
import { findPolicy } from './find-policy.ts'
import { pageOfPolicies, type PoliciesArgs } from './page-of-policies.ts'
import { type EntitiesArgs, entitiesPage, type PolicyEntity } from './policy-entities.ts'
import { findVersion } from './policy-versions.ts'

interface PolicyInput {
  readonly policyArn: string
}

/** A version with the policy that it belongs to. */
type VersionOfPolicy = PolicyVersion & { readonly policy: Policy }

/** A managed policy by ARN (iam:GetPolicy). Throws NoSuchEntity, ValidationError. */
export async function getPolicy(call: ReadCall, { policyArn }: PolicyInput, asked: Selection): Promise<Policy | null> {
  checkConstraints({ policyArn })
  const { id } = await findPolicy(call.db, call.principal.accountId, policyArn)
  return await ENTITY_BY_ID.Policy(call, id, asked)
}

/** One page of the managed policies by name (iam:ListPolicies). Throws ValidationError. */
export async function listPolicies(
  call: ReadCall,
  args: PoliciesArgs,
  nodes: NodesOf,
): Promise<KeysetConnection<Policy>> {
  const page = pageOfPolicies(call.principal.accountId, args)
  const { where, orderBy, take } = page
  return page.connection(await call.db.policy.findMany({ ...nodes(page), where, orderBy, take }))
}

/** The versions of a managed policy, newest first (iam:ListPolicyVersions). Throws NoSuchEntity, ValidationError. */
export async function listPolicyVersions(
  { db, principal }: ReadCall,
  { policyArn }: PolicyInput,
): Promise<VersionOfPolicy[]> {
  checkConstraints({ policyArn })
  const policy = await findPolicy(db, principal.accountId, policyArn)
  const versions = await db.policyVersion.findMany({
    where: { accountId: policy.accountId, policyId: policy.id },
    orderBy: { number: 'desc' },
  })
  return versions.map((version) => ({ ...version, policy }))
}

/** One version of a managed policy (iam:GetPolicyVersion). Throws NoSuchEntity, ValidationError. */
export async function getPolicyVersion(
  { db, principal }: ReadCall,
  { policyArn, versionId }: PolicyInput & { readonly versionId: string },
): Promise<VersionOfPolicy> {
  checkConstraints({ policyArn, versionId })
  const policy = await findPolicy(db, principal.accountId, policyArn)
  return { ...(await findVersion(db, policy, policyArn, versionId)), policy }
}

/** The tags of a managed policy by key (iam:ListPolicyTags). Throws NoSuchEntity, ValidationError. */
export async function listPolicyTags({ db, principal }: ReadCall, { policyArn }: PolicyInput): Promise<PolicyTag[]> {
  checkConstraints({ policyArn })
  const { accountId, id: policyId } = await findPolicy(db, principal.accountId, policyArn)
  return await db.policyTag.findMany({ where: { accountId, policyId }, orderBy: { key: 'asc' } })
}

/**
 * One page of the users, groups and roles that have a managed policy (iam:ListEntitiesForPolicy). Throws NoSuchEntity, ValidationError.
 */
export async function listEntitiesForPolicy(
  { db, principal }: ReadCall,
  { policyArn, ...args }: PolicyInput & EntitiesArgs,
): Promise<KeysetConnection<PolicyEntity>> {
  checkConstraints({ policyArn })
  const page = entitiesPage(args)
  const { accountId, id } = await findPolicy(db, principal.accountId, policyArn)
  const where = { accountId_id: { accountId, id } }
  return page.connection(await db.policy.findUniqueOrThrow({ where, select: page.select }))
}
