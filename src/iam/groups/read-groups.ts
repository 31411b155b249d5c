import type { Group } from '../../generated/prisma/client.ts'
import type { ReadCall, Selection } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import type { KeysetConnection, NodesOf } from '../keyset-page.ts'
import { groupNotFound } from './find-group.ts'
import { type GroupsArgs, pageOfGroups } from './page-of-groups.ts'

interface GroupInput {
  readonly groupName: string
}

/** A group by name without regard to case (iam:GetGroup). Throws NoSuchEntity, ValidationError. */
export async function getGroup(
  { db, principal: { accountId } }: ReadCall,
  { groupName }: GroupInput,
  asked: Selection,
): Promise<Group> {
  checkConstraints({ groupName })
  const where = { accountId_nameKey: { accountId, nameKey: groupName.toLowerCase() } }
  const found = await db.group.findUnique({ ...asked, where })
  if (!found) throw groupNotFound(groupName)
  return found
}

/** One page of the groups by name (iam:ListGroups). Throws ValidationError. */
export async function listGroups(call: ReadCall, args: GroupsArgs, nodes: NodesOf): Promise<KeysetConnection<Group>> {
  const page = pageOfGroups(call.principal.accountId, args)
  const { where, orderBy, take } = page
  return page.connection(await call.db.group.findMany({ ...nodes(page), where, orderBy, take }))
}
