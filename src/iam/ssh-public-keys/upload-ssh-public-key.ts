import type { AuditDetail } from '../audit-entry.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { newAccessKeyId } from '../identifiers.ts'
import { checkQuota } from '../quotas.ts'
import { findUser } from '../users/find-user.ts'
import { recordOf, type SshPublicKeyRecord } from './find-ssh-public-key.ts'
import { readSshKey, sshKeyDigest } from './ssh-key-material.ts'

export interface UploadSshPublicKeyInput {
  readonly userName: string
  /** Kept as it is. */
  readonly sshPublicKeyBody: string
}

/**
 * Gives a user an SSH public key, which is active at once. The user must not have it already, in whatever encoding and with
 * whatever comment; other users may. Inactive keys count toward the quota of five. Throws NoSuchEntity,
 * UnrecognizedPublicKeyEncoding, InvalidPublicKey, DuplicateSSHPublicKey, LimitExceeded, ValidationError.
 */
export async function uploadSshPublicKey(
  call: Call,
  { userName, sshPublicKeyBody }: UploadSshPublicKeyInput,
): Promise<SshPublicKeyRecord> {
  checkConstraints({ userName, sshPublicKeyBody })
  const { accountId } = call.principal
  // Not the text: somebody may have given a private key.
  const detail: AuditDetail & { sshPublicKeyId: string | null; fingerprint: string | null } = {
    userName,
    sshPublicKeyId: null,
    fingerprint: null,
  }
  return await change(call, detail, async (tx) => {
    const user = await findUser(tx, accountId, userName)
    const digest = sshKeyDigest(readSshKey(sshPublicKeyBody))
    const owner = { accountId, userId: user.id }
    if ((await tx.sshPublicKey.count({ where: { ...owner, digest } })) > 0) {
      throw new IamError(
        'DuplicateSSHPublicKey',
        `The SSH public key is already associated with the user ${user.name}.`,
      )
    }
    checkQuota('SSHPublicKeysPerUser', (await tx.sshPublicKey.count({ where: owner })) + 1)
    const row = await tx.sshPublicKey.create({
      data: {
        ...owner,
        id: newAccessKeyId('APKA', accountId, call.random),
        body: sshPublicKeyBody,
        digest,
        uploadedAt: call.clock(),
      },
    })
    const record = recordOf(user, row)
    detail.sshPublicKeyId = record.id
    detail.fingerprint = record.fingerprint
    return record
  })
}
