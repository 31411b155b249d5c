import type { Prisma } from '../../generated/prisma/client.ts'
import { checkConstraints } from '../constraints.ts'
import { type KeysetPage, keysetPage, type PageArgs } from '../keyset-page.ts'
import { likeLiteral } from '../like-literal.ts'

export interface GroupsArgs extends PageArgs {
  /** Groups whose path begins with it; it needs no final slash. */
  readonly pathPrefix?: string | null
}

export interface GroupPage extends Omit<KeysetPage, 'where'> {
  readonly where: Prisma.GroupWhereInput
}

/** A page of an account's groups by name. Throws ValidationError for bad arguments and cursors. */
export function pageOfGroups(accountId: string, args: GroupsArgs): GroupPage {
  const { pathPrefix } = args
  checkConstraints({ pathPrefix })
  const page = keysetPage(args)
  const filters: Prisma.GroupWhereInput[] = pathPrefix ? [{ path: { startsWith: likeLiteral(pathPrefix) } }] : []
  return { ...page, where: { accountId, AND: [...page.where.AND, ...filters] } }
}
