export const ENTITY_TYPES = ['USER', 'GROUP', 'ROLE'] as const
export type EntityType = (typeof ENTITY_TYPES)[number]

/** A user, group or role that was chosen: from the list with its ARN, or by a name that was typed. */
export interface ChosenEntity {
  readonly type: EntityType
  readonly name: string
  /** Undefined while only the API knows it. */
  readonly arn: string | undefined
}

/** What a name was given to, as ARNs spell it. */
type Named = 'user' | 'group' | 'role' | 'policy'

/** The ARN that something has, or would have by this path and name: what may be done is asked about it before it exists. */
export function arnOf(accountId: string, type: Named, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:${type}${path}${name}`
}

const ENTITY_ARN = /^arn:[^:]*:iam::\d{12}:(user|group|role)\/(?:.*\/)?([^/]+)$/
const TYPES: ReadonlyMap<string, EntityType> = new Map([
  ['user', 'USER'],
  ['group', 'GROUP'],
  ['role', 'ROLE'],
])

/** The user, group or role that an ARN names; null for any other. */
export function entityOf(arn: string): { readonly type: EntityType; readonly name: string } | null {
  const [, folder = '', name = ''] = ENTITY_ARN.exec(arn) ?? []
  const type = TYPES.get(folder)
  return type === undefined ? null : { type, name }
}
