/** How a company to look around in is described; days count back from the day of seeding. */

export interface DemonstrationPolicy {
  readonly name: string
  readonly path: string
  readonly description: string
  readonly statements: readonly object[]
}

export interface DemonstrationKey {
  readonly madeDaysAgo: number
  readonly description?: string
  /** Absent while the key is active. */
  readonly deactivatedDaysAgo?: number
  /** Absent when the key was never used. */
  readonly lastUsed?: { readonly daysAgo: number; readonly operation: string; readonly sourceIp: string }
}

export interface DemonstrationUser {
  readonly name: string
  readonly path: string
  readonly joinedDaysAgo: number
  readonly tags: Readonly<Record<string, string>>
  /** Names of managed policies. */
  readonly attached: readonly string[]
  readonly boundary?: string
  readonly inline?: { readonly name: string; readonly statements: readonly object[] }
  /** Signs in with a password; `to-be-changed` when another one must be chosen first. */
  readonly password?: 'lasting' | 'to-be-changed'
  readonly keys: readonly DemonstrationKey[]
}
