import type { Prisma } from '../../generated/prisma/client.ts'
import { checkConstraints } from '../constraints.ts'
import { type KeysetPage, keysetPage, type PageArgs, type PageOrder } from '../keyset-page.ts'
import { likeLiteral } from '../like-literal.ts'

export interface UserFilter {
  /** Users whose path begins with it; it needs no final slash. */
  readonly pathPrefix?: string | null
  /** A part of the name in any case, or an access key id, whole, of an active or inactive key. Empty finds everybody. */
  readonly search?: string | null
  /** The owner of this key. */
  readonly accessKeyId?: string | null
}

export interface UsersArgs extends PageArgs, UserFilter {
  /** By name, rising, when omitted. */
  readonly orderBy?: PageOrder | null
}

export interface UserPage extends Omit<KeysetPage, 'where'> {
  readonly where: Prisma.UserWhereInput
}

/** What an id must look like before a table is searched for it. */
const ACCESS_KEY_ID = /^\w{16,128}$/

/**
 * A page of an account's users, the root user never among them, for `findMany` and plugin-prisma's query merging. Throws
 * ValidationError for bad arguments and cursors.
 */
export function pageOfUsers(accountId: string, args: UsersArgs): UserPage {
  const { pathPrefix, search, accessKeyId } = args
  checkConstraints({ pathPrefix, search, accessKeyId })
  const page = keysetPage(args, args.orderBy ?? undefined)
  const filters: Prisma.UserWhereInput[] = []
  if (pathPrefix) filters.push({ path: { startsWith: likeLiteral(pathPrefix) } })
  if (accessKeyId) filters.push({ accessKeys: { some: { id: accessKeyId } } })
  const wanted = search?.trim()
  if (wanted) filters.push(matching(wanted))
  return { ...page, where: { accountId, root: false, AND: [...page.where.AND, ...filters] } }
}

function matching(search: string): Prisma.UserWhereInput {
  const byName = { nameKey: { contains: likeLiteral(search.toLowerCase()) } }
  return ACCESS_KEY_ID.test(search) ? { OR: [byName, { accessKeys: { some: { id: search } } }] } : byName
}
