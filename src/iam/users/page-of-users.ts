import type { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { type KeysetPage, keysetPage, type PageArgs, type PageOrder } from '../keyset-page.ts'
import { likeLiteral } from '../like-literal.ts'

export interface UserFilter {
  /** Users whose path begins with it; it needs no final slash. */
  readonly pathPrefix?: string | null
  /** The whole id of a key, active or not, finds its owner; anything else is a part of the name in any case. Empty finds everybody. */
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
/** No id is empty. */
const NOBODY = ''

/**
 * A page of an account's users, the root user never among them, for `findMany` and plugin-prisma's query merging. Throws
 * ValidationError for bad arguments and cursors.
 */
export async function pageOfUsers(db: Tx, accountId: string, args: UsersArgs): Promise<UserPage> {
  const { pathPrefix, search, accessKeyId } = args
  checkConstraints({ pathPrefix, search, accessKeyId })
  const page = keysetPage(args, args.orderBy ?? undefined)
  const filters: Prisma.UserWhereInput[] = []
  if (pathPrefix) filters.push({ path: { startsWith: likeLiteral(pathPrefix) } })
  if (accessKeyId) filters.push({ id: (await ownerOfKey(db, accountId, accessKeyId)) ?? NOBODY })
  const wanted = search?.trim()
  if (wanted) filters.push(await matching(db, accountId, wanted))
  return { ...page, where: { accountId, root: false, AND: [...page.where.AND, ...filters] } }
}

/** One or the other: a condition with an `or` over two tables would read all users of the account. */
async function matching(db: Tx, accountId: string, search: string): Promise<Prisma.UserWhereInput> {
  const owner = ACCESS_KEY_ID.test(search) ? await ownerOfKey(db, accountId, search) : null
  return owner === null ? { nameKey: { contains: likeLiteral(search.toLowerCase()) } } : { id: owner }
}

async function ownerOfKey(db: Tx, accountId: string, id: string): Promise<string | null> {
  const key = await db.accessKey.findUnique({ where: { accountId_id: { accountId, id } }, select: { userId: true } })
  return key && key.userId
}
