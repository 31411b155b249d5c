import type { InstanceProfile } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/** The instance profile that is meant by name, without regard to case. Throws NoSuchEntity. */
export async function findInstanceProfile(tx: Tx, accountId: string, name: string): Promise<InstanceProfile> {
  const where = { accountId_nameKey: { accountId, nameKey: name.toLowerCase() } }
  const profile = await tx.instanceProfile.findUnique({ where })
  if (profile === null) throw instanceProfileNotFound(name)
  return profile
}

export function instanceProfileNotFound(name: string): IamError {
  return new IamError('NoSuchEntity', `Instance Profile ${name} cannot be found.`)
}
