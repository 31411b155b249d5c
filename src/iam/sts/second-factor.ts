import type { Call, Tx } from '../call.ts'
import { IamError } from '../errors.ts'
import { deviceKey } from '../mfa/find-device.ts'
import { verifyMfaCode } from '../mfa/verify-mfa-code.ts'

/** A device and the code that it shows, as requests to STS carry them: both or none. */
export interface SecondFactorInput {
  readonly serialNumber?: string | null
  readonly tokenCode?: string | null
}

/** AWS's texts, trailing blank and double blank included. */
const BOTH_NEEDED = 'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.'
const WRONG_CODE = 'MultiFactorAuthentication failed with invalid MFA one time pass code. '
const WRONG_DEVICE =
  'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.'

/** Checks and uses up the caller's one-time code; null when none was given. Throws AccessDenied. */
export async function secondFactor(tx: Tx, call: Call, input: SecondFactorInput): Promise<Date | null> {
  const serialNumber = input.serialNumber ?? null
  const code = input.tokenCode ?? null
  if (serialNumber === null && code === null) return null
  if (serialNumber === null || code === null) throw new IamError('AccessDenied', BOTH_NEEDED)
  const user = call.principal
  const mine = await tx.mfaDevice.findMany({ where: { accountId: user.accountId, userId: user.id } })
  if (!mine.some((device) => deviceKey(user.accountId, serialNumber) === device.nameKey))
    throw new IamError('AccessDenied', WRONG_DEVICE)
  if ((await verifyMfaCode(tx, call, { user, code, serialNumber })) === null)
    throw new IamError('AccessDenied', WRONG_CODE)
  return call.clock()
}
