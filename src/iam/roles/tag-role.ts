import type { Role } from '../../generated/prisma/client.ts'
import type { Call, Tx } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { checkQuota } from '../quotas.ts'
import { checkTagKeys, checkTags, foldTagKey, type TagInput } from '../tags/tag-rules.ts'
import { describeTags } from '../tags/tag-user.ts'
import { findRole } from './find-role.ts'

export interface TagRoleInput {
  readonly roleName: string
  readonly tags: readonly TagInput[]
}

export interface UntagRoleInput {
  readonly roleName: string
  readonly tagKeys: readonly string[]
}

/** Adds or replaces tags of a role. Throws NoSuchEntity, LimitExceeded, InvalidInput, ValidationError. */
export async function tagRole(call: Call, { roleName, tags }: TagRoleInput): Promise<Role> {
  checkConstraints({ roleName })
  checkTags(tags)
  return await change(call, { roleName, tags: describeTags(tags) }, async (tx) => {
    const role = await findRole(tx, call.principal.accountId, roleName)
    await writeRoleTags(tx, role, tags)
    return role
  })
}

/** Takes tags away from a role; keys that are not there are ignored. Throws NoSuchEntity, ValidationError. */
export async function untagRole(call: Call, { roleName, tagKeys }: UntagRoleInput): Promise<Role> {
  checkConstraints({ roleName })
  checkTagKeys(tagKeys)
  return await change(call, { roleName, tagKeys }, async (tx) => {
    const role = await findRole(tx, call.principal.accountId, roleName)
    await removeRoleTags(tx, role, tagKeys)
    return role
  })
}

type TaggedRole = Pick<Role, 'accountId' | 'id'>

/**
 * Adds tags to a role or replaces those whose keys are equal without regard to case; the new spelling stays. The tags must
 * have been checked. Throws LimitExceeded when the role would have too many.
 */
export async function writeRoleTags(tx: Tx, role: TaggedRole, tags: readonly TagInput[]): Promise<void> {
  if (tags.length === 0) return
  const owner = { accountId: role.accountId, roleId: role.id }
  await removeRoleTags(
    tx,
    role,
    tags.map(({ key }) => key),
  )
  checkQuota('TagsPerRole', (await tx.roleTag.count({ where: owner })) + tags.length)
  await tx.roleTag.createMany({
    data: tags.map(({ key, value }) => ({ ...owner, keyFold: foldTagKey(key), key, value })),
  })
}

async function removeRoleTags(tx: Tx, role: TaggedRole, keys: readonly string[]): Promise<void> {
  await tx.roleTag.deleteMany({
    where: { accountId: role.accountId, roleId: role.id, keyFold: { in: keys.map(foldTagKey) } },
  })
}
