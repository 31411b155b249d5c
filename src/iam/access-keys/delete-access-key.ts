import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { tagsOf } from '../tags/write-tags.ts'
import { resolveUser } from '../users/find-user.ts'
import { type AccessKeyRecord, findAccessKey, WITHOUT_SECRET } from './find-access-key.ts'

export interface DeleteAccessKeyInput {
  /** The caller when omitted. */
  readonly userName?: string | null
  readonly accessKeyId: string
  /** Refuse an active key, as the console does; IAM's API would delete it. */
  readonly requireInactive?: boolean | null
}

/**
 * Deletes a key with its description and returns the row that was. Temporary credentials that were made with it end.
 * Throws NoSuchEntity, DeleteConflict (active though `requireInactive`), ValidationError.
 */
export async function deleteAccessKey(call: Call, input: DeleteAccessKeyInput): Promise<AccessKeyRecord> {
  const { userName, accessKeyId } = input
  const requireInactive = input.requireInactive ?? false
  checkConstraints({ userName, accessKeyId })
  const detail = { userName: userName ?? call.principal.name, accessKeyId, requireInactive }
  return await change(call, detail, async (tx) => {
    const user = await resolveUser(tx, call, userName)
    const key = await findAccessKey(tx, user, accessKeyId)
    if (requireInactive && key.status === 'ACTIVE') {
      throw new IamError('DeleteConflict', 'Cannot delete entity, must deactivate the access key first.')
    }
    await tagsOf(tx, 'user', user.accountId, user.id).remove([key.id])
    return await tx.accessKey.delete({
      where: { accountId_id: { accountId: key.accountId, id: key.id } },
      omit: WITHOUT_SECRET,
    })
  })
}
