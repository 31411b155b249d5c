import type { ActionName } from '../access/action-name.generated.ts'
import type { Check } from '../access/decisions.ts'

/** Whose keys: a user of the account, or null for the caller, who may be the root user. */
export type KeyOwner = { readonly name: string; readonly arn: string } | null

/** The caller is named by naming nobody: that works for the root user, too. */
export function ownerInput(owner: KeyOwner): { readonly userName?: string } {
  return owner === null ? {} : { userName: owner.name }
}

/** A question about the owner; without a resource it is about the caller. */
export function ownerCheck(owner: KeyOwner, action: ActionName): Check {
  return owner === null ? { action } : { action, resource: owner.arn }
}
