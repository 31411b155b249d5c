import type { MfaDevice, MfaDeviceTag } from '../../generated/prisma/client.ts'
import type { ReadCall, Selection } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { ENTITY_BY_ID } from '../entities-by-id.ts'
import type { KeysetConnection, NodesOf } from '../keyset-page.ts'
import { resolveUser } from '../users/find-user.ts'
import { findDevice, findDeviceOf } from './find-device.ts'
import { type MfaDevicesArgs, pageOfMfaDevices } from './page-of-mfa-devices.ts'

export interface GetMfaDeviceInput {
  readonly serialNumber: string
  /** The caller when omitted. */
  readonly userName?: string | null
}

/**
 * A device that is enabled for a user, or for the caller (iam:GetMFADevice). Throws NoSuchEntity (user, device, not that user's),
 * ValidationError.
 */
export async function getMfaDevice(
  call: ReadCall,
  { serialNumber, userName }: GetMfaDeviceInput,
  asked: Selection,
): Promise<MfaDevice | null> {
  checkConstraints({ userName, serialNumber })
  const user = await resolveUser(call.db, call, userName)
  const { id } = await findDeviceOf(call.db, user, serialNumber)
  return await ENTITY_BY_ID.MfaDevice(call, id, asked)
}

/** One page of the virtual devices by path and name (iam:ListVirtualMFADevices). Throws ValidationError. */
export async function listVirtualMfaDevices(
  call: ReadCall,
  args: MfaDevicesArgs,
  nodes: NodesOf,
): Promise<KeysetConnection<MfaDevice>> {
  const page = pageOfMfaDevices(call.principal.accountId, args)
  const { where, orderBy, take } = page
  return page.connection(await call.db.mfaDevice.findMany({ ...nodes(page), where, orderBy, take }))
}

/** The tags of a virtual device by key (iam:ListMFADeviceTags). Throws NoSuchEntity, ValidationError. */
export async function listMfaDeviceTags(
  { db, principal }: ReadCall,
  { serialNumber }: { readonly serialNumber: string },
): Promise<MfaDeviceTag[]> {
  checkConstraints({ serialNumber })
  const { accountId, id: deviceId } = await findDevice(db, principal.accountId, serialNumber)
  return await db.mfaDeviceTag.findMany({ where: { accountId, deviceId }, orderBy: { key: 'asc' } })
}
