import { requestTags } from '../../access/context.ts'
import type { StatedByProvider } from './federation-trail.ts'

/** What a trust policy must allow to somebody for whom a provider states this. */
export function federatedActions(action: string, { limits, sourceIdentity }: StatedByProvider): [string, ...string[]] {
  return [
    action,
    ...(sourceIdentity === null ? [] : ['sts:SetSourceIdentity']),
    ...(limits.tags.length === 0 ? [] : ['sts:TagSession']),
  ]
}

/** The condition keys of such a request. */
export function federatedKeys(
  roleSessionName: string,
  durationSeconds: number | null | undefined,
  { limits: { tags, transitiveTagKeys }, sourceIdentity }: StatedByProvider,
): [string, string | readonly string[]][] {
  const keys: [string, string | readonly string[]][] = [['sts:RoleSessionName', roleSessionName], ...requestTags(tags)]
  if (durationSeconds != null) keys.push(['sts:DurationSeconds', String(durationSeconds)])
  if (sourceIdentity !== null) keys.push(['sts:SourceIdentity', sourceIdentity])
  if (transitiveTagKeys.length > 0) keys.push(['sts:TransitiveTagKeys', transitiveTagKeys])
  return keys
}
