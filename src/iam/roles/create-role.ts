import type { Role } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { uniqueId } from '../identifiers.ts'
import { boundaryNotFound, findPolicy } from '../policies/find-policy.ts'
import { checkQuota } from '../quotas.ts'
import { checkTags, describeTags, type TagInput } from '../tags/tag-rules.ts'
import { tagsOf, writeTags } from '../tags/write-tags.ts'
import { isServiceLinked, SERVICE_LINKED_PATH } from './protected-role.ts'
import { storableTrustPolicy } from './trust-policy.ts'

export interface CreateRoleInput {
  readonly roleName: string
  /** The trust policy: who may assume the role. */
  readonly assumeRolePolicyDocument: string
  readonly path?: string | null
  readonly description?: string | null
  /** Seconds, 3,600 to 43,200; 3,600 when omitted. */
  readonly maxSessionDuration?: number | null
  /** ARN of a customer managed policy. */
  readonly permissionsBoundary?: string | null
  readonly tags?: readonly TagInput[] | null
}

const DEFAULT_SECONDS = 3600

/**
 * Creates a role without permissions. A single bad tag refuses the whole. Throws EntityAlreadyExists, LimitExceeded,
 * MalformedPolicyDocument, NoSuchEntity (boundary), InvalidInput, ValidationError.
 */
export async function createRole(call: Call, input: CreateRoleInput): Promise<Role> {
  const { roleName, assumeRolePolicyDocument, maxSessionDuration, permissionsBoundary, description } = input
  const tags = input.tags ?? []
  checkConstraints({
    roleName,
    path: input.path,
    assumeRolePolicyDocument,
    roleDescription: description,
    maxSessionDuration,
    permissionsBoundary,
  })
  checkTags(tags, 'role')
  if (isServiceLinked({ path: input.path ?? '' }))
    throw new IamError('InvalidInput', `Roles below ${SERVICE_LINKED_PATH} are made by CreateServiceLinkedRole.`)

  const { accountId } = call.principal
  const id = uniqueId('AROA', call.random)
  const path = input.path ?? '/'
  const seconds = maxSessionDuration ?? DEFAULT_SECONDS
  const detail = {
    roleName,
    roleId: id,
    path,
    assumeRolePolicyDocument,
    maxSessionDuration: seconds,
    permissionsBoundary: permissionsBoundary ?? null,
    tags: describeTags(tags),
  }
  return await change(call, detail, async (tx) => {
    const where = { accountId_nameKey: { accountId, nameKey: roleName.toLowerCase() } }
    if ((await tx.role.findUnique({ where, select: { id: true } })) !== null)
      throw new IamError('EntityAlreadyExists', `Role with name ${roleName} already exists.`)
    checkQuota('RolesPerAccount', (await tx.role.count({ where: { accountId } })) + 1)
    const boundary = permissionsBoundary ? await findPolicy(tx, accountId, permissionsBoundary, boundaryNotFound) : null
    const trustPolicy = await storableTrustPolicy(tx, accountId, assumeRolePolicyDocument)
    const role = await tx.role.create({
      data: {
        accountId,
        id,
        name: roleName,
        nameKey: roleName.toLowerCase(),
        path,
        description: description ?? null,
        trustPolicy,
        maxSessionDuration: seconds,
        createdAt: call.clock(),
        boundaryPolicyId: boundary?.id ?? null,
      },
    })
    await writeTags(tagsOf(tx, 'role', accountId, role.id), tags)
    return role
  })
}
