import { SECRET_OWNER } from '../../authn/secret-owner.ts'
import type { User } from '../../generated/prisma/client.ts'
import type { AuditDetail } from '../audit-entry.ts'
import type { Call, Tx } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { newAccessKeyId, newSecretAccessKey } from '../identifiers.ts'
import { checkQuota } from '../quotas.ts'
import { checkReserved } from '../tags/tag-rules.ts'
import { tagsOf, writeTags } from '../tags/write-tags.ts'
import { resolveUser } from '../users/find-user.ts'
import { accessKeyCsv } from './access-key-csv.ts'
import { type ClientTokenUse, recallAccessKeyId, rememberAccessKeyId } from './client-token.ts'
import { type AccessKeyRecord, accessKeyNotFound, WITHOUT_SECRET } from './find-access-key.ts'

export interface CreateAccessKeyInput {
  /** The caller when omitted. */
  readonly userName?: string | null
  /** Kept as the user's tag whose key is the access key id; null and empty mean none. */
  readonly description?: string | null
  /** Within 24 hours the same token of the same caller answers with the same key and secret. */
  readonly clientToken?: string | null
}

export interface CreatedAccessKey {
  readonly accessKey: AccessKeyRecord
  /** Handed out here, and to a retry with the same clientToken within 24 hours, and never again. */
  readonly secretAccessKey: string
  readonly csv: string
}

/**
 * Makes a long-term key that works at once. Inactive keys count toward the quota of two. Throws NoSuchEntity, LimitExceeded
 * (keys, tags), InvalidInput (token used for something else), ValidationError.
 *
 * A repeated `clientToken` makes nothing; it opens the secret once more, because the answer that carried it may have been
 * lost on the way. When that key was deleted meanwhile it is not replaced: NoSuchEntity.
 */
export async function createAccessKey(call: Call, input: CreateAccessKeyInput): Promise<CreatedAccessKey> {
  const { userName, clientToken } = input
  const description = input.description || null
  checkConstraints({ userName, accessKeyDescription: description, clientToken })
  if (description !== null) checkReserved(description)

  const detail: AuditDetail & { accessKeyId: string | null; replayed: boolean } = {
    userName: userName ?? call.principal.name,
    description,
    // Known only at the end; the event is written after the work.
    accessKeyId: null,
    replayed: false,
  }
  const created = await change(call, detail, async (tx) => {
    const user = await resolveUser(tx, call, userName)
    const use = clientToken ? { token: clientToken, request: [user.id, description] } : null
    const earlierId = use && (await recallAccessKeyId(tx, call, use))
    const result = earlierId ? await openAgain(tx, call, earlierId) : await make(tx, call, user, description, use)
    detail.accessKeyId = result.accessKey.id
    detail.replayed = earlierId !== null
    return result
  })
  return { ...created, csv: accessKeyCsv(created.accessKey.id, created.secretAccessKey) }
}

type KeyAndSecret = Omit<CreatedAccessKey, 'csv'>

async function make(
  tx: Tx,
  call: Call,
  user: User,
  description: string | null,
  use: ClientTokenUse | null,
): Promise<KeyAndSecret> {
  const { accountId } = user
  checkQuota('AccessKeysPerUser', (await tx.accessKey.count({ where: { accountId, userId: user.id } })) + 1)

  const id = newAccessKeyId('AKIA', accountId, call.random)
  const secretAccessKey = newSecretAccessKey(call.random)
  const sealed = call.secrets.seal(Buffer.from(secretAccessKey), SECRET_OWNER.accessKey({ accountId, id }))
  const accessKey = await tx.accessKey.create({
    data: {
      accountId,
      id,
      userId: user.id,
      secret: sealed.ciphertext,
      secretKeyId: sealed.keyId,
      createdAt: call.clock(),
    },
    omit: WITHOUT_SECRET,
  })
  if (description !== null)
    await writeTags(tagsOf(tx, 'user', user.accountId, user.id), [{ key: id, value: description }])
  if (use !== null) await rememberAccessKeyId(tx, call, use, id)
  return { accessKey, secretAccessKey }
}

async function openAgain(tx: Tx, call: Call, id: string): Promise<KeyAndSecret> {
  const { accountId } = call.principal
  const row = await tx.accessKey.findUnique({ where: { accountId_id: { accountId, id } } })
  if (row === null) throw accessKeyNotFound(id)
  const { secret, secretKeyId, ...accessKey } = row
  const opened = call.secrets.open({ ciphertext: secret, keyId: secretKeyId }, SECRET_OWNER.accessKey(row))
  return { accessKey, secretAccessKey: Buffer.from(opened).toString() }
}
