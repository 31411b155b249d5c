import { type KeysetConnection, type KeysetRow, type PageArgs } from '../../iam/keyset-page.ts'
import { pageOfWholeList } from '../page.ts'
import type { InlinePolicyRow } from './inline-policy.ts'
import { POLICY_COLUMNS } from './policy.ts'

// What users, groups and roles read to show the policies that they hold.

/** A holder's inline policies by name. */
export const INLINE_POLICIES = { inlinePolicies: { orderBy: { nameKey: 'asc' } } } as const

/** Rows of inline policies with what they are part of, on which permissions are checked. */
export function inlinePoliciesOf(
  owner: InlinePolicyRow['owner'],
  rows: readonly Omit<InlinePolicyRow, 'owner'>[],
): InlinePolicyRow[] {
  return rows.map(({ name, document, updatedAt }) => ({ name, document, updatedAt, owner }))
}

/** What pages need of an attached policy, beside what the client asks for. */
export const ATTACHED_POLICY = { select: { ...POLICY_COLUMNS, nameKey: true, createdAt: true } } as const

/** A holder's managed policies by name, each read as `policy` says. */
export function attachedPoliciesQuery<Selection>(policy: Selection) {
  return { attachedPolicies: { orderBy: { policy: { nameKey: 'asc' } }, select: { policy } } } as const
}

/** At most ten are attached: they come whole and are cut into pages here. */
export function pageOfAttached<Row extends KeysetRow>(
  attachments: readonly { readonly policy: Row }[],
  args: PageArgs,
): KeysetConnection<Row> {
  return pageOfWholeList(
    attachments.map(({ policy }) => policy),
    args,
  )
}
