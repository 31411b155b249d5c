import type { Tx } from '../call.ts'

/**
 * Revokes the password sessions of a user, all or all but one. Take the user's lock first. Rows are revoked rather than moments
 * compared, so that nothing depends on the resolution of a clock. Temporary credentials are not touched: they were made with an
 * access key, not with the password, and AWS keeps them too.
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
