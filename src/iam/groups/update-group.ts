import type { Group } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { checkGroupNameIsFree, findGroup } from './find-group.ts'

export interface UpdateGroupInput {
  readonly groupName: string
  readonly newGroupName?: string | null
  readonly newPath?: string | null
}

/**
 * Renames or moves a group. Its id, members and policies stay; ARNs that policies spell out do not follow. The name
 * that the group has is taken in any other case. Throws NoSuchEntity, EntityAlreadyExists, ValidationError.
 */
export async function updateGroup(call: Call, { groupName, newGroupName, newPath }: UpdateGroupInput): Promise<Group> {
  checkConstraints({ groupName, newGroupName, newPath })
  const detail = { groupName, newGroupName: newGroupName ?? null, newPath: newPath ?? null }
  return await change(call, detail, async (tx) => {
    const { accountId, id, name, path } = await findGroup(tx, call.principal.accountId, groupName)
    const newName = newGroupName ?? name
    if (newName !== name) await checkGroupNameIsFree(tx, accountId, newName)
    return await tx.group.update({
      where: { accountId_id: { accountId, id } },
      data: { name: newName, nameKey: newName.toLowerCase(), path: newPath ?? path },
    })
  })
}
