import type { Prisma } from '../../generated/prisma/client.ts'
import { checkConstraints } from '../constraints.ts'
import { type KeysetPage, keysetPage, type PageArgs } from '../keyset-page.ts'
import { likeLiteral } from '../like-literal.ts'
import { ATTACHED, BOUNDS, type PolicyUsage } from './policy-uses.ts'

export interface PoliciesArgs extends PageArgs {
  /** `AWS`: those that come built in. `LOCAL`: those of the account. `ALL` when omitted. */
  readonly scope?: 'ALL' | 'AWS' | 'LOCAL' | null
  /** Only policies that somebody has; being a boundary is not being attached. */
  readonly onlyAttached?: boolean | null
  /** Only policies that are used so by somebody. */
  readonly policyUsageFilter?: PolicyUsage | null
  /** Policies whose path begins with it; it needs no final slash. */
  readonly pathPrefix?: string | null
}

export interface PolicyPage extends Omit<KeysetPage, 'where'> {
  readonly where: Prisma.PolicyWhereInput
}

/** A page of an account's managed policies by name. Throws ValidationError for bad arguments and cursors. */
export function pageOfPolicies(accountId: string, args: PoliciesArgs): PolicyPage {
  const { scope, onlyAttached, policyUsageFilter, pathPrefix } = args
  checkConstraints({ pathPrefix })
  const page = keysetPage(args)
  const filters: Prisma.PolicyWhereInput[] = []
  if (pathPrefix) filters.push({ path: { startsWith: likeLiteral(pathPrefix) } })
  if (onlyAttached || policyUsageFilter === 'PERMISSIONS_POLICY') filters.push(ATTACHED)
  if (policyUsageFilter === 'PERMISSIONS_BOUNDARY') filters.push(BOUNDS)
  if (scope === 'AWS' || scope === 'LOCAL') filters.push({ builtIn: scope === 'AWS' })
  return { ...page, where: { accountId, AND: [...page.where.AND, ...filters] } }
}
