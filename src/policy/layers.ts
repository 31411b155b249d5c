import type { CallerLimits } from './match/principal.ts'
import type { PolicySet } from './policy-set.ts'

/**
 * The policies that apply to one request.
 * - `identity`: the caller's own, groups' and managed policies together;
 * - `boundary`, `session`: absent or null means "no such limit", an empty set means "nothing passes";
 * - `resource`: the policy of the resource, or of the role for sts:AssumeRole (`trust`);
 * - `root`: the caller is the account's root user.
 */
export interface Layers {
  readonly identity?: PolicySet | null
  readonly boundary?: PolicySet | null
  readonly session?: PolicySet | null
  readonly resource?: { readonly set: PolicySet; readonly kind: 'resource' | 'trust' } | null
  readonly root?: boolean
}

/** What resource policies need to know of the caller's own ones. */
export function limitsOf({ boundary }: Layers): CallerLimits {
  return { bounded: boundary !== null && boundary !== undefined }
}
