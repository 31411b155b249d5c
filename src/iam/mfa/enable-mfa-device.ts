import { enableWindow, resyncWindow, verifyTwoConsecutive } from '../../authn/mfa/index.ts'
import { isUser } from '../../authn/principal.ts'
import type { MfaDevice } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError, wrongMfaCode } from '../errors.ts'
import { checkQuota } from '../quotas.ts'
import { resolveUser } from '../users/find-user.ts'
import { findDevice, findDeviceOf, type MfaDeviceRecord, WITHOUT_SEED } from './find-device.ts'
import { createRecoveryCodesWithin, deleteRecoveryCodesWithoutDevice } from './recovery-codes.ts'
import { openSeed } from './seed.ts'

export interface MfaCodesInput {
  /** The caller when omitted; root's devices are enabled by root, who has no name. */
  readonly userName?: string | null
  readonly serialNumber: string
  readonly authenticationCode1: string
  /** The code that the device showed right after the first. */
  readonly authenticationCode2: string
}

export interface EnableMfaDeviceInput extends MfaCodesInput {
  /** False where nobody would be shown them: no recovery codes are made then. */
  readonly recoveryCodes?: boolean | null
}

export interface EnabledMfaDevice extends MfaDeviceRecord {
  /** Ten, with the first device of the caller's own, to be shown this once; null with all others. */
  readonly recoveryCodes: readonly string[] | null
}

/**
 * Gives a device to a user, who proves to hold it by two consecutive codes. Neither can be used again. With the first device that
 * callers enable for themselves they get recovery codes; an administrator who enables one for somebody else gets none, and that
 * person makes them. Throws InvalidAuthenticationCode, EntityAlreadyExists (in use), LimitExceeded, NoSuchEntity, ValidationError.
 */
export async function enableMfaDevice(call: Call, input: EnableMfaDeviceInput): Promise<EnabledMfaDevice> {
  const { recoveryCodes: wanted, ...codes } = input
  const { userName, serialNumber } = codes
  checkConstraints(codes)
  return await change(call, { userName: userName ?? call.principal.name, serialNumber }, async (tx) => {
    const user = await resolveUser(tx, call, userName)
    const device = await findDevice(tx, user.accountId, serialNumber)
    if (device.userId !== null) throw new IamError('EntityAlreadyExists', 'MFA Device is already in use.')
    const inUse = await tx.mfaDevice.count({ where: { accountId: user.accountId, userId: user.id } })
    checkQuota('MFADevicesPerUser', inUse + 1)
    // None are left where every gateway deletes them with the last device; one of an earlier release does not.
    if (inUse === 0) await deleteRecoveryCodesWithoutDevice(tx, user)
    const enabled = await tx.mfaDevice.update({
      where: { accountId_id: { accountId: device.accountId, id: device.id } },
      data: { userId: user.id, enabledAt: call.clock(), ...provenClock(call, device, input, enableWindow) },
      omit: WITHOUT_SEED,
    })
    const own = isUser(call.principal) && user.id === call.principal.id
    const makesCodes = own && inUse === 0 && wanted !== false
    return { ...enabled, recoveryCodes: makesCodes ? await createRecoveryCodesWithin(tx, call, user) : null }
  })
}

/**
 * Corrects how far a device's clock is off, from two consecutive codes. Throws InvalidAuthenticationCode, NoSuchEntity,
 * ValidationError.
 */
export async function resyncMfaDevice(call: Call, input: MfaCodesInput): Promise<MfaDeviceRecord> {
  const { userName, serialNumber } = input
  checkConstraints(input)
  return await change(call, { userName: userName ?? call.principal.name, serialNumber }, async (tx) => {
    const user = await resolveUser(tx, call, userName)
    const device = await findDeviceOf(tx, user, serialNumber)
    return await tx.mfaDevice.update({
      where: { accountId_id: { accountId: device.accountId, id: device.id } },
      data: provenClock(call, device, input, resyncWindow),
      omit: WITHOUT_SEED,
    })
  })
}

/** What two consecutive codes say about a device's clock. Codes up to the last one used are refused. */
function provenClock(call: Call, device: MfaDevice, codes: MfaCodesInput, window: number) {
  const match = verifyTwoConsecutive({
    code1: codes.authenticationCode1,
    code2: codes.authenticationCode2,
    seed: openSeed(call.secrets, device),
    now: call.clock(),
    // The clock that the device is expected to have is ours: what was learnt before is what may be wrong now.
    drift: 0,
    lastStep: Number(device.lastStep),
    window,
  })
  if (match === null) throw wrongMfaCode()
  return { drift: match.drift, lastStep: match.step }
}
