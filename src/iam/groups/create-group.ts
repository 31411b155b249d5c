import type { Group } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { uniqueId } from '../identifiers.ts'
import { checkQuota } from '../quotas.ts'
import { checkGroupNameIsFree } from './find-group.ts'

export interface CreateGroupInput {
  readonly groupName: string
  readonly path?: string | null
}

/** Creates a group without members and permissions. Throws EntityAlreadyExists, LimitExceeded, ValidationError. */
export async function createGroup(call: Call, { groupName, path: givenPath }: CreateGroupInput): Promise<Group> {
  checkConstraints({ groupName, path: givenPath })
  const { accountId } = call.principal
  const path = givenPath ?? '/'
  const id = uniqueId('AGPA', call.random)
  return await change(call, { groupName, groupId: id, path }, async (tx) => {
    await checkGroupNameIsFree(tx, accountId, groupName)
    checkQuota('GroupsPerAccount', (await tx.group.count({ where: { accountId } })) + 1)
    return await tx.group.create({
      data: { accountId, id, name: groupName, nameKey: groupName.toLowerCase(), path, createdAt: call.clock() },
    })
  })
}
