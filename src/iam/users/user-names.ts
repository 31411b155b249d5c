import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/** Whether a user has this name, without regard to case. The path is no part of it. */
export async function nameIsTaken(tx: Tx, accountId: string, name: string): Promise<boolean> {
  const other = await tx.user.findUnique({
    where: { accountId_nameKey: { accountId, nameKey: name.toLowerCase() } },
    select: { id: true },
  })
  return other !== null
}

export function userExists(name: string): IamError {
  return new IamError('EntityAlreadyExists', `User with name ${name} already exists.`)
}
