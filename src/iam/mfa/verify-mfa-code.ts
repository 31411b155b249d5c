import { signInWindow, verifyTotp } from '../../authn/mfa/index.ts'
import type { MfaDevice } from '../../generated/prisma/client.ts'
import type { Services, Tx } from '../call.ts'
import { deviceKey } from './find-device.ts'
import { openSeed } from './seed.ts'

export interface MfaProof {
  readonly user: { readonly accountId: string; readonly id: string }
  /** Six digits; anything else is just wrong. */
  readonly code: string
  /** The one device that may have shown the code; any enabled device of the user when null or omitted. */
  readonly serialNumber?: string | null
}

/**
 * Checks a one-time code against the enabled devices of a user and uses it up, in the caller's transaction: rolled back with it,
 * committed with it. Answers the device, or null when the code is wrong or was used before.
 *
 * The step is advanced by a conditional update: of two requests that bring one code at the same moment, the second waits for
 * the first one's row lock, finds the step taken, and changes nothing (RFC 6238 §5.2: a code is accepted once).
 */
export async function verifyMfaCode(
  tx: Tx,
  { clock, secrets }: Pick<Services, 'clock' | 'secrets'>,
  { user, code, serialNumber = null }: MfaProof,
): Promise<MfaDevice | null> {
  const { accountId, id: userId } = user
  const nameKey = serialNumber === null ? null : deviceKey(accountId, serialNumber)
  const devices = await tx.mfaDevice.findMany({ where: { accountId, userId }, orderBy: { id: 'asc' } })
  const now = clock()
  for (const device of devices) {
    if (serialNumber !== null && device.nameKey !== nameKey) continue
    const match = verifyTotp({
      code,
      seed: openSeed(secrets, device),
      now,
      drift: device.drift,
      lastStep: Number(device.lastStep),
      window: signInWindow,
    })
    if (match === null) continue
    const { count } = await tx.mfaDevice.updateMany({
      where: { accountId, id: device.id, userId, lastStep: { lt: match.step } },
      data: { lastStep: match.step },
    })
    if (count === 1) return device
  }
  return null
}
