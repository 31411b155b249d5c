import { policySize } from '../../policy/index.ts'
import type { Call } from '../call.ts'
import { checkDocument } from '../policies/check-document.ts'
import { checkQuota } from '../quotas.ts'
import { changeHolder } from './change-holder.ts'
import { GROUP, type Holder, type HolderInput, type HolderRow, inlinePolicyNotFound, ROLE, USER } from './holders.ts'

/**
 * Writes an inline policy of a user, or overwrites the one of that name; the text is kept as it is, and the name keeps the case
 * that it was created with. Throws NoSuchEntity, MalformedPolicyDocument, LimitExceeded (all inline policies of the user
 * together), ValidationError.
 */
export const putUserPolicy = putTo(USER)
/** Writes an inline policy of a group, like `putUserPolicy`. */
export const putGroupPolicy = putTo(GROUP)
/** Writes an inline policy of a role, like `putUserPolicy`. */
export const putRolePolicy = putTo(ROLE)

/** Deletes an inline policy of a user and returns the row that was. Throws NoSuchEntity (user, policy), ValidationError. */
export const deleteUserPolicy = deleteFrom(USER)
/** Deletes an inline policy of a group, like `deleteUserPolicy`. */
export const deleteGroupPolicy = deleteFrom(GROUP)
/** Deletes an inline policy of a role, like `deleteUserPolicy`. */
export const deleteRolePolicy = deleteFrom(ROLE)

function putTo<Name extends string, Row extends HolderRow, Inline>(kind: Holder<Name, Row, Inline>) {
  return (call: Call, input: HolderInput<Name, 'policyName' | 'policyDocument'>): Promise<Inline> => {
    const { policyName, policyDocument } = input
    return changeHolder(call, kind, input[kind.parameter], { policyName, policyDocument }, async (tx, holder) => {
      checkDocument(policyDocument, 'inline')
      const held = kind.policies(tx, holder)
      const nameKey = policyName.toLowerCase()
      const others = await held.otherDocuments(nameKey)
      const size = others.reduce((sum, { document }) => sum + policySize(document), policySize(policyDocument))
      checkQuota(kind.quotas.inlineSize, size, holder.name)
      return await held.writeInline(nameKey, policyName, { document: policyDocument, updatedAt: call.clock() })
    })
  }
}

function deleteFrom<Name extends string, Row extends HolderRow, Inline>(kind: Holder<Name, Row, Inline>) {
  return (call: Call, input: HolderInput<Name, 'policyName'>): Promise<Inline> => {
    const { policyName } = input
    return changeHolder(call, kind, input[kind.parameter], { policyName }, async (tx, holder) => {
      const held = kind.policies(tx, holder)
      const nameKey = policyName.toLowerCase()
      if ((await held.findInline(nameKey)) === null) throw inlinePolicyNotFound(kind, policyName)
      return await held.deleteInline(nameKey)
    })
  }
}
