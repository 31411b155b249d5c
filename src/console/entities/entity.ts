export const ENTITY_TYPES = ['USER', 'GROUP', 'ROLE'] as const
export type EntityType = (typeof ENTITY_TYPES)[number]

/** A user, group or role that was chosen: from the list with its ARN, or by a name that was typed. */
export interface ChosenEntity {
  readonly type: EntityType
  readonly name: string
  /** Undefined while only the API knows it. */
  readonly arn: string | undefined
}
