import type { User } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { checkTagKeys, checkTags, describeTags, type TagInput } from '../tags/tag-rules.ts'
import { tagsOfUser, writeTags } from '../tags/write-tags.ts'
import { findUser } from './find-user.ts'

export interface TagUserInput {
  readonly userName: string
  readonly tags: readonly TagInput[]
}

export interface UntagUserInput {
  readonly userName: string
  readonly tagKeys: readonly string[]
}

/** Adds or replaces tags of a user. Throws NoSuchEntity, LimitExceeded, InvalidInput, ValidationError. */
export async function tagUser(call: Call, { userName, tags }: TagUserInput): Promise<User> {
  checkConstraints({ userName })
  checkTags(tags)
  return await change(call, { userName, tags: describeTags(tags) }, async (tx) => {
    const user = await findUser(tx, call.principal.accountId, userName)
    await writeTags(tagsOfUser(tx, user), tags)
    return user
  })
}

/** Takes tags away from a user; keys that are not there are ignored. Throws NoSuchEntity, ValidationError. */
export async function untagUser(call: Call, { userName, tagKeys }: UntagUserInput): Promise<User> {
  checkConstraints({ userName })
  checkTagKeys(tagKeys)
  return await change(call, { userName, tagKeys }, async (tx) => {
    const user = await findUser(tx, call.principal.accountId, userName)
    await tagsOfUser(tx, user).remove(tagKeys)
    return user
  })
}
