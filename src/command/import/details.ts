/** What an account holds, as far as it can be brought from one account to another: without secrets. */
export interface Details {
  readonly users: readonly UserDetails[]
  readonly groups: readonly HolderDetails[]
  readonly roles: readonly RoleDetails[]
  readonly policies: readonly PolicyDetails[]
}

export interface HolderDetails {
  readonly name: string
  readonly path: string
  /** Inline policies. */
  readonly inline: readonly { readonly name: string; readonly document: string }[]
  /** ARNs of managed policies. */
  readonly attached: readonly string[]
}

interface LimitedDetails extends HolderDetails {
  /** ARN of the permissions boundary. */
  readonly boundary: string | null
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

export interface UserDetails extends LimitedDetails {
  /** Names of groups. */
  readonly groups: readonly string[]
}

export interface RoleDetails extends LimitedDetails {
  readonly trust: string
  readonly profiles: readonly { readonly name: string; readonly path: string }[]
}

export interface PolicyDetails {
  readonly arn: string
  readonly name: string
  readonly path: string
  readonly description: string | null
  /** Oldest first. */
  readonly versions: readonly { readonly document: string; readonly inForce: boolean }[]
}

/**
 * A text that two documents share when they say the same: members in order, the root of an account by its id. What is no JSON is
 * its own meaning: it is refused when it is written.
 */
export function meaningOf(document: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(document)))
  } catch {
    return document
  }
}

function sorted(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/^arn:aws:iam::(\d{12}):root$/, '$1')
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([key, member]) => [key, sorted(member)] as const)
  return Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
