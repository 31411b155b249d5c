import type { Session } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'

/** Sessions of the caller that began with signing in and would be let in now, newest first. */
export async function standingSessions({
  db,
  clock,
  principal,
}: Pick<Call, 'db' | 'clock' | 'principal'>): Promise<Session[]> {
  const { accountId, id } = principal
  const user = await db.user.findUnique({
    where: { accountId_id: { accountId, id } },
    select: { sessionsValidFrom: true },
  })
  return await db.session.findMany({
    where: {
      accountId,
      userId: id,
      OR: [{ kind: 'PASSWORD' }, { kind: 'ACCESS_KEY_SIGN_IN', accessKey: { status: 'ACTIVE' } }],
      revokedAt: null,
      expiresAt: { gt: clock() },
      ...(user?.sessionsValidFrom && { issuedAt: { gte: user.sessionsValidFrom } }),
    },
    orderBy: { issuedAt: 'desc' },
  })
}
