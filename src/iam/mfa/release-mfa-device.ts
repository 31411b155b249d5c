import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { resolveUser } from '../users/find-user.ts'
import { findDevice, findDeviceOf, type MfaDeviceRecord, WITHOUT_SEED } from './find-device.ts'
import { deleteRecoveryCodesWithoutDevice } from './recovery-codes.ts'

export interface DeactivateMfaDeviceInput {
  /** The caller when omitted. */
  readonly userName?: string | null
  readonly serialNumber: string
}

/**
 * Takes a device away from its user. The device stays, and remembers its last step: a code that was used stays used. With the last
 * device of the user the recovery codes go. Throws NoSuchEntity, ValidationError.
 */
export async function deactivateMfaDevice(call: Call, input: DeactivateMfaDeviceInput): Promise<MfaDeviceRecord> {
  const { userName, serialNumber } = input
  checkConstraints({ userName, serialNumber })
  return await change(call, { userName: userName ?? call.principal.name, serialNumber }, async (tx) => {
    const user = await resolveUser(tx, call, userName)
    const { accountId, id } = await findDeviceOf(tx, user, serialNumber)
    const released = await tx.mfaDevice.update({
      where: { accountId_id: { accountId, id } },
      data: { userId: null, enabledAt: null },
      omit: WITHOUT_SEED,
    })
    await deleteRecoveryCodesWithoutDevice(tx, user)
    return released
  })
}

/** Deletes a device that nobody uses, and returns the row that was. Throws DeleteConflict, NoSuchEntity, ValidationError. */
export async function deleteVirtualMfaDevice(
  call: Call,
  { serialNumber }: { readonly serialNumber: string },
): Promise<MfaDeviceRecord> {
  checkConstraints({ serialNumber })
  return await change(call, { serialNumber }, async (tx) => {
    const { accountId, id, userId } = await findDevice(tx, call.principal.accountId, serialNumber)
    if (userId !== null) throw new IamError('DeleteConflict', 'MFA VirtualDevice in use. Must deactivate first.')
    return await tx.mfaDevice.delete({ where: { accountId_id: { accountId, id } }, omit: WITHOUT_SEED })
  })
}
