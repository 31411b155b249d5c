import type { InstanceProfile } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { uniqueId } from '../identifiers.ts'
import { checkQuota } from '../quotas.ts'
import { checkTags, describeTags, type TagInput } from '../tags/tag-rules.ts'
import { tagsOf, writeTags } from '../tags/write-tags.ts'

export interface CreateInstanceProfileInput {
  readonly instanceProfileName: string
  readonly path?: string | null
  readonly tags?: readonly TagInput[] | null
}

/** Creates an instance profile without a role. Throws EntityAlreadyExists, LimitExceeded, InvalidInput, ValidationError. */
export async function createInstanceProfile(call: Call, input: CreateInstanceProfileInput): Promise<InstanceProfile> {
  const { instanceProfileName: name } = input
  const tags = input.tags ?? []
  checkConstraints({ instanceProfileName: name, path: input.path })
  checkTags(tags, 'instance-profile')
  const { accountId } = call.principal
  const id = uniqueId('AIPA', call.random)
  const path = input.path ?? '/'
  const detail = { instanceProfileName: name, instanceProfileId: id, path, tags: describeTags(tags) }
  return await change(call, detail, async (tx) => {
    const nameKey = name.toLowerCase()
    const where = { accountId_nameKey: { accountId, nameKey } }
    if ((await tx.instanceProfile.findUnique({ where, select: { id: true } })) !== null)
      throw new IamError('EntityAlreadyExists', `Instance Profile ${name} already exists.`)
    checkQuota('InstanceProfilesPerAccount', (await tx.instanceProfile.count({ where: { accountId } })) + 1)
    const profile = await tx.instanceProfile.create({
      data: { accountId, id, name, nameKey, path, createdAt: call.clock() },
    })
    await writeTags(tagsOf(tx, 'instance-profile', accountId, id), tags)
    return profile
  })
}
