import type { Policy } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { findPolicy, policyNotAttachable, policyNotFound } from '../policies/find-policy.ts'
import { checkQuota } from '../quotas.ts'
import { changeHolder } from './change-holder.ts'
import { GROUP, type Holder, type HolderInput, type HolderRow, ROLE, USER } from './holders.ts'

export interface Attachment<Row> {
  readonly holder: Row
  readonly policy: Policy
}

/**
 * Attaches a managed policy to a user; once more does nothing. Throws NoSuchEntity (user, policy), LimitExceeded,
 * ValidationError. IAM's PolicyNotAttachable is for policies of services; every policy here can be attached.
 */
export const attachUserPolicy = attachTo(USER)
/** Attaches a managed policy to a group, like `attachUserPolicy`. */
export const attachGroupPolicy = attachTo(GROUP)
/** Attaches a managed policy to a role, like `attachUserPolicy`. */
export const attachRolePolicy = attachTo(ROLE)

/** Detaches a managed policy from a user. Throws NoSuchEntity (user, policy, not attached), ValidationError. */
export const detachUserPolicy = detachFrom(USER)
/** Detaches a managed policy from a group, like `detachUserPolicy`. */
export const detachGroupPolicy = detachFrom(GROUP)
/** Detaches a managed policy from a role, like `detachUserPolicy`. */
export const detachRolePolicy = detachFrom(ROLE)

function attachTo<Name extends string, Row extends HolderRow, Inline>(kind: Holder<Name, Row, Inline>) {
  return (call: Call, input: HolderInput<Name, 'policyArn'>): Promise<Attachment<Row>> => {
    const { policyArn } = input
    return changeHolder(call, kind, input[kind.parameter], { policyArn }, async (tx, holder) => {
      const policy = await findPolicy(tx, holder.accountId, policyArn, policyNotAttachable)
      const held = kind.policies(tx, holder)
      if ((await held.findAttached(policy.id)) === null) {
        checkQuota(kind.quotas.attached, (await held.countAttached()) + 1)
        await held.attach(policy.id, call.clock())
      }
      return { holder, policy }
    })
  }
}

function detachFrom<Name extends string, Row extends HolderRow, Inline>(kind: Holder<Name, Row, Inline>) {
  return (call: Call, input: HolderInput<Name, 'policyArn'>): Promise<Attachment<Row>> => {
    const { policyArn } = input
    return changeHolder(call, kind, input[kind.parameter], { policyArn }, async (tx, holder) => {
      const policy = await findPolicy(tx, holder.accountId, policyArn)
      const held = kind.policies(tx, holder)
      if ((await held.findAttached(policy.id)) === null) throw policyNotFound(policyArn)
      await held.detach(policy.id)
      return { holder, policy }
    })
  }
}
