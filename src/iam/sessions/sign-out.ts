import { isSignedIn } from '../../authn/principal.ts'
import type { Call } from '../call.ts'
import { checkConstraints, patternError, throwBroken } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { recorded } from '../recorded.ts'
import { resolveUser } from '../users/find-user.ts'
import { endPasswordSessions } from './end-sessions.ts'
import { lockUser } from './lock-user.ts'
import { nextValidFrom } from './session-times.ts'

/**
 * Ends the session that the caller holds, from the next request on: the row of one that began with signing in is revoked, and for temporary
 * credentials, which have none, a row is written that says so. A long-term key has no session: InvalidInput.
 */
export async function signOut(call: Call): Promise<void> {
  const { accountId, id, kind, delegation, credential, sessionId, issuedAt, expiresAt } = call.principal
  const ownerId = delegation?.ownerId ?? id
  await recorded(call, { sessionId }, async (tx) => {
    if (credential === 'ACCESS_KEY' || sessionId === null || issuedAt === null || expiresAt === null)
      throw new IamError('InvalidInput', 'Long-term credentials have no session. Deactivate the access key instead.')
    const revokedAt = call.clock()
    if (isSignedIn(call.principal)) {
      await tx.session.updateMany({
        where: { accountId, id: sessionId, userId: id, revokedAt: null },
        data: { revokedAt },
      })
      return
    }
    if (kind === 'role-session') {
      await tx.revokedRoleSession.deleteMany({ where: { accountId, roleId: ownerId, expiresAt: { lt: revokedAt } } })
      const data = [{ accountId, id: sessionId, roleId: ownerId, expiresAt, revokedAt }]
      await tx.revokedRoleSession.createMany({ data, skipDuplicates: true })
      return
    }
    await tx.session.createMany({
      data: [{ accountId, id: sessionId, userId: ownerId, kind: 'SESSION', issuedAt, expiresAt, revokedAt }],
      skipDuplicates: true,
    })
  })
}

/**
 * Ends every session of a user that began until now, the caller's own included: those that began with signing in, and temporary credentials.
 * Access keys keep working. Throws NoSuchEntity, ValidationError.
 *
 * @param input.userName the caller when omitted
 */
export async function signOutEverywhere(call: Call, input: { readonly userName?: string | null } = {}): Promise<void> {
  checkConstraints({ userName: input.userName })
  await recorded(call, { userName: input.userName ?? call.principal.name }, async (tx) => {
    const { accountId, id } = await resolveUser(tx, call, input.userName)
    const user = await lockUser(tx, accountId, id)
    if (user === null) return
    const now = call.clock()
    await tx.user.update({
      where: { accountId_id: { accountId, id } },
      data: { sessionsValidFrom: nextValidFrom(now, user.sessionsValidFrom) },
    })
    await endPasswordSessions(tx, user, now)
  })
}

const SESSION_ID = /^[\w-]{1,64}$/

export interface RevokeSessionInput {
  readonly sessionId: string
  /** The caller when omitted. */
  readonly userName?: string | null
}

/**
 * Ends one session of a user that began with signing in; one that has ended already is no error. Temporary credentials are not listed anywhere
 * and end with the key that they were made with, or with all sessions. Throws NoSuchEntity, ValidationError.
 */
export async function revokeSession(call: Call, { sessionId, userName }: RevokeSessionInput): Promise<void> {
  checkConstraints({ userName })
  if (!SESSION_ID.test(sessionId)) throwBroken([patternError('sessionId', SESSION_ID)])
  await recorded(call, { userName: userName ?? call.principal.name, sessionId }, async (tx) => {
    const { accountId, id: userId } = await resolveUser(tx, call, userName)
    const where = { accountId, id: sessionId, userId, kind: { not: 'SESSION' as const } }
    if ((await tx.session.count({ where })) === 0)
      throw new IamError('NoSuchEntity', `The session with id ${sessionId} cannot be found.`)
    await tx.session.updateMany({ where: { ...where, revokedAt: null }, data: { revokedAt: call.clock() } })
  })
}
