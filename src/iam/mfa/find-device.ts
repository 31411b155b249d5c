import type { MfaDevice } from '../../generated/prisma/client.ts'
import { mfaArn, parseIamArn } from '../../authn/arn.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/** The row without its seed: what operations answer with. */
export type MfaDeviceRecord = Omit<MfaDevice, 'seed' | 'seedKeyId'>
export const WITHOUT_SEED = { seed: true, seedKeyId: true } as const

/** Path and name in lower case; null when the serial number is not that of a virtual device of this account. */
export function deviceKey(accountId: string, serialNumber: string): string | null {
  const arn = parseIamArn(serialNumber)
  if (arn === null || arn.type !== 'mfa' || arn.accountId !== accountId) return null
  return (arn.path + arn.name).toLowerCase()
}

/**
 * The device with this serial number, letter by letter, of the account: the serial number as given is what permissions were
 * checked on, so another spelling must not reach the same device past a Deny. Throws NoSuchEntity.
 */
export async function findDevice(tx: Tx, accountId: string, serialNumber: string): Promise<MfaDevice> {
  const nameKey = deviceKey(accountId, serialNumber)
  const device =
    nameKey === null ? null : await tx.mfaDevice.findUnique({ where: { accountId_nameKey: { accountId, nameKey } } })
  if (device === null || mfaArn(device) !== serialNumber)
    throw new IamError('NoSuchEntity', `VirtualMFADevice with serial number ${serialNumber} doesn't exist.`)
  return device
}

/** The device with this serial number if it is enabled for this user. Throws NoSuchEntity. */
export async function findDeviceOf(
  tx: Tx,
  user: { readonly accountId: string; readonly id: string },
  serialNumber: string,
): Promise<MfaDevice> {
  const device = await findDevice(tx, user.accountId, serialNumber)
  if (device.userId !== user.id) throw new IamError('NoSuchEntity', 'MFA Device invalid for user.')
  return device
}
