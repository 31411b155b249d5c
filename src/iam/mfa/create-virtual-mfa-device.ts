import { generateSeed, otpauthUri } from '../../authn/mfa/index.ts'
import { mfaArn } from '../../authn/arn.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { uuidv7 } from '../identifiers.ts'
import { checkQuota } from '../quotas.ts'
import { checkTags, describeTags, type TagInput } from '../tags/tag-rules.ts'
import { tagsOf, writeTags } from '../tags/write-tags.ts'
import { type MfaDeviceRecord, WITHOUT_SEED } from './find-device.ts'
import { sealSeed } from './seed.ts'

export interface CreateVirtualMfaDeviceInput {
  readonly virtualMfaDeviceName: string
  readonly path?: string | null
  readonly tags?: readonly TagInput[] | null
}

export interface CreatedMfaDevice {
  readonly mfaDevice: MfaDeviceRecord
  /** 64 base32 characters. Shown this once, as is the address that contains it. */
  readonly base32StringSeed: string
  readonly otpauthUri: string
}

/**
 * Creates a virtual device that is not enabled for anybody yet. A single bad tag refuses the whole. Throws
 * EntityAlreadyExists, LimitExceeded, InvalidInput, ValidationError.
 */
export async function createVirtualMfaDevice(
  call: Call,
  input: CreateVirtualMfaDeviceInput,
): Promise<CreatedMfaDevice> {
  const { virtualMfaDeviceName: name } = input
  const path = input.path ?? '/'
  const tags = input.tags ?? []
  checkConstraints({ virtualMfaDeviceName: name, path })
  const { accountId } = call.principal
  const serialNumber = mfaArn({ accountId, path, name })
  // A longer one, or one with other characters, could not be given to any of the other operations.
  checkConstraints({ serialNumber })
  checkTags(tags, 'mfa')

  const id = uuidv7(call.clock(), call.random)
  const seed = generateSeed(call.random)
  const sealed = sealSeed(call.secrets, { accountId, id }, seed)
  const nameKey = (path + name).toLowerCase()
  const { mfaDevice, account } = await change(call, { serialNumber, tags: describeTags(tags) }, async (tx) => {
    if (await tx.mfaDevice.findUnique({ where: { accountId_nameKey: { accountId, nameKey } }, select: { id: true } }))
      throw new IamError('EntityAlreadyExists', 'MFADevice entity at the same path and name already exists.')
    checkQuota('VirtualMFADevicesPerAccount', (await tx.mfaDevice.count({ where: { accountId } })) + 1)
    const data = { accountId, id, name, path, nameKey, createdAt: call.clock() }
    const created = await tx.mfaDevice.create({
      data: { ...data, seed: sealed.ciphertext, seedKeyId: sealed.keyId },
      omit: WITHOUT_SEED,
    })
    await writeTags(tagsOf(tx, 'mfa', accountId, created.id), tags)
    return { mfaDevice: created, account: await tx.account.findUniqueOrThrow({ where: { id: accountId } }) }
  })
  const uri = otpauthUri({ name, account: account.alias ?? accountId, seed })
  return { mfaDevice, base32StringSeed: seed, otpauthUri: uri }
}
