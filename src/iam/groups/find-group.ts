import type { Group } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/** The group that is meant by name, without regard to case. Throws NoSuchEntity. */
export async function findGroup(tx: Tx, accountId: string, groupName: string): Promise<Group> {
  const where = { accountId_nameKey: { accountId, nameKey: groupName.toLowerCase() } }
  const group = await tx.group.findUnique({ where })
  if (group === null) throw groupNotFound(groupName)
  return group
}

/** Refuses a name that a group has, without regard to case: the path is no part of it. */
export async function checkGroupNameIsFree(tx: Tx, accountId: string, name: string): Promise<void> {
  const other = await tx.group.findUnique({
    where: { accountId_nameKey: { accountId, nameKey: name.toLowerCase() } },
    select: { id: true },
  })
  if (other !== null) {
    throw new IamError('EntityAlreadyExists', `Group with name ${name} already exists.`)
  }
}

export function groupNotFound(name: string): IamError {
  return new IamError('NoSuchEntity', `The group with name ${name} cannot be found.`)
}
