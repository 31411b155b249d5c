import type { Role } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/** The role that is meant by name, without regard to case. Throws NoSuchEntity. */
export async function findRole(tx: Tx, accountId: string, roleName: string): Promise<Role> {
  const where = { accountId_nameKey: { accountId, nameKey: roleName.toLowerCase() } }
  const role = await tx.role.findUnique({ where })
  if (role === null) throw roleNotFound(roleName)
  return role
}

export function roleNotFound(name: string): IamError {
  return new IamError('NoSuchEntity', `The role with name ${name} cannot be found.`)
}
