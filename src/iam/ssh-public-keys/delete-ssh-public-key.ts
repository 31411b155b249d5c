import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { findUser } from '../users/find-user.ts'
import { findSshPublicKey, metadataOf, type SshPublicKeyMetadata } from './find-ssh-public-key.ts'

export interface DeleteSshPublicKeyInput {
  readonly userName: string
  readonly sshPublicKeyId: string
}

/** Deletes a key, also an active one, and returns what it was. Throws NoSuchEntity (also for a key of another user), ValidationError. */
export async function deleteSshPublicKey(
  call: Call,
  { userName, sshPublicKeyId }: DeleteSshPublicKeyInput,
): Promise<SshPublicKeyMetadata> {
  checkConstraints({ userName, sshPublicKeyId })
  return await change(call, { userName, sshPublicKeyId }, async (tx) => {
    const user = await findUser(tx, call.principal.accountId, userName)
    const { accountId, id } = await findSshPublicKey(tx, user, sshPublicKeyId)
    return metadataOf(user, await tx.sshPublicKey.delete({ where: { accountId_id: { accountId, id } } }))
  })
}
