import type { Role } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { checkTagKeys, checkTags, describeTags, type TagInput } from '../tags/tag-rules.ts'
import { tagsOfRole, writeTags } from '../tags/write-tags.ts'
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
    await writeTags(tagsOfRole(tx, role), tags)
    return role
  })
}

/** Takes tags away from a role; keys that are not there are ignored. Throws NoSuchEntity, ValidationError. */
export async function untagRole(call: Call, { roleName, tagKeys }: UntagRoleInput): Promise<Role> {
  checkConstraints({ roleName })
  checkTagKeys(tagKeys)
  return await change(call, { roleName, tagKeys }, async (tx) => {
    const role = await findRole(tx, call.principal.accountId, roleName)
    await tagsOfRole(tx, role).remove(tagKeys)
    return role
  })
}
