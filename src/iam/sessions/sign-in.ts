import { owaspCost, TooManyHashes, verifyAgainstNothing, verifyPassword } from '../../authn/password/index.ts'
import { addressGroup } from '../../budget/index.ts'
import type { AnonymousCall, RequestInfo, Services, Tx } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { passwordExpired } from '../password-policy/password-age.ts'
import { mfaAttempts } from '../mfa/mfa-attempts.ts'
import { proveSecondFactor, type SecondFactor } from '../mfa/prove-second-factor.ts'
import { refund, reserve } from '../throttle/reserve.ts'
import { type BrowserCall, leaveSession } from './leave-session.ts'
import { lockUser, type UserStanding } from './lock-user.ts'
import { type SignedIn, signedIn, startSession } from './signed-in-session.ts'
import { inTransaction } from '../recorded.ts'
import { beginAttempt } from './sign-in-attempt.ts'
import { clearEndedSessions } from './end-sessions.ts'
import { noteFailedSignIn, recordSignIn } from './sign-in-event.ts'
import { checkSubject, findSubject, type SignInInput, type SignInSubject, type SignInUser } from './sign-in-subject.ts'

const FIVE_MINUTES_MS = 300_000

/**
 * Signs somebody in with a password, and a one-time code when any MFA device is enabled: of a device, or a recovery code. There is
 * no principal yet, so the field that offers it is public.
 *
 * Unknown account, unknown user, no password, wrong password and wrong code are one AccessDenied with one text. All of them before
 * the code cost the same hashes and statements, so that time tells no more. Only who knows the password learns that a code is
 * needed (`details.mfaCodeRequired`), as at every sign-in in two steps: it tells a thief of passwords nothing but that the password
 * alone is not enough. A password that expired for good is refused with the same text, and
 * `details.passwordResetByAdministratorRequired`. Throws Throttling, TooManyHashes, ValidationError.
 *
 * The session that the browser's cookie held ends once the new one stands.
 */
export async function signIn(call: AnonymousCall & BrowserCall, input: SignInInput): Promise<SignedIn> {
  const { request, issuer } = call
  const replaced = await call.cookieSession()
  checkSubject(input)
  checkConstraints({ password: input.password, mfaCode: input.mfaCode })
  const subject = await findSubject(call.db, input)
  const attempt = await beginAttempt(call, subject, request.sourceIp)
  try {
    const user = await checkPassword(subject, input.password, request.sourceIp)
    const { standing, session, recoveryCodesLeft } = await start(call, user, input.mfaCode ?? null)
    await attempt.succeeded()
    await leaveSession(call, { replaced, request, decisionId: null })
    return await signedIn(issuer, standing, session, recoveryCodesLeft)
  } catch (error) {
    // Nothing was looked at: it was no attempt.
    if (error instanceof TooManyHashes) await attempt.neverMade()
    if (!(error instanceof IamError)) throw error
    const mfaCodeRequired = error.details?.mfaCodeRequired === true
    const expired = error.details?.passwordResetByAdministratorRequired === true
    if (mfaCodeRequired) await attempt.passwordWasRight()
    noteFailedSignIn(call, subject, request, {
      errorCode: error.code,
      detail: { ...(mfaCodeRequired && { mfaCodeRequired }), ...(expired && { passwordExpired: true }) },
    })
    throw error
  }
}

async function checkPassword({ user }: SignInSubject, password: string, sourceIp: string | null): Promise<SignInUser> {
  const stored = user?.passwordHash ?? null
  const from = addressGroup(sourceIp)
  const right =
    stored === null
      ? await verifyAgainstNothing(password, owaspCost, from)
      : await verifyPassword(stored, password, from)
  if (!right || user === null) throw refused()
  return user
}

/** Checks the code and starts the session in one transaction: a code is used up exactly when it lets somebody in. */
async function start(call: AnonymousCall, user: SignInUser, code: string | null) {
  const { request } = call
  const attempts = code !== null && user.hasDevices ? [await mfaAttempts(call, user, request.sourceIp)] : []
  if (attempts.length > 0) await reserve(call, attempts)
  const started = await inTransaction(call.db, async (tx) => {
    const standing = await lockUser(tx, user.accountId, user.id)
    // Deleted, or given another password, while the old one was being verified.
    if (standing?.loginProfile?.passwordHash !== user.passwordHash) throw refused()
    if (standing === null) throw refused()
    const proven = await secondFactor(tx, call, { user: standing, code, request })
    const mfaAuthenticatedAt = proven === null ? null : call.clock()
    // Told only to who has proven to be this user.
    if (passwordExpired(standing, call.clock()) && standing.account.passwordPolicy?.hardExpiry === true)
      throw refused({ passwordResetByAdministratorRequired: true })
    const session = await startSession(tx, call, standing, request, { mfaAuthenticatedAt, accessKeyId: null })
    await notePasswordUse(tx, call, standing)
    await clearEndedSessions(tx, call, standing)
    await recordSignIn(tx, call, standing, request, {
      mfa: mfaAuthenticatedAt !== null,
      detail: { sessionId: session.id },
    })
    return { standing, session, recoveryCodesLeft: proven?.recoveryCodesLeft ?? null }
  })
  if (attempts.length > 0) await refund(call, attempts)
  return started
}

/** What the second factor was; null when the user has none. */
async function secondFactor(
  tx: Tx,
  services: Services,
  { user, code, request }: { readonly user: UserStanding; readonly code: string | null; readonly request: RequestInfo },
): Promise<SecondFactor | null> {
  if ((await tx.mfaDevice.count({ where: { accountId: user.accountId, userId: user.id } })) === 0) return null
  if (code === null)
    throw new IamError('AccessDenied', 'Multi-factor authentication is required.', { mfaCodeRequired: true })
  const proven = await proveSecondFactor(tx, services, { user, code, request })
  if (proven === null) throw refused()
  return proven
}

/** In AWS's grain of five minutes. */
async function notePasswordUse(
  tx: Tx,
  { clock }: Services,
  { accountId, id, passwordLastUsedAt }: UserStanding,
): Promise<void> {
  const now = clock()
  if (passwordLastUsedAt === null || now.getTime() - passwordLastUsedAt.getTime() >= FIVE_MINUTES_MS)
    await tx.user.update({ where: { accountId_id: { accountId, id } }, data: { passwordLastUsedAt: now } })
}

function refused(details?: Readonly<Record<string, boolean>>): IamError {
  return new IamError('AccessDenied', 'Your authentication information is incorrect. Please try again.', details)
}
