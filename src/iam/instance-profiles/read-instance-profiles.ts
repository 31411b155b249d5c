import type { InstanceProfile, InstanceProfileTag, Prisma } from '../../generated/prisma/client.ts'
import type { ReadCall, Selection } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { type KeysetConnection, keysetPage, type NodesOf, type PageArgs } from '../keyset-page.ts'
import { likeLiteral } from '../like-literal.ts'
import { findRole } from '../roles/find-role.ts'
import { findInstanceProfile, instanceProfileNotFound } from './find-instance-profile.ts'

interface ProfileInput {
  readonly instanceProfileName: string
}

export interface InstanceProfilesArgs extends PageArgs {
  /** Profiles whose path begins with it; it needs no final slash. */
  readonly pathPrefix?: string | null
}

/** An instance profile by name without regard to case (iam:GetInstanceProfile). Throws NoSuchEntity, ValidationError. */
export async function getInstanceProfile(
  { db, principal: { accountId } }: ReadCall,
  { instanceProfileName }: ProfileInput,
  asked: Selection,
): Promise<InstanceProfile> {
  checkConstraints({ instanceProfileName })
  const where = { accountId_nameKey: { accountId, nameKey: instanceProfileName.toLowerCase() } }
  const found = await db.instanceProfile.findUnique({ ...asked, where })
  if (!found) throw instanceProfileNotFound(instanceProfileName)
  return found
}

/** One page of the instance profiles by name (iam:ListInstanceProfiles). Throws ValidationError. */
export async function listInstanceProfiles(
  { db, principal: { accountId } }: ReadCall,
  { pathPrefix, ...args }: InstanceProfilesArgs,
  nodes: NodesOf,
): Promise<KeysetConnection<InstanceProfile>> {
  checkConstraints({ pathPrefix })
  const page = keysetPage(args)
  const { orderBy, take } = page
  const filters: Prisma.InstanceProfileWhereInput[] = pathPrefix
    ? [{ path: { startsWith: likeLiteral(pathPrefix) } }]
    : []
  const where = { accountId, AND: [...page.where.AND, ...filters] }
  return page.connection(await db.instanceProfile.findMany({ ...nodes(page), where, orderBy, take }))
}

/** The instance profiles that a role is in, by name (iam:ListInstanceProfilesForRole). Throws NoSuchEntity, ValidationError. */
export async function listInstanceProfilesForRole(
  { db, principal }: ReadCall,
  { roleName }: { readonly roleName: string },
  asked: Selection,
): Promise<InstanceProfile[]> {
  checkConstraints({ roleName })
  const { accountId, id: roleId } = await findRole(db, principal.accountId, roleName)
  return await db.instanceProfile.findMany({ ...asked, where: { accountId, roleId }, orderBy: { nameKey: 'asc' } })
}

/** The tags of an instance profile by key (iam:ListInstanceProfileTags). Throws NoSuchEntity, ValidationError. */
export async function listInstanceProfileTags(
  { db, principal }: ReadCall,
  { instanceProfileName }: ProfileInput,
): Promise<InstanceProfileTag[]> {
  checkConstraints({ instanceProfileName })
  const { accountId, id: profileId } = await findInstanceProfile(db, principal.accountId, instanceProfileName)
  return await db.instanceProfileTag.findMany({ where: { accountId, profileId }, orderBy: { key: 'asc' } })
}
