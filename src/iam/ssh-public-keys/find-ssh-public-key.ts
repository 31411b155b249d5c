import type { SshPublicKey, User } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'
import type { SshKeyEncoding } from './ssh-key-material.ts'
import { sshFingerprint, sshKeyBody } from './ssh-key-material.ts'

/** What lists tell of a key, and changes of its status. */
export type SshPublicKeyMetadata = Pick<SshPublicKey, 'id' | 'status' | 'uploadedAt'> & { readonly userName: string }

/** A key with its text and MD5 fingerprint. */
export type SshPublicKeyRecord = SshPublicKeyMetadata & { readonly body: string; readonly fingerprint: string }

export function metadataOf(
  { name }: Pick<User, 'name'>,
  { id, status, uploadedAt }: SshPublicKey,
): SshPublicKeyMetadata {
  return { id, status, uploadedAt, userName: name }
}

/** @param encoding how the text is wanted; as it was uploaded when left out */
export function recordOf(owner: Pick<User, 'name'>, row: SshPublicKey, encoding?: SshKeyEncoding): SshPublicKeyRecord {
  const body = encoding === undefined ? row.body : sshKeyBody(row.body, encoding)
  return { ...metadataOf(owner, row), body, fingerprint: sshFingerprint(row.body) }
}

/** A key of this user. A key of another user is as unknown as one that does not exist. Throws NoSuchEntity. */
export async function findSshPublicKey(
  tx: Tx,
  { accountId, id: userId }: Pick<User, 'accountId' | 'id'>,
  sshPublicKeyId: string,
): Promise<SshPublicKey> {
  const key = await tx.sshPublicKey.findFirst({ where: { accountId, id: sshPublicKeyId, userId } })
  if (key === null) throw new IamError('NoSuchEntity', `The Public Key with id ${sshPublicKeyId} cannot be found.`)
  return key
}
