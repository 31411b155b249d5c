import type { Tx } from '../call.ts'
import { checkQuota, type QuotaName } from '../quotas.ts'
import { foldTagKey, type TagInput } from './tag-rules.ts'

/** The row that tags hang on. */
interface Tagged {
  readonly accountId: string
  readonly id: string
}

/** The tags of one thing. */
export interface TagRows {
  readonly quota: QuotaName
  count(): Promise<number>
  add(tags: readonly TagInput[]): Promise<unknown>
  /** Takes tags away; keys that are not there are ignored. */
  remove(keys: readonly string[]): Promise<unknown>
}

/**
 * Adds tags or replaces those that have the same keys; the new spelling stays. The tags must have been checked. Throws
 * LimitExceeded when the thing would have too many.
 */
export async function writeTags(rows: TagRows, tags: readonly TagInput[]): Promise<void> {
  if (tags.length === 0) return
  await rows.remove(tags.map(({ key }) => key))
  checkQuota(rows.quota, (await rows.count()) + tags.length)
  await rows.add(tags)
}

/** Tags of a user: keys are the same without regard to case. */
export function tagsOfUser(tx: Tx, { accountId, id: userId }: Tagged): TagRows {
  const owner = { accountId, userId }
  return {
    quota: 'TagsPerUser',
    count: () => tx.userTag.count({ where: owner }),
    add: (tags) => tx.userTag.createMany({ data: tags.map((tag) => ({ ...owner, ...folded(tag) })) }),
    remove: (keys) => tx.userTag.deleteMany({ where: { ...owner, keyFold: { in: keys.map(foldTagKey) } } }),
  }
}

/** Tags of a role: keys are the same without regard to case. */
export function tagsOfRole(tx: Tx, { accountId, id: roleId }: Tagged): TagRows {
  const owner = { accountId, roleId }
  return {
    quota: 'TagsPerRole',
    count: () => tx.roleTag.count({ where: owner }),
    add: (tags) => tx.roleTag.createMany({ data: tags.map((tag) => ({ ...owner, ...folded(tag) })) }),
    remove: (keys) => tx.roleTag.deleteMany({ where: { ...owner, keyFold: { in: keys.map(foldTagKey) } } }),
  }
}

/** Tags of a managed policy: keys that differ in case are two. */
export function tagsOfPolicy(tx: Tx, { accountId, id: policyId }: Tagged): TagRows {
  const owner = { accountId, policyId }
  return {
    quota: 'TagsPerPolicy',
    count: () => tx.policyTag.count({ where: owner }),
    add: (tags) => tx.policyTag.createMany({ data: tags.map(({ key, value }) => ({ ...owner, key, value })) }),
    remove: (keys) => tx.policyTag.deleteMany({ where: { ...owner, key: { in: [...keys] } } }),
  }
}

/** Tags of a virtual MFA device: keys that differ in case are two. */
export function tagsOfMfaDevice(tx: Tx, { accountId, id: deviceId }: Tagged): TagRows {
  const owner = { accountId, deviceId }
  return {
    quota: 'TagsPerMFADevice',
    count: () => tx.mfaDeviceTag.count({ where: owner }),
    add: (tags) => tx.mfaDeviceTag.createMany({ data: tags.map(({ key, value }) => ({ ...owner, key, value })) }),
    remove: (keys) => tx.mfaDeviceTag.deleteMany({ where: { ...owner, key: { in: [...keys] } } }),
  }
}

function folded({ key, value }: TagInput) {
  return { keyFold: foldTagKey(key), key, value }
}
