import type { AccessKeyStatus } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints, throwBroken } from '../constraints.ts'
import { checkReserved } from '../tags/tag-rules.ts'
import { tagsOf, writeTags } from '../tags/write-tags.ts'
import { resolveUser } from '../users/find-user.ts'
import { type AccessKeyRecord, findAccessKey, WITHOUT_SECRET } from './find-access-key.ts'

export interface UpdateAccessKeyInput {
  /** The caller when omitted. */
  readonly userName?: string | null
  readonly accessKeyId: string
  /** Stays as it is when null or omitted. */
  readonly status?: AccessKeyStatus | null
  /** Stays as it is when null or omitted; the empty string takes it away. */
  readonly description?: string | null
}

/**
 * Activates or deactivates a key, or changes its description, or both. The status that a key has already is accepted. A
 * caller may deactivate the key that it signs with. Throws NoSuchEntity, LimitExceeded (tags), InvalidInput, ValidationError.
 */
export async function updateAccessKey(call: Call, input: UpdateAccessKeyInput): Promise<AccessKeyRecord> {
  const { userName, accessKeyId } = input
  const status = input.status ?? null
  const description = input.description ?? null
  checkConstraints({ userName, accessKeyId, accessKeyDescription: description })
  if (description !== null) checkReserved(description)
  // IAM demands a status; here either of the two is enough, but something must be asked for.
  if (status === null && description === null) {
    throwBroken(["Value at 'status' failed to satisfy constraint: Member must not be null"])
  }

  const detail = { userName: userName ?? call.principal.name, accessKeyId, status, description }
  return await change(call, detail, async (tx) => {
    const user = await resolveUser(tx, call, userName)
    const key = await findAccessKey(tx, user, accessKeyId)
    if (description === '') await tagsOf(tx, 'user', user.accountId, user.id).remove([key.id])
    else if (description !== null)
      await writeTags(tagsOf(tx, 'user', user.accountId, user.id), [{ key: key.id, value: description }])
    if (status === null) return key
    return await tx.accessKey.update({
      where: { accountId_id: { accountId: key.accountId, id: key.id } },
      data: { status },
      omit: WITHOUT_SECRET,
    })
  })
}
