import type { User } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { uniqueId } from '../identifiers.ts'
import { boundaryNotFound, findPolicy } from '../policies/find-policy.ts'
import { checkQuota } from '../quotas.ts'
import { checkTags, describeTags, type TagInput } from '../tags/tag-rules.ts'
import { tagsOf, writeTags } from '../tags/write-tags.ts'
import { nameIsTaken, userExists } from './user-names.ts'

export interface CreateUserInput {
  readonly userName: string
  readonly path?: string | null
  readonly tags?: readonly TagInput[] | null
  /** ARN of a customer managed policy. */
  readonly permissionsBoundary?: string | null
}

/**
 * Creates a user without credentials and without permissions. A single bad tag refuses the whole. Throws
 * EntityAlreadyExists, LimitExceeded, NoSuchEntity (boundary), InvalidInput, ValidationError.
 */
export async function createUser(call: Call, input: CreateUserInput): Promise<User> {
  const { userName, path, permissionsBoundary } = input
  const tags = input.tags ?? []
  checkConstraints({ userNameToCreate: userName, path, permissionsBoundary })
  checkTags(tags, 'user')

  const { accountId } = call.principal
  const id = uniqueId('AIDA', call.random)
  const detail = {
    userName,
    userId: id,
    path: path ?? '/',
    permissionsBoundary: permissionsBoundary ?? null,
    tags: describeTags(tags),
  }
  return await change(call, detail, async (tx) => {
    if (await nameIsTaken(tx, accountId, userName)) throw userExists(userName)
    checkQuota('UsersPerAccount', (await tx.user.count({ where: { accountId, root: false } })) + 1)
    const boundary = permissionsBoundary ? await findPolicy(tx, accountId, permissionsBoundary, boundaryNotFound) : null
    const user = await tx.user.create({
      data: {
        accountId,
        id,
        name: userName,
        nameKey: userName.toLowerCase(),
        path: path ?? '/',
        createdAt: call.clock(),
        boundaryPolicyId: boundary?.id ?? null,
      },
    })
    await writeTags(tagsOf(tx, 'user', accountId, user.id), tags)
    return user
  })
}
