import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { checkTagKeys, checkTags, describeTags, type TagInput } from '../tags/tag-rules.ts'
import { tagsOfMfaDevice, writeTags } from '../tags/write-tags.ts'
import { findDevice } from './find-device.ts'

export interface TagMfaDeviceInput {
  readonly serialNumber: string
  readonly tags: readonly TagInput[]
}

export interface UntagMfaDeviceInput {
  readonly serialNumber: string
  readonly tagKeys: readonly string[]
}

/** The device whose tags changed: nothing of its row is needed, least of all its seed. */
export interface TaggedMfaDevice {
  readonly id: string
}

/** Adds or replaces tags of a virtual MFA device. Throws NoSuchEntity, LimitExceeded, InvalidInput, ValidationError. */
export async function tagMfaDevice(call: Call, { serialNumber, tags }: TagMfaDeviceInput): Promise<TaggedMfaDevice> {
  checkConstraints({ serialNumber })
  checkTags(tags, 'case-sensitive')
  return await change(call, { serialNumber, tags: describeTags(tags) }, async (tx) => {
    const { accountId, id } = await findDevice(tx, call.principal.accountId, serialNumber)
    await writeTags(tagsOfMfaDevice(tx, { accountId, id }), tags)
    return { id }
  })
}

/** Takes tags away from a virtual MFA device; keys that are not there are ignored. Throws NoSuchEntity, ValidationError. */
export async function untagMfaDevice(
  call: Call,
  { serialNumber, tagKeys }: UntagMfaDeviceInput,
): Promise<TaggedMfaDevice> {
  checkConstraints({ serialNumber })
  checkTagKeys(tagKeys)
  return await change(call, { serialNumber, tagKeys }, async (tx) => {
    const { accountId, id } = await findDevice(tx, call.principal.accountId, serialNumber)
    await tagsOfMfaDevice(tx, { accountId, id }).remove(tagKeys)
    return { id }
  })
}
