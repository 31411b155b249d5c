import type { Services } from '../call.ts'
import { isFamiliarAddress } from '../throttle/familiar-address.ts'
import { bucket } from '../throttle/limits.ts'
import { forget, refund, reserve } from '../throttle/reserve.ts'
import { addressGroup } from '../../budget/index.ts'
import type { SignInSubject } from './sign-in-subject.ts'

/** Is familiar nowhere. */
const NOBODY = { accountId: '', id: '' }

/** One attempt to sign in, already counted. */
export interface SignInAttempt {
  /** The password was right but a code is missing: only the guesses as this user from this address stay counted. */
  readonly passwordWasRight: () => Promise<void>
  /** Gives everything back: the password was not looked at. */
  readonly neverMade: () => Promise<void>
  /** Gives everything back, and forgets the mistakes that this user made at this address. */
  readonly succeeded: () => Promise<void>
}

/**
 * Counts an attempt before the password is looked at. Throws Throttling.
 *
 * The counters over all addresses do not apply where the user has signed in lately, so that an attacker who fills them
 * cannot keep the owner out; and what fails at a familiar address does not fill them.
 */
export async function beginAttempt(
  services: Pick<Services, 'db' | 'clock'>,
  { accountLabel, userLabel, user }: SignInSubject,
  sourceIp: string | null,
): Promise<SignInAttempt> {
  const address = addressGroup(sourceIp)
  const atAddress = bucket('signInUserAtAddress', accountLabel, userLabel, address)
  const shared = [bucket('signInAddress', address)]
  // Asked of nobody, too: who does not exist is not to be told by a statement less.
  const familiar = await isFamiliarAddress(services, user ?? NOBODY, sourceIp)
  if (!familiar) shared.push(bucket('signInUser', accountLabel, userLabel), bucket('signInAccount', accountLabel))
  await reserve(services, [atAddress, ...shared])
  return {
    passwordWasRight: () => refund(services, shared),
    neverMade: () => refund(services, [atAddress, ...shared]),
    async succeeded() {
      await refund(services, shared)
      // Only who knows the password gets here, so guessers gain nothing from a fresh start.
      await forget(services, [atAddress])
    },
  }
}
