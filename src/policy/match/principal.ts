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

/** What a principal's ARN is made of, beside the account. Names are those that can be given; paths are older than their rules. */
const PARTITION = /^aws(?:-[a-z]+)*$/
const ACCOUNT = /^\d{12}$/
const UNIQUE_ID = /^A(?:IDA|ROA)[A-Z0-9]{12,124}$/
const NAME = String.raw`[\w+=,.@-]`
const IDENTITY = new RegExp(`^(?:user|role)/(?:[!-~]*/)?${NAME}+$`)
const SESSION = new RegExp(`^(?:assumed-role/${NAME}{1,64}/${NAME}{1,64}|federated-user/${NAME}{1,32})$`)
const WILDCARD = /[*?]/

/**
 * Whether a text can be an AWS principal: everybody, an account, a user or role by ARN or unique id, or one session. Groups are no
 * principals and an ARN has no wildcards. An ARN is taken apart and each part looked at, because one that only ends like the
 * ARN of an account would be read by people as something else.
 */
export function isAwsPrincipal(value: string): boolean {
  if (value === '*' || ACCOUNT.test(value) || UNIQUE_ID.test(value)) return true
  const arn = splitPrincipal(value)
  if (arn === undefined || !PARTITION.test(arn.partition) || !ACCOUNT.test(arn.account)) return false
  if (arn.service === 'sts') return SESSION.test(arn.resource)
  return (
    arn.service === 'iam' && (arn.resource === 'root' || (IDENTITY.test(arn.resource) && !WILDCARD.test(arn.resource)))
  )
}

/** The parts of a principal's ARN: six, of which the region is empty. No name or path of a principal holds a colon. */
function splitPrincipal(value: string) {
  const [scheme, partition, service, region, account, resource, more] = value.split(':', 7)
  if (scheme !== 'arn' || region !== '' || resource === undefined || more !== undefined) return undefined
  return { partition: partition!, service: service!, account: account!, resource }
}

/** What of the caller's own policies weighs in a Principal element. */
export interface CallerLimits {
  /** A permissions boundary is attached. */
  readonly bounded: boolean
}

/**
 * The grant of one statement. In role trust policies (`trust`) an Allow to `*` means AWS principals only; a Deny to `*`
 * means everybody everywhere. A Deny with NotPrincipal exempts nobody who has a permissions boundary (AWS IAM user guide,
 * "NotPrincipal").
 */
export function grantOf(
  element: PrincipalElement,
  effect: 'Allow' | 'Deny',
  caller: PrincipalRef,
  trust: boolean,
  { bounded }: CallerLimits,
): PrincipalGrant {
  if (bounded && element.negated && effect === 'Deny') return 'limited'
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
  if (value === accountId) return true
  const arn = splitPrincipal(value)
  return arn?.service === 'iam' && arn.account === accountId && arn.resource === 'root'
}
