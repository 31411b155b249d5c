import type { Prisma } from '../../generated/prisma/client.ts'
import type { Services } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { idPage, keysetPage, type PageArgs } from '../keyset-page.ts'

export interface UnusedArgs extends PageArgs {
  /** Whole days, 0 to 36,500. */
  readonly days: number
}

type Reader = Pick<Services, 'db' | 'clock'>

const DAY = 24 * 60 * 60 * 1000
const OWNER = { select: { accountId: true, name: true, path: true, root: true } } as const

/**
 * ACTIVE keys, root's among them, that were not used for so many days: those never used count from their creation. By id.
 * Throws ValidationError for bad arguments and cursors.
 */
export async function unusedAccessKeys({ db, clock }: Reader, accountId: string, args: UnusedArgs) {
  const before = limitOf(clock(), args)
  const page = idPage(args, 'ASC', (id) => /^\w{16,128}$/.test(id))
  const unused: Prisma.AccessKeyWhereInput = {
    OR: [{ lastUsedAt: { lte: before } }, { lastUsedAt: null, createdAt: { lte: before } }],
  }
  const rows = await db.accessKey.findMany({
    relationLoadStrategy: 'join',
    where: { accountId, status: 'ACTIVE', AND: [...page.where.AND, unused] },
    orderBy: page.orderBy,
    take: page.take,
    select: { id: true, createdAt: true, lastUsedAt: true, user: OWNER },
  })
  return page.connection(rows)
}

/**
 * Users whose password nobody signed in with for so many days: one never used counts from when it was set. By name; root is
 * not listed, as in every list of users. Throws ValidationError for bad arguments and cursors.
 */
export async function unusedPasswords({ db, clock }: Reader, accountId: string, args: UnusedArgs) {
  const before = limitOf(clock(), args)
  const page = keysetPage(args)
  const unused: Prisma.UserWhereInput = {
    loginProfile: { isNot: null },
    OR: [
      { passwordLastUsedAt: { lte: before } },
      { passwordLastUsedAt: null, loginProfile: { passwordChangedAt: { lte: before } } },
    ],
  }
  const rows = await db.user.findMany({
    relationLoadStrategy: 'join',
    where: { accountId, root: false, AND: [...page.where.AND, unused] },
    orderBy: page.orderBy,
    take: page.take,
    select: {
      ...page.select,
      ...OWNER.select,
      passwordLastUsedAt: true,
      loginProfile: { select: { passwordChangedAt: true } },
    },
  })
  return page.connection(rows)
}

function limitOf(now: Date, { days }: UnusedArgs): Date {
  checkConstraints({ days })
  return new Date(now.getTime() - days * DAY)
}
