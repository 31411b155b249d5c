import { owaspCost, TooManyHashes, verifyAgainstNothing, verifyPassword } from '../../authn/password/index.ts'
import { addressGroup } from '../../budget/index.ts'
import type { Call } from '../call.ts'
import { bucket } from '../throttle/limits.ts'
import { refund, reserve } from '../throttle/reserve.ts'

export interface ProvenPassword {
  readonly right: boolean
  /** That it is still the caller's is to be looked at under the user's lock; null when the caller has none. */
  readonly passwordHash: string | null
}

/**
 * Compares a password with the caller's own, before anything is locked: argon2 is slow on purpose. Wrong ones are counted, because
 * whoever finds an open session must not be able to guess the password. Throws Throttling, TooManyHashes.
 */
export async function proveOwnPassword(call: Call, password: string): Promise<ProvenPassword> {
  const { accountId, id: userId } = call.principal
  const attempts = [bucket('changePassword', accountId, userId)]
  await reserve(call, attempts)
  const where = { accountId_userId: { accountId, userId } }
  const stored = await call.db.loginProfile.findUnique({ where, select: { passwordHash: true } })
  const from = addressGroup(call.request.sourceIp)
  const right = await (stored === null
    ? verifyAgainstNothing(password, owaspCost, from)
    : verifyPassword(stored.passwordHash, password, from)
  ).catch(async (error: unknown) => {
    // Nothing was looked at: it was no attempt.
    if (error instanceof TooManyHashes) await refund(call, attempts)
    throw error
  })
  if (right) await refund(call, attempts)
  return { right, passwordHash: stored?.passwordHash ?? null }
}

/** Root manages what it signs in with only where it signed in with it: keys of root and what they made are refused, as at AWS. */
export function isRootElsewhere({ principal }: Pick<Call, 'principal'>): boolean {
  return principal.kind === 'root' && principal.credential !== 'PASSWORD'
}
