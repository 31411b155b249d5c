import type { Group, User } from '../../generated/prisma/client.ts'
import type { Call, Tx } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { checkQuota } from '../quotas.ts'
import { findUser } from '../users/find-user.ts'
import { findGroup } from './find-group.ts'

export interface GroupMemberInput {
  readonly groupName: string
  readonly userName: string
}

export interface GroupAndUser {
  readonly group: Group
  readonly user: User
}

/**
 * Makes a user a member of a group, which gives it the group's permissions; once more does nothing. Permission is checked on
 * the group alone, as IAM does: whoever may add to a group may add anybody, also oneself. Throws NoSuchEntity (group, user),
 * LimitExceeded, ValidationError.
 */
export async function addUserToGroup(call: Call, { groupName, userName }: GroupMemberInput): Promise<GroupAndUser> {
  checkConstraints({ groupName, userName })
  return await change(call, { groupName, userName }, async (tx) => {
    const found = await findGroupAndUser(tx, call, groupName, userName)
    if (!(await isMember(tx, found))) {
      const { accountId, id: userId } = found.user
      checkQuota('GroupsPerUser', (await tx.groupMember.count({ where: { accountId, userId } })) + 1)
      await tx.groupMember.create({ data: { accountId, groupId: found.group.id, userId, addedAt: call.clock() } })
    }
    return found
  })
}

/** Ends a membership. Throws NoSuchEntity (group, user, no member), ValidationError. */
export async function removeUserFromGroup(
  call: Call,
  { groupName, userName }: GroupMemberInput,
): Promise<GroupAndUser> {
  checkConstraints({ groupName, userName })
  return await change(call, { groupName, userName }, async (tx) => {
    const found = await findGroupAndUser(tx, call, groupName, userName)
    if (!(await isMember(tx, found))) {
      throw new IamError('NoSuchEntity', `User ${userName} not in group ${groupName}`)
    }
    await tx.groupMember.delete({ where: memberKey(found) })
    return found
  })
}

async function findGroupAndUser(tx: Tx, call: Call, groupName: string, userName: string): Promise<GroupAndUser> {
  const { accountId } = call.principal
  const group = await findGroup(tx, accountId, groupName)
  return { group, user: await findUser(tx, accountId, userName) }
}

async function isMember(tx: Tx, found: GroupAndUser): Promise<boolean> {
  return (await tx.groupMember.findUnique({ where: memberKey(found) })) !== null
}

function memberKey({ group, user }: GroupAndUser) {
  return { accountId_groupId_userId: { accountId: group.accountId, groupId: group.id, userId: user.id } }
}
