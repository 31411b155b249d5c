import { groupArn, type PathedEntity, roleArn, userArn } from '../../authn/arn.ts'
import { checkConstraints } from '../constraints.ts'
import { type KeysetConnection, type PageArgs, typedPage } from '../keyset-page.ts'
import { likeLiteral } from '../like-literal.ts'
import type { PolicyUsage } from './policy-uses.ts'

/** The order in which they are listed. */
export const ENTITY_TYPES = ['GROUP', 'ROLE', 'USER'] as const

type EntityType = (typeof ENTITY_TYPES)[number]

/** IAM's filters. Policies are none of a policy's entities: the last two find nothing. */
export const ENTITY_FILTERS = [...ENTITY_TYPES, 'LOCAL_MANAGED_POLICY', 'AWS_MANAGED_POLICY'] as const

export interface EntitiesArgs extends PageArgs {
  readonly entityFilter?: (typeof ENTITY_FILTERS)[number] | null
  /** Entities whose path begins with it; it needs no final slash. */
  readonly pathPrefix?: string | null
  /** Both when omitted. */
  readonly policyUsageFilter?: PolicyUsage | null
}

/** A user, group or role that a policy is attached to or whose boundary it is. */
export interface PolicyEntity extends PathedEntity {
  readonly type: EntityType
  /** Unique id. */
  readonly id: string
  readonly nameKey: string
}

const ARN_OF: Readonly<Record<EntityType, (entity: PathedEntity) => string>> = {
  GROUP: groupArn,
  ROLE: roleArn,
  USER: userArn,
}

/** With its path. */
export function arnOfEntity(entity: PolicyEntity): string {
  return ARN_OF[entity.type](entity)
}

type Row = Omit<PolicyEntity, 'type'>

/** The relations of a policy as `entitiesPage` selects them. */
export interface EntityRows {
  readonly groupAttachments: readonly { readonly group: Row }[]
  readonly roleAttachments: readonly { readonly role: Row }[]
  readonly boundaryOfRoles: readonly Row[]
  readonly attachments: readonly { readonly user: Row }[]
  readonly boundaryOf: readonly Row[]
}

const COLUMNS = { accountId: true, id: true, name: true, nameKey: true, path: true } as const

/**
 * One page of the entities of a policy (iam:ListEntitiesForPolicy): groups, roles and users, each by name, whoever is both
 * attached and bounded once. `select` reads it in the statement that reads the policy, so that a list of policies costs no query
 * for each. Throws ValidationError for bad arguments and cursors.
 */
export function entitiesPage(args: EntitiesArgs) {
  const { entityFilter, pathPrefix, policyUsageFilter } = args
  checkConstraints({ pathPrefix })
  const page = typedPage(args, ENTITY_TYPES)
  const query = (type: EntityType, usage: PolicyUsage) => {
    const { where, orderBy, take } = page.queryFor(type)
    const wanted = (entityFilter ?? type) === type && (policyUsageFilter ?? usage) === usage
    return {
      where: { ...where, ...(pathPrefix ? { path: { startsWith: likeLiteral(pathPrefix) } } : {}) },
      orderBy,
      take: wanted ? take : 0,
    }
  }
  const groups = query('GROUP', 'PERMISSIONS_POLICY')
  const roles = query('ROLE', 'PERMISSIONS_POLICY')
  const users = query('USER', 'PERMISSIONS_POLICY')
  return {
    select: {
      groupAttachments: {
        where: { group: groups.where },
        orderBy: { group: groups.orderBy },
        take: groups.take,
        select: { group: { select: COLUMNS } },
      },
      roleAttachments: {
        where: { role: roles.where },
        orderBy: { role: roles.orderBy },
        take: roles.take,
        select: { role: { select: COLUMNS } },
      },
      attachments: {
        where: { user: users.where },
        orderBy: { user: users.orderBy },
        take: users.take,
        select: { user: { select: COLUMNS } },
      },
      boundaryOfRoles: { ...query('ROLE', 'PERMISSIONS_BOUNDARY'), select: COLUMNS },
      boundaryOf: { ...query('USER', 'PERMISSIONS_BOUNDARY'), select: COLUMNS },
    },
    connection(rows: EntityRows): KeysetConnection<PolicyEntity> {
      const found: PolicyEntity[] = [
        ...rows.groupAttachments.map(({ group }) => ({ ...group, type: 'GROUP' as const })),
        ...[...rows.roleAttachments.map(({ role }) => role), ...rows.boundaryOfRoles].map((role) => ({
          ...role,
          type: 'ROLE' as const,
        })),
        ...[...rows.attachments.map(({ user }) => user), ...rows.boundaryOf].map((user) => ({
          ...user,
          type: 'USER' as const,
        })),
      ]
      return page.connection([...new Map(found.map((entity) => [entity.id, entity])).values()])
    },
  }
}
