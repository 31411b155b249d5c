import type { AccessKey } from '../../generated/prisma/client.ts'
import type { ReadCall, Selection } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { ENTITY_BY_ID } from '../entities-by-id.ts'
import { accessKeyNotFound } from './find-access-key.ts'

/** A key of the account by its id (iam:GetAccessKeyLastUsed). Throws NoSuchEntity, ValidationError. */
export async function getAccessKey(
  call: ReadCall,
  { accessKeyId }: { readonly accessKeyId: string },
  asked: Selection,
): Promise<AccessKey> {
  checkConstraints({ accessKeyId })
  const key = await ENTITY_BY_ID.AccessKey(call, accessKeyId, asked)
  if (!key) throw accessKeyNotFound(accessKeyId)
  return key
}
