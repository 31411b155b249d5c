import type { Session } from '../../generated/prisma/client.ts'
import type { Principal } from '../../authn/principal.ts'
import type { Services, Tx } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { resolveUser } from '../users/find-user.ts'

interface Asking extends Pick<Services, 'clock'> {
  readonly db: Tx
  readonly principal: Principal
}

/** Nobody reads more; who signs in without end must not make a list without end. */
const MOST_SESSIONS = 200

/** Sessions of the caller that began with signing in and would be let in now, newest first; at most the newest 200. */
export async function standingSessions({ db, clock, principal }: Asking): Promise<Session[]> {
  const { accountId, id } = principal
  const user = await db.user.findUnique({
    where: { accountId_id: { accountId, id } },
    select: { sessionsValidFrom: true },
  })
  return await sessionsOf(db, clock(), { accountId, id, sessionsValidFrom: user?.sessionsValidFrom ?? null })
}

/** The same of a user of the caller's account. Throws NoSuchEntity, ValidationError. */
export async function standingSessionsOfUser(
  { db, clock, principal }: Asking,
  { userName }: { readonly userName: string },
): Promise<Session[]> {
  checkConstraints({ userName })
  return await sessionsOf(db, clock(), await resolveUser(db, { principal }, userName))
}

interface Owner {
  readonly accountId: string
  readonly id: string
  readonly sessionsValidFrom: Date | null
}

async function sessionsOf(db: Tx, now: Date, { accountId, id, sessionsValidFrom }: Owner): Promise<Session[]> {
  return await db.session.findMany({
    where: {
      accountId,
      userId: id,
      OR: [{ kind: 'PASSWORD' }, { kind: 'ACCESS_KEY_SIGN_IN', accessKey: { status: 'ACTIVE' } }],
      revokedAt: null,
      expiresAt: { gt: now },
      ...(sessionsValidFrom && { issuedAt: { gte: sessionsValidFrom } }),
    },
    orderBy: { issuedAt: 'desc' },
    take: MOST_SESSIONS,
  })
}
