import type { Principal } from '../authn/principal.ts'
import { addressGroup } from './address-group.ts'

/** Whose budget something is drawn from. */
export interface Payer {
  /** Of an `account`: what strangers do to it. A `key`: what is tried with it from one network. */
  readonly kind: 'principal' | 'address' | 'account' | 'key'
  readonly id: string
}

/**
 * The payer of a request: who is signed in, else the address that it comes from. Sessions of a role pay together, as do those that
 * a user made for others: whoever may make them could otherwise make as many budgets.
 */
export function payerOf(
  principal: Pick<Principal, 'accountId' | 'id' | 'delegation'> | null,
  sourceIp: string | null,
): Payer {
  if (principal === null) return { kind: 'address', id: addressGroup(sourceIp) }
  return { kind: 'principal', id: `${principal.accountId} ${principal.delegation?.ownerId ?? principal.id}` }
}
