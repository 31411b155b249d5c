import type { Check } from '../access/decisions.ts'

export interface Tag {
  readonly key: string
  readonly value: string
}

/** Something with tags, and how they are changed. */
export interface TagHolder {
  readonly tags: readonly Tag[]
  readonly canTag: Check
  readonly canUntag: Check
  readonly tag: (tags: readonly Tag[]) => Promise<unknown>
  readonly untag: (keys: readonly string[]) => Promise<unknown>
  readonly onChanged: () => void
}

/** As many as IAM keeps for one thing. */
export const MOST_TAGS = 50
