import type { Services } from '../call.ts'
import { addressGroup } from '../../budget/index.ts'

/** How long an address stays familiar after a sign-in; rows of sessions are kept that long. */
export const FAMILIAR_DAYS = 90
const DAY = 86_400_000

/**
 * Whether this user has signed in from this address lately. Limits that count all addresses together do not apply there:
 * otherwise anybody could lock the owner out of his usual place by failing often enough from elsewhere.
 */
export async function isFamiliarAddress(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  user: { readonly accountId: string; readonly id: string },
  sourceIp: string | null,
): Promise<boolean> {
  if (sourceIp === null) return false
  const places = await db.session.groupBy({
    by: ['sourceIp'],
    where: {
      accountId: user.accountId,
      userId: user.id,
      kind: 'PASSWORD',
      issuedAt: { gt: new Date(clock().getTime() - FAMILIAR_DAYS * DAY) },
    },
  })
  return places.some((place) => place.sourceIp !== null && addressGroup(place.sourceIp) === addressGroup(sourceIp))
}
