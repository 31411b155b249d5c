import type { Group } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { deleteConflict } from '../errors.ts'
import { findGroup } from './find-group.ts'

export interface DeleteGroupInput {
  readonly groupName: string
}

/** What must be gone before a group can be deleted, in the order in which it is reported, and how IAM names it. */
const BLOCKERS = [
  ['members', 'remove users from group'],
  ['inlinePolicies', 'delete policies'],
  ['attachedPolicies', 'detach all policies'],
] as const

/** Deletes an empty group and returns the row that was. Throws NoSuchEntity, DeleteConflict, ValidationError. */
export async function deleteGroup(call: Call, { groupName }: DeleteGroupInput): Promise<Group> {
  checkConstraints({ groupName })
  return await change(call, { groupName }, async (tx) => {
    const { accountId, id } = await findGroup(tx, call.principal.accountId, groupName)
    const where = { accountId_id: { accountId, id } }
    const { _count } = await tx.group.findUniqueOrThrow({
      where,
      select: { _count: { select: { members: true, inlinePolicies: true, attachedPolicies: true } } },
    })
    for (const [what, todo] of BLOCKERS) {
      if (_count[what] > 0) throw deleteConflict(todo)
    }
    return await tx.group.delete({ where })
  })
}
