import type { Principal } from '../../authn/principal.ts'
import type { Tx } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { resolveUser } from '../users/find-user.ts'
import { findDeviceOf } from './find-device.ts'

export interface GetMfaDeviceInput {
  readonly serialNumber: string
  /** The caller when omitted. */
  readonly userName?: string | null
}

/**
 * The id of a device that is enabled for the user. Throws NoSuchEntity (user, device, not that user's), ValidationError.
 */
export async function getMfaDevice(
  db: Tx,
  principal: Principal,
  { serialNumber, userName }: GetMfaDeviceInput,
): Promise<{ readonly id: string }> {
  checkConstraints({ userName, serialNumber })
  const user = await resolveUser(db, { principal }, userName)
  const { id } = await findDeviceOf(db, user, serialNumber)
  return { id }
}
