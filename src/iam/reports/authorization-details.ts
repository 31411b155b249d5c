import type { AccountRead, ReadCall } from '../call.ts'
import { keysetPage, type PageArgs } from '../keyset-page.ts'
import { IN_USE, POLICY_USES } from '../policies/policy-uses.ts'
import { renderTrustPolicies } from '../roles/trust-policy.ts'

/** A read of an account in statements that join, which only the client outside of transactions has. */
export type DetailsRead = Pick<ReadCall, 'db'> & Pick<AccountRead, 'principal'>

const ATTACHED = {
  orderBy: { policy: { nameKey: 'asc' } },
  select: { policy: { select: { accountId: true, name: true, path: true, builtIn: true } } },
} as const
const INLINE = { orderBy: { nameKey: 'asc' }, select: { name: true, document: true } } as const
const TAGS = { orderBy: { keyFold: 'asc' }, select: { key: true, value: true } } as const
const BOUNDARY = { select: { accountId: true, name: true, path: true, builtIn: true } } as const

/*
 * The four parts of iam:GetAccountAuthorizationDetails, each by name and by pages, with the documents, in a few statements.
 * The one permission opens all of it, so none of it is asked for at the single user or policy. Each throws ValidationError for
 * bad arguments and cursors.
 */

/** Users without the root user, which has no policies. */
export async function userDetails({ db, principal: { accountId } }: DetailsRead, args: PageArgs) {
  const page = keysetPage(args)
  const { where, orderBy, take, select } = page
  const rows = await db.user.findMany({
    relationLoadStrategy: 'join',
    where: { ...where, accountId, root: false },
    orderBy,
    take,
    select: {
      ...select,
      accountId: true,
      name: true,
      path: true,
      tags: TAGS,
      inlinePolicies: INLINE,
      attachedPolicies: ATTACHED,
      boundary: BOUNDARY,
      groups: { orderBy: { group: { nameKey: 'asc' } }, select: { group: { select: { name: true } } } },
    },
  })
  return page.connection(rows)
}

/** Groups with their policies. */
export async function groupDetails({ db, principal: { accountId } }: DetailsRead, args: PageArgs) {
  const page = keysetPage(args)
  const { where, orderBy, take, select } = page
  const rows = await db.group.findMany({
    relationLoadStrategy: 'join',
    where: { ...where, accountId },
    orderBy,
    take,
    select: {
      ...select,
      accountId: true,
      name: true,
      path: true,
      inlinePolicies: INLINE,
      attachedPolicies: ATTACHED,
    },
  })
  return page.connection(rows)
}

/** Roles with their policies. */
export async function roleDetails({ db, principal: { accountId } }: DetailsRead, args: PageArgs) {
  const page = keysetPage(args)
  const { where, orderBy, take, select } = page
  const rows = await db.role.findMany({
    relationLoadStrategy: 'join',
    where: { ...where, accountId },
    orderBy,
    take,
    select: {
      ...select,
      accountId: true,
      name: true,
      path: true,
      trustPolicy: true,
      instanceProfiles: { orderBy: { nameKey: 'asc' } },
      lastUsedAt: true,
      lastUsedRegion: true,
      tags: TAGS,
      inlinePolicies: INLINE,
      attachedPolicies: ATTACHED,
      boundary: BOUNDARY,
    },
  })
  const trustPolicies = await renderTrustPolicies(db, rows)
  return page.connection(rows.map((row, n) => ({ ...row, trustPolicy: trustPolicies[n] ?? row.trustPolicy })))
}

/**
 * Managed policies with all their versions, newest first: those of the account, and of the built-in ones those in use;
 * of one kind only where that is said.
 */
export async function managedPolicyDetails(
  { db, principal: { accountId } }: DetailsRead,
  { builtIn, ...args }: PageArgs & { readonly builtIn?: boolean },
) {
  const page = keysetPage(args)
  const { where, orderBy, take, select } = page
  const rows = await db.policy.findMany({
    relationLoadStrategy: 'join',
    where: { AND: [where, { OR: [{ builtIn: false }, IN_USE] }], accountId, builtIn },
    orderBy,
    take,
    select: {
      ...select,
      accountId: true,
      name: true,
      path: true,
      builtIn: true,
      description: true,
      defaultVersion: true,
      updatedAt: true,
      tags: { orderBy: { key: 'asc' }, select: { key: true, value: true } },
      versions: { orderBy: { number: 'desc' }, select: { number: true, document: true, createdAt: true } },
      _count: { select: POLICY_USES },
    },
  })
  return page.connection(rows)
}
