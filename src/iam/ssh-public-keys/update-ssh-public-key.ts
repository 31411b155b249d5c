import type { CredentialStatus } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { findUser } from '../users/find-user.ts'
import { findSshPublicKey, metadataOf, type SshPublicKeyMetadata } from './find-ssh-public-key.ts'

export interface UpdateSshPublicKeyInput {
  readonly userName: string
  readonly sshPublicKeyId: string
  readonly status: CredentialStatus
}

/**
 * Activates or deactivates a key; the status that it has already is accepted. Throws NoSuchEntity (also for a key of another user),
 * ValidationError.
 */
export async function updateSshPublicKey(
  call: Call,
  { userName, sshPublicKeyId, status }: UpdateSshPublicKeyInput,
): Promise<SshPublicKeyMetadata> {
  checkConstraints({ userName, sshPublicKeyId })
  return await change(call, { userName, sshPublicKeyId, status }, async (tx) => {
    const user = await findUser(tx, call.principal.accountId, userName)
    const { accountId, id } = await findSshPublicKey(tx, user, sshPublicKeyId)
    return metadataOf(
      user,
      await tx.sshPublicKey.update({ where: { accountId_id: { accountId, id } }, data: { status } }),
    )
  })
}
