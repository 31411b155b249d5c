import type { Prisma } from '../../generated/prisma/client.ts'

/** What counts the uses of a policy, for Prisma's `_count`. */
export const POLICY_USES = {
  attachments: true,
  groupAttachments: true,
  roleAttachments: true,
  boundaryOf: true,
  boundaryOfRoles: true,
} as const

type Uses = Readonly<Record<keyof typeof POLICY_USES, number>>

/** Users, groups and roles that a policy is attached to; being a boundary is not being attached. */
export function attachmentsIn(uses: Uses): number {
  return uses.attachments + uses.groupAttachments + uses.roleAttachments
}

/** Users and roles whose permissions boundary a policy is. */
export function boundaryUsesIn(uses: Uses): number {
  return uses.boundaryOf + uses.boundaryOfRoles
}

/** Policies that somebody has. */
export const ATTACHED: Prisma.PolicyWhereInput = {
  OR: [{ attachments: { some: {} } }, { groupAttachments: { some: {} } }, { roleAttachments: { some: {} } }],
}

/** Policies that are somebody's permissions boundary. */
export const BOUNDS: Prisma.PolicyWhereInput = {
  OR: [{ boundaryOf: { some: {} } }, { boundaryOfRoles: { some: {} } }],
}

/** Policies that somebody has or is bounded by. */
export const IN_USE: Prisma.PolicyWhereInput = { OR: [ATTACHED, BOUNDS] }

/** The two ways in which a policy is used. */
export type PolicyUsage = 'PERMISSIONS_POLICY' | 'PERMISSIONS_BOUNDARY'
