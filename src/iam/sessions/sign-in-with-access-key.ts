import type { IssuingCall } from '../call.ts'
import { callerGone, IamError } from '../errors.ts'
import { clearEndedSessions } from './end-sessions.ts'
import { type BrowserCall, leaveSession } from './leave-session.ts'
import { lockUser } from './lock-user.ts'
import { type SignedIn, signedIn, startSession } from './signed-in-session.ts'
import { recorded } from '../recorded.ts'

/**
 * Starts a session of the console for the user whose long-term access key signed the request. It lasts as long as one that began
 * with a password and may do what the key may do, but it ends with the key: deactivated or deleted, the very next request is
 * refused. There is no second factor at first; AuthenticateMfa adds one.
 *
 * Only the signature of a key is good for it. What is at hand without the secret, a token or temporary credentials, could
 * otherwise make itself a longer life; and the root user has no keys that belong on a device (AWS Console Mobile Application
 * user guide, "Signing in with access keys").
 *
 * The session that the browser's cookie held ends once the new one stands.
 *
 * Throws AccessDenied, with `details.rootAccessKey` for a key of the root user.
 */
export async function signInWithAccessKey(call: IssuingCall & BrowserCall): Promise<SignedIn> {
  const replaced = await call.cookieSession()
  const { kind, accountId, id, credential, accessKeyId } = call.principal
  const started = await recorded(call, { accessKeyId }, async (tx) => {
    if (credential !== 'ACCESS_KEY' || accessKeyId === null)
      throw new IamError(
        'AccessDenied',
        'Cannot call SignInWithAccessKey with session credentials. Sign the request with a long-term access key of an IAM user.',
      )
    if (kind === 'root')
      throw new IamError('AccessDenied', 'Cannot call SignInWithAccessKey with an access key of the root user.', {
        rootAccessKey: true,
      })
    const user = await lockUser(tx, accountId, id)
    const where = { accountId, id: accessKeyId, userId: id, status: 'ACTIVE' as const }
    // Both may be gone since the signature was verified.
    if (user === null || (await tx.accessKey.count({ where })) === 0) throw callerGone()
    await clearEndedSessions(tx, call, user)
    const session = await startSession(tx, call, user, call.request, { mfaAuthenticatedAt: null, accessKeyId })
    return { user, session }
  })
  await leaveSession(call, { replaced, request: call.request, decisionId: call.decision.id })
  return await signedIn(call.issuer, started.user, started.session)
}
