import type { ReadCall } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { parseDeletionTaskId } from './deletion-task.ts'

/** What became of a deletion. */
export interface Deletion {
  /** ARNs of what kept it from succeeding; none when the role is gone. */
  readonly usedBy: readonly string[]
}

/** What became of the deletion of a service-linked role, for seven days. Throws NoSuchEntity, InvalidInput, ValidationError. */
export async function serviceLinkedRoleDeletion(
  { db, principal: { accountId } }: ReadCall,
  { deletionTaskId }: { readonly deletionTaskId: string },
): Promise<Deletion> {
  checkConstraints({ deletionTaskId })
  const task = parseDeletionTaskId(deletionTaskId)
  if (task === null) throw new IamError('InvalidInput', 'The deletion task ID is not valid.')
  const { id, name: roleName, path } = task
  const found = await db.serviceLinkedRoleDeletion.findFirst({ where: { accountId, id, roleName, path } })
  if (found === null) throw new IamError('NoSuchEntity', `The deletion task ${deletionTaskId} cannot be found.`)
  return found
}
