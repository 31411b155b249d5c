import type { PolicySet } from './policy-set.ts'
import type { AccessRequest, Decision } from './types.ts'

const NOT_ALLOWED: Decision = Object.freeze({
  effect: 'IMPLICIT_DENY',
  reason: 'ORGANIZATION_POLICY',
  layer: 'organization',
})

/**
 * What is left of a decision under the service control policies of an organization, one set for each level from its root to the
 * account (AWS Organizations user guide, "SCP evaluation"). They grant nothing. A Deny at any level denies, and so does a level
 * without an Allow; an explicit Deny elsewhere stays what it is. They bind principals of accounts, their roots included, whoever
 * else allows it; services and strangers belong to no account.
 */
export function withinOrganization(
  levels: readonly PolicySet[],
  { action, resource, context, principal }: AccessRequest,
  decision: Decision,
): Decision {
  if (principal.accountId === '') return decision
  const found = levels.map((level) => level.find(action, resource, context))
  const denied = found.find((statement) => statement?.deny === true)
  if (denied !== undefined) return denied.decisionIn('organization')
  return decision.effect !== 'EXPLICIT_DENY' && found.includes(undefined) ? NOT_ALLOWED : decision
}
