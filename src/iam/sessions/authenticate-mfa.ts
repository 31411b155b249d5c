import { isSignedIn } from '../../authn/principal.ts'
import type { IssuingCall } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { callerGone, IamError, noMfaDevice, wrongMfaCode } from '../errors.ts'
import { mfaAttempts } from '../mfa/mfa-attempts.ts'
import { proveSecondFactor } from '../mfa/prove-second-factor.ts'
import { refund, reserve } from '../throttle/reserve.ts'
import { type BrowserCall, leaveSession } from './leave-session.ts'
import { lockUser } from './lock-user.ts'
import { type SignedIn, signedIn, startSession } from './signed-in-session.ts'
import { recorded } from '../recorded.ts'

/**
 * Steps a session that began with signing in up with a one-time code, of a device or a recovery code. The answer is a new session
 * that ends when the old one would have, and with the key that the old one began with; the old one ends now. Renewing the session
 * at a rise of privilege keeps a token that leaked before from gaining MFA with it (OWASP Session Management Cheat Sheet, "Renew the
 * Session ID After Any Privilege Level Change").
 *
 * The session of the browser's cookie, when that is another one, ends too.
 *
 * Throws InvalidAuthenticationCode, AccessDenied (no such session), NoSuchEntity (no device), Throttling, ValidationError.
 */
export async function authenticateMfa(
  call: IssuingCall & BrowserCall,
  input: { readonly mfaCode: string },
): Promise<SignedIn> {
  const replaced = await call.cookieSession()
  checkConstraints({ mfaCode: input.mfaCode })
  const { accountId, id, sessionId } = call.principal
  if (!isSignedIn(call.principal) || sessionId === null)
    throw new IamError('AccessDenied', 'Cannot call AuthenticateMfa without a session that began with signing in')

  const attempts = [await mfaAttempts(call, call.principal, call.request.sourceIp)]
  await reserve(call, attempts)
  const started = await recorded(call, { sessionId }, async (tx) => {
    const user = await lockUser(tx, accountId, id)
    const where = { accountId, id: sessionId, revokedAt: null }
    const old = await tx.session.findFirst({ where })
    if (user === null || old === null) throw callerGone()
    if ((await tx.mfaDevice.count({ where: { accountId, userId: id } })) === 0) throw noMfaDevice()
    const proven = await proveSecondFactor(tx, call, { user, code: input.mfaCode, request: call.request })
    if (proven === null) throw wrongMfaCode()
    const now = call.clock()
    await tx.session.updateMany({ where, data: { revokedAt: now } })
    const session = await startSession(tx, call, user, call.request, {
      mfaAuthenticatedAt: now,
      accessKeyId: old.accessKeyId,
      expiresAt: old.expiresAt,
    })
    return { user, session, ...proven }
  })
  await refund(call, attempts)
  await leaveSession(call, { replaced, request: call.request, decisionId: call.decision.id })
  return await signedIn(call.issuer, started.user, started.session, started.recoveryCodesLeft)
}
