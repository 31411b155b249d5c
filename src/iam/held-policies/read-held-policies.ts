import type { ReadCall } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { likeLiteral } from '../like-literal.ts'
import {
  type AttachedPolicyRow,
  GROUP,
  type Holder,
  type HolderInput,
  type HolderRow,
  inlinePolicyNotFound,
  ROLE,
  USER,
} from './holders.ts'

/** The names of the inline policies of a user (iam:ListUserPolicies). Throws NoSuchEntity, ValidationError. */
export const listUserPolicies = namesOf(USER)
/** The names of the inline policies of a group (iam:ListGroupPolicies). Throws NoSuchEntity, ValidationError. */
export const listGroupPolicies = namesOf(GROUP)
/** The names of the inline policies of a role (iam:ListRolePolicies). Throws NoSuchEntity, ValidationError. */
export const listRolePolicies = namesOf(ROLE)

/** An inline policy of a user (iam:GetUserPolicy). Throws NoSuchEntity (user, policy), ValidationError. */
export const getUserPolicy = inlineOf(USER)
/** An inline policy of a group (iam:GetGroupPolicy). Throws NoSuchEntity (group, policy), ValidationError. */
export const getGroupPolicy = inlineOf(GROUP)
/** An inline policy of a role (iam:GetRolePolicy). Throws NoSuchEntity (role, policy), ValidationError. */
export const getRolePolicy = inlineOf(ROLE)

/** The managed policies of a user (iam:ListAttachedUserPolicies). Throws NoSuchEntity, ValidationError. */
export const listAttachedUserPolicies = attachedTo(USER)
/** The managed policies of a group (iam:ListAttachedGroupPolicies). Throws NoSuchEntity, ValidationError. */
export const listAttachedGroupPolicies = attachedTo(GROUP)
/** The managed policies of a role (iam:ListAttachedRolePolicies). Throws NoSuchEntity, ValidationError. */
export const listAttachedRolePolicies = attachedTo(ROLE)

type InlineRow = { readonly name: string }

function namesOf<Name extends string, Row extends HolderRow, Inline extends InlineRow>(
  kind: Holder<Name, Row, Inline>,
) {
  return async ({ db, principal }: ReadCall, input: HolderInput<Name>): Promise<string[]> => {
    const name = input[kind.parameter]
    checkConstraints(kind.named(name))
    const holder = await kind.find(db, principal.accountId, name)
    const policies = await kind.policies(db, holder).inline()
    return policies.map((policy) => policy.name)
  }
}

function inlineOf<Name extends string, Row extends HolderRow, Inline extends InlineRow>(
  kind: Holder<Name, Row, Inline>,
) {
  return async (
    { db, principal }: ReadCall,
    input: HolderInput<Name, 'policyName'>,
  ): Promise<{ readonly holder: Row; readonly policy: Inline }> => {
    const name = input[kind.parameter]
    const { policyName } = input
    checkConstraints({ ...kind.named(name), policyName })
    const holder = await kind.find(db, principal.accountId, name)
    const [policy] = await kind.policies(db, holder).inline(policyName.toLowerCase())
    if (policy === undefined) throw inlinePolicyNotFound(kind, policyName)
    return { holder, policy }
  }
}

function attachedTo<Name extends string, Row extends HolderRow, Inline>(kind: Holder<Name, Row, Inline>) {
  return async (
    { db, principal }: ReadCall,
    input: HolderInput<Name> & { readonly pathPrefix?: string | null },
  ): Promise<AttachedPolicyRow[]> => {
    const name = input[kind.parameter]
    const { pathPrefix } = input
    checkConstraints({ ...kind.named(name), pathPrefix })
    const holder = await kind.find(db, principal.accountId, name)
    const held = await kind.policies(db, holder).attached({ path: { startsWith: likeLiteral(pathPrefix ?? '/') } })
    return held.map(({ policy }) => policy)
  }
}
