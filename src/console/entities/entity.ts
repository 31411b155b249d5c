export const ENTITY_TYPES = ['USER', 'GROUP', 'ROLE'] as const
export type EntityType = (typeof ENTITY_TYPES)[number]

/** A user, group or role that was chosen: from the list with its ARN, or by a name that was typed. */
export interface ChosenEntity {
  readonly type: EntityType
  readonly name: string
  /** Undefined while only the API knows it. */
  readonly arn: string | undefined
}

const ENTITY_ARN = /^arn:[^:]*:iam::\d{12}:(user|group|role)\/(?:.*\/)?([^/]+)$/
const TYPES: Readonly<Record<string, EntityType>> = { user: 'USER', group: 'GROUP', role: 'ROLE' }

/** The user, group or role that an ARN names; null for any other. */
export function entityOf(arn: string): { readonly type: EntityType; readonly name: string } | null {
  const [, folder = '', name = ''] = ENTITY_ARN.exec(arn) ?? []
  const type = TYPES[folder]
  return type === undefined ? null : { type, name }
}
