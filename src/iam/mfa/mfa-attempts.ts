import type { Services } from '../call.ts'
import { isFamiliarAddress } from '../throttle/familiar-address.ts'
import { type Bucket, bucket } from '../throttle/limits.ts'
import { addressGroup } from '../../budget/index.ts'

/**
 * The counter of one-time codes of a user, of all devices together: another device must not mean more guesses. Each familiar
 * address has its own, all others share one, so that a thief who has the password but not the device cannot use up the owner's.
 */
export async function mfaAttempts(
  services: Pick<Services, 'db' | 'clock'>,
  user: { readonly accountId: string; readonly id: string },
  sourceIp: string | null,
): Promise<Bucket> {
  const place = (await isFamiliarAddress(services, user, sourceIp)) ? addressGroup(sourceIp) : 'elsewhere'
  return bucket('mfaCode', user.accountId, user.id, place)
}
