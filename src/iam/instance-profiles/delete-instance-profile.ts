import type { InstanceProfile } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { deleteConflict } from '../errors.ts'
import { findInstanceProfile } from './find-instance-profile.ts'

export interface DeleteInstanceProfileInput {
  readonly instanceProfileName: string
}

/** Deletes an instance profile that has no role, and returns the row that was. Throws NoSuchEntity, DeleteConflict, ValidationError. */
export async function deleteInstanceProfile(
  call: Call,
  { instanceProfileName }: DeleteInstanceProfileInput,
): Promise<InstanceProfile> {
  checkConstraints({ instanceProfileName })
  return await change(call, { instanceProfileName }, async (tx) => {
    const { accountId, id, roleId } = await findInstanceProfile(tx, call.principal.accountId, instanceProfileName)
    if (roleId !== null) throw deleteConflict('remove roles from instance profile')
    return await tx.instanceProfile.delete({ where: { accountId_id: { accountId, id } } })
  })
}
