import type { PrincipalElement, PrincipalEntry, PrincipalRef } from '../types.ts'

/**
 * How far a Principal element reaches for one caller (AWS IAM user guide, "Policy evaluation logic", same account):
 * - `account`: the account is named, which delegates to its own identity policies;
 * - `limited`: the role or everybody is named: a grant within the caller's boundary and session policy;
 * - `direct`: the very user or session is named: a grant that boundary and session policy do not narrow.
 */
export type PrincipalGrant = 'none' | 'account' | 'limited' | 'direct'

const RANK: Readonly<Record<PrincipalGrant, number>> = { none: 0, account: 1, limited: 2, direct: 3 }

export function widerGrant(a: PrincipalGrant, b: PrincipalGrant): PrincipalGrant {
  return RANK[a] >= RANK[b] ? a : b
}

/**
 * The grant of one statement. In role trust policies (`trust`) an Allow to `*` means AWS principals only; a Deny to `*`
 * means everybody everywhere.
 */
export function grantOf(
  element: PrincipalElement,
  effect: 'Allow' | 'Deny',
  caller: PrincipalRef,
  trust: boolean,
): PrincipalGrant {
  let named: PrincipalGrant = 'none'
  const awsOnly = trust && effect === 'Allow'
  for (const entry of element.entries) named = widerGrant(named, grantOfEntry(entry, caller, awsOnly))
  if (!element.negated) return named
  // NotPrincipal errs on the side of refusing: naming the account keeps all of it out of an Allow, but exempts only
  // its root user from a Deny.
  const excluded = effect === 'Allow' || caller.kind === 'root' ? named !== 'none' : RANK[named] > RANK.account
  return excluded ? 'none' : 'limited'
}

function grantOfEntry(entry: PrincipalEntry, caller: PrincipalRef, awsOnly: boolean): PrincipalGrant {
  switch (entry.type) {
    case 'AWS':
      return grantOfAws(entry.value, caller, awsOnly)
    case 'Service':
      return caller.kind === 'service' && entry.value === caller.service ? 'direct' : 'none'
    case 'Federated':
      return caller.kind === 'web-identity' && entry.value === caller.provider ? 'direct' : 'none'
    default:
      return 'none'
  }
}

function grantOfAws(value: string, caller: PrincipalRef, awsOnly: boolean): PrincipalGrant {
  const foreign = caller.kind === 'anonymous' || caller.kind === 'service' || caller.kind === 'web-identity'
  if (value === '*') return foreign && awsOnly ? 'none' : 'limited'
  if (foreign) return 'none'
  if (isAccount(value, caller.accountId)) return 'account'
  switch (caller.kind) {
    case 'user':
    case 'federated':
      return value === caller.arn || value === caller.uniqueId ? 'direct' : 'none'
    case 'role-session':
      if (value === caller.sessionArn) return 'direct'
      return value === caller.arn || value === caller.uniqueId ? 'limited' : 'none'
    default:
      return 'none'
  }
}

/** `111122223333` and `arn:aws:iam::111122223333:root` are the same principal, in any partition. */
function isAccount(value: string, accountId: string): boolean {
  if (accountId === '') return false
  return value === accountId || (value.startsWith('arn:') && value.endsWith(`:iam::${accountId}:root`))
}
