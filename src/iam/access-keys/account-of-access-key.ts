import type { AccountRead } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { accountOfAccessKeyId } from '../identifiers.ts'
import { accessKeyNotFound } from './find-access-key.ts'

/**
 * The account of any access key id (sts:GetAccessKeyInfo): from the table, else decoded from the id itself, which also works
 * for deleted keys and for temporary ones. Says nothing about the key's state. Throws NoSuchEntity, ValidationError.
 */
export async function accountOfAccessKey(
  { db }: Pick<AccountRead, 'db'>,
  { accessKeyId }: { readonly accessKeyId: string },
): Promise<string> {
  checkConstraints({ accessKeyId })
  const key = await db.accessKey.findUnique({ where: { id: accessKeyId }, select: { accountId: true } })
  const accountId = key?.accountId ?? accountOfAccessKeyId(accessKeyId)
  if (accountId === null) throw accessKeyNotFound(accessKeyId)
  return accountId
}
