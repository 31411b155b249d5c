import type { Services, Tx } from '../call.ts'
import { FAMILIAR_DAYS } from '../throttle/familiar-address.ts'

const FAMILIAR_MS = FAMILIAR_DAYS * 86_400_000

/**
 * Revokes the password sessions of a user, all or all but one. Take the user's lock first. Rows are revoked rather than moments
 * compared, so that nothing depends on the resolution of a clock. What began with an access key is not touched, temporary
 * credentials or a session of the console: the password has no part in it, and AWS keeps the former too.
 */
export async function endPasswordSessions(
  tx: Tx,
  user: { readonly accountId: string; readonly id: string },
  at: Date,
  except: string | null = null,
): Promise<void> {
  await tx.session.updateMany({
    where: {
      accountId: user.accountId,
      userId: user.id,
      kind: 'PASSWORD',
      revokedAt: null,
      ...(except !== null && { id: { not: except } }),
    },
    data: { revokedAt: at },
  })
}

/** Removes the rows of a user's sessions that nothing needs any more. Take the user's lock first. */
export async function clearEndedSessions(
  tx: Tx,
  { clock }: Pick<Services, 'clock'>,
  { accountId, id: userId }: { readonly accountId: string; readonly id: string },
): Promise<void> {
  const now = clock()
  await tx.session.deleteMany({
    where: {
      accountId,
      userId,
      OR: [
        { kind: { in: ['SESSION', 'ACCESS_KEY_SIGN_IN'] }, expiresAt: { lt: now } },
        { kind: 'PASSWORD', issuedAt: { lt: new Date(now.getTime() - FAMILIAR_MS) } },
      ],
    },
  })
}
