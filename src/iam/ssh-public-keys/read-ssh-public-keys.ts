import type { ReadCall } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { findUser, resolveUser } from '../users/find-user.ts'
import type { OwnerInput } from '../users/read-users.ts'
import {
  findSshPublicKey,
  metadataOf,
  recordOf,
  type SshPublicKeyMetadata,
  type SshPublicKeyRecord,
} from './find-ssh-public-key.ts'
import type { SshKeyEncoding } from './ssh-key-material.ts'

export interface GetSshPublicKeyInput {
  readonly userName: string
  readonly sshPublicKeyId: string
  readonly encoding: SshKeyEncoding
}

/** A key of a user in the encoding that is asked for (iam:GetSSHPublicKey). Throws NoSuchEntity, ValidationError. */
export async function getSshPublicKey(
  { db, principal }: ReadCall,
  { userName, sshPublicKeyId, encoding }: GetSshPublicKeyInput,
): Promise<SshPublicKeyRecord> {
  checkConstraints({ userName, sshPublicKeyId })
  const user = await findUser(db, principal.accountId, userName)
  return recordOf(user, await findSshPublicKey(db, user, sshPublicKeyId), encoding)
}

/** The keys of a user, or of the caller, oldest first (iam:ListSSHPublicKeys). Throws NoSuchEntity, ValidationError. */
export async function listSshPublicKeys(call: ReadCall, { userName }: OwnerInput): Promise<SshPublicKeyMetadata[]> {
  checkConstraints({ userName })
  const user = await resolveUser(call.db, call, userName)
  const rows = await call.db.sshPublicKey.findMany({
    where: { accountId: user.accountId, userId: user.id },
    orderBy: [{ uploadedAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map((row) => metadataOf(user, row))
}
