import type { User } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { findUser } from './find-user.ts'
import { nameIsTaken, userExists } from './user-names.ts'

export interface UpdateUserInput {
  readonly userName: string
  readonly newUserName?: string | null
  readonly newPath?: string | null
}

/**
 * Renames or moves a user. Its id, keys, policies, tags, devices and sessions stay; ARNs that policies spell out do not
 * follow. The name that the user has is taken in any other case, as at AWS. Throws NoSuchEntity, EntityAlreadyExists, ValidationError.
 */
export async function updateUser(call: Call, { userName, newUserName, newPath }: UpdateUserInput): Promise<User> {
  checkConstraints({ userName, newUserName, newPath })
  const detail = { userName, newUserName: newUserName ?? null, newPath: newPath ?? null }
  return await change(call, detail, async (tx) => {
    const { accountId, id, name, path } = await findUser(tx, call.principal.accountId, userName)
    const newName = newUserName ?? name
    if (newName !== name && (await nameIsTaken(tx, accountId, newName))) throw userExists(newName)
    return await tx.user.update({
      where: { accountId_id: { accountId, id } },
      data: { name: newName, nameKey: newName.toLowerCase(), path: newPath ?? path },
    })
  })
}
