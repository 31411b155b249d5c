import type { Role } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { nextValidFrom } from '../sessions/session-times.ts'
import { findRole } from './find-role.ts'

export interface RevokeRoleSessionsInput {
  readonly roleName: string
}

/**
 * Ends all sessions of a role that began until now, as "Revoke active sessions" of the console does; whoever is trusted can
 * assume the role again. Throws NoSuchEntity, ValidationError.
 */
export async function revokeRoleSessions(call: Call, { roleName }: RevokeRoleSessionsInput): Promise<Role> {
  checkConstraints({ roleName })
  return await change(call, { roleName }, async (tx) => {
    const { accountId, id, sessionsValidFrom } = await findRole(tx, call.principal.accountId, roleName)
    return await tx.role.update({
      where: { accountId_id: { accountId, id } },
      data: { sessionsValidFrom: nextValidFrom(call.clock(), sessionsValidFrom) },
    })
  })
}
