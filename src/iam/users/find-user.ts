import { USER_NAME_REQUIRED } from '../../access/user-name-required.ts'
import { isUser } from '../../authn/principal.ts'
import type { User } from '../../generated/prisma/client.ts'
import type { Call, Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/** The user that is meant by name, without regard to case. Never the root user. Throws NoSuchEntity. */
export async function findUser(tx: Tx, accountId: string, userName: string): Promise<User> {
  const user = await tx.user.findFirst({ where: { accountId, nameKey: userName.toLowerCase(), root: false } })
  if (user === null) throw userNotFound(userName)
  return user
}

/**
 * The user that an operation is about: the one named, else the caller, which for root is the root user's own row. The caller
 * is found by id, as the gate found it, so that a rename in between changes nothing. Throws NoSuchEntity, ValidationError (the
 * caller is no user and names none).
 */
export async function resolveUser(
  tx: Tx,
  call: Pick<Call, 'principal'>,
  userName: string | null | undefined,
): Promise<User> {
  const { accountId, id, name } = call.principal
  if (userName !== null && userName !== undefined) return await findUser(tx, accountId, userName)
  if (!isUser(call.principal)) throw new IamError('ValidationError', USER_NAME_REQUIRED)
  const user = await tx.user.findUnique({ where: { accountId_id: { accountId, id } } })
  if (user === null) throw userNotFound(name ?? id)
  return user
}

export function userNotFound(name: string): IamError {
  return new IamError('NoSuchEntity', `The user with name ${name} cannot be found.`)
}
