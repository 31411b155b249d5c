import type { Tx } from '../call.ts'
import { checkQuota } from '../quotas.ts'
import { foldTagKey, type TagInput } from './tag-rules.ts'

/** The row that tags hang on. */
interface TaggedUser {
  readonly accountId: string
  readonly id: string
}

/**
 * Adds tags to a user or replaces those whose keys are equal without regard to case; the new spelling stays. The tags must
 * have been checked. Throws LimitExceeded when the user would have too many.
 */
export async function writeUserTags(tx: Tx, user: TaggedUser, tags: readonly TagInput[]): Promise<void> {
  if (tags.length === 0) return
  const owner = { accountId: user.accountId, userId: user.id }
  await removeUserTags(
    tx,
    user,
    tags.map(({ key }) => key),
  )
  checkQuota('TagsPerUser', (await tx.userTag.count({ where: owner })) + tags.length)
  await tx.userTag.createMany({
    data: tags.map(({ key, value }) => ({ ...owner, keyFold: foldTagKey(key), key, value })),
  })
}

/** Takes tags away; keys that the user does not have are ignored. */
export async function removeUserTags(tx: Tx, user: TaggedUser, keys: readonly string[]): Promise<void> {
  await tx.userTag.deleteMany({
    where: { accountId: user.accountId, userId: user.id, keyFold: { in: keys.map(foldTagKey) } },
  })
}
