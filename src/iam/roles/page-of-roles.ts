import type { Prisma } from '../../generated/prisma/client.ts'
import { checkConstraints } from '../constraints.ts'
import { type KeysetPage, keysetPage, type PageArgs } from '../keyset-page.ts'
import { likeLiteral } from '../like-literal.ts'

export interface RolesArgs extends PageArgs {
  /** Roles whose path begins with it; it needs no final slash. */
  readonly pathPrefix?: string | null
}

export interface RolePage extends Omit<KeysetPage, 'where'> {
  readonly where: Prisma.RoleWhereInput
}

/** A page of an account's roles by name. Throws ValidationError for bad arguments and cursors. */
export function pageOfRoles(accountId: string, args: RolesArgs): RolePage {
  const { pathPrefix } = args
  checkConstraints({ pathPrefix })
  const page = keysetPage(args)
  const filters: Prisma.RoleWhereInput[] = pathPrefix ? [{ path: { startsWith: likeLiteral(pathPrefix) } }] : []
  return { ...page, where: { accountId, AND: [...page.where.AND, ...filters] } }
}
