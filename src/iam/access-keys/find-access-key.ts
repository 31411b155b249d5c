import type { AccessKey } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/** An access key as operations hand it out: without its sealed secret. */
export type AccessKeyRecord = Omit<AccessKey, 'secret' | 'secretKeyId'>

/** Leaves the sealed secret in the database. */
export const WITHOUT_SECRET = { secret: true, secretKeyId: true } as const

/** A key of this user. A key of another user is as unknown as one that does not exist. Throws NoSuchEntity. */
export async function findAccessKey(
  tx: Tx,
  user: { readonly accountId: string; readonly id: string },
  accessKeyId: string,
): Promise<AccessKeyRecord> {
  const key = await tx.accessKey.findFirst({
    where: { accountId: user.accountId, id: accessKeyId, userId: user.id },
    omit: WITHOUT_SECRET,
  })
  if (key === null) throw accessKeyNotFound(accessKeyId)
  return key
}

export function accessKeyNotFound(accessKeyId: string): IamError {
  return new IamError('NoSuchEntity', `The Access Key with id ${accessKeyId} cannot be found`)
}
