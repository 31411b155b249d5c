import type { EntityRow } from './declaration.ts'
import { ENTITIES, factsOf, type NamedKind, type PathedKind } from './entities.ts'
import type { Tag, Target } from './sources.ts'

/** A target as the gate judges it (`target`) and as a denial may show it. */
export interface LocatedTarget {
  readonly target: Target
  /** What IAM prints after `on resource:`. */
  readonly display: string
  /**
   * The ARN that a denial names. It is made from what the caller said, never from what was found: a path or a spelling that
   * the caller did not know would tell that the name exists.
   */
  readonly publicArn: string
}

export const NO_TAGS: readonly Tag[] = []

/** A user, group or role that the caller was already allowed to see in a list or by name. */
export function ofRow(accountId: string, kind: NamedKind, row: EntityRow, tags: readonly Tag[]): LocatedTarget {
  const arn = arnOf(kind, accountId, row)
  return { target: { arn, tags, boundaryArn: null }, display: row.root ? arn : spoken(kind, row.name), publicArn: arn }
}

/** What is judged by an ARN that the caller wrote. */
export function shownAs(arn: string, display = arn, tags: readonly Tag[] = NO_TAGS): LocatedTarget {
  return { target: { ...plain(arn), tags }, display, publicArn: arn }
}

/** What has no tags, as far as is known, and no boundary. */
export function plain(arn: string): Target {
  return { arn, tags: NO_TAGS, boundaryArn: null }
}

/** How a denial calls what has a name: `user alice`. */
export function spoken(kind: NamedKind, name: string): string {
  return `${factsOf(kind).spoken ?? kind} ${name}`
}

/** The full ARN with path. */
export function arnOf(kind: PathedKind, accountId: string, row: Omit<EntityRow, 'id'>): string {
  return ENTITIES[kind].arnOf({ accountId, ...row })
}
