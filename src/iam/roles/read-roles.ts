import type { Role, RoleTag } from '../../generated/prisma/client.ts'
import type { ReadCall, Selection } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import type { KeysetConnection, NodesOf } from '../keyset-page.ts'
import { findRole, roleNotFound } from './find-role.ts'
import { type RolesArgs, pageOfRoles } from './page-of-roles.ts'

interface RoleInput {
  readonly roleName: string
}

/** A role by name without regard to case (iam:GetRole). Throws NoSuchEntity, ValidationError. */
export async function getRole(
  { db, principal: { accountId } }: ReadCall,
  { roleName }: RoleInput,
  asked: Selection,
): Promise<Role> {
  checkConstraints({ roleName })
  const where = { accountId_nameKey: { accountId, nameKey: roleName.toLowerCase() } }
  const found = await db.role.findUnique({ ...asked, where })
  if (!found) throw roleNotFound(roleName)
  return found
}

/** One page of the roles by name (iam:ListRoles). Throws ValidationError. */
export async function listRoles(call: ReadCall, args: RolesArgs, nodes: NodesOf): Promise<KeysetConnection<Role>> {
  const page = pageOfRoles(call.principal.accountId, args)
  const { where, orderBy, take } = page
  return page.connection(await call.db.role.findMany({ ...nodes(page), where, orderBy, take }))
}

/** The tags of a role by key (iam:ListRoleTags). Throws NoSuchEntity, ValidationError. */
export async function listRoleTags({ db, principal }: ReadCall, { roleName }: RoleInput): Promise<RoleTag[]> {
  checkConstraints({ roleName })
  const { accountId, id: roleId } = await findRole(db, principal.accountId, roleName)
  return await db.roleTag.findMany({ where: { accountId, roleId }, orderBy: { keyFold: 'asc' } })
}
