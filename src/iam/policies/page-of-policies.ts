import type { Prisma } from '../../generated/prisma/client.ts'
import { checkConstraints } from '../constraints.ts'
import { type KeysetPage, keysetPage, type PageArgs } from '../keyset-page.ts'
import { literal } from '../like.ts'

export interface PoliciesArgs extends PageArgs {
  /** `AWS`: built-in policies only; `LOCAL`: the account's own only. */
  readonly scope?: 'ALL' | 'AWS' | 'LOCAL' | null
  readonly onlyAttached?: boolean | null
  /** Policies whose path begins with it; it needs no final slash. */
  readonly pathPrefix?: string | null
}

export interface PolicyPage extends Omit<KeysetPage, 'where'> {
  readonly where: Prisma.PolicyWhereInput
}

/** A page of an account's managed policies by name. Throws ValidationError for bad arguments and cursors. */
export function pageOfPolicies(accountId: string, args: PoliciesArgs): PolicyPage {
  const { pathPrefix, scope, onlyAttached } = args
  checkConstraints({ pathPrefix })
  const page = keysetPage(args)
  const filters: Prisma.PolicyWhereInput[] = []
  if (pathPrefix) filters.push({ path: { startsWith: literal(pathPrefix) } })
  if (onlyAttached) filters.push({ attachments: { some: {} } })
  // Everything stored belongs to an account.
  if (scope === 'AWS') filters.push({ id: { in: [] } })
  return { ...page, where: { accountId, AND: [...page.where.AND, ...filters] } }
}
