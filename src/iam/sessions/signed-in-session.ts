import { ownerPrincipal } from '../../authn/owner-principal.ts'
import type { Principal } from '../../authn/principal.ts'
import type { Session } from '../../generated/prisma/client.ts'
import { cutText, LONGEST_USER_AGENT } from '../audit/storable-text.ts'
import type { RequestInfo, Services, Tx } from '../call.ts'
import { type CredentialIssuer, signedInToken } from '../credential-issuer.ts'
import { uuidv7 } from '../identifiers.ts'
import { passwordExpired } from '../password-policy/password-age.ts'
import type { UserStanding } from './lock-user.ts'
import { issueTime } from './session-times.ts'

/** AWS's console: twelve hours from signing in, however busy the session is. */
const LIFETIME_MS = 12 * 3600 * 1000

/** What signing in answers with. */
export interface SignedIn {
  /** Bearer token (JWT). */
  readonly accessToken: string
  readonly expiresAt: Date
  readonly principal: Principal
  /** Nothing but ChangePassword is possible before the password was changed. */
  readonly passwordChangeRequired: boolean
  /** How many recovery codes are left after one was used for this; null when none was. */
  readonly recoveryCodesLeft: number | null
}

export interface SessionStart {
  readonly mfaAuthenticatedAt: Date | null
  /** The key that the user signed in with; null with a password. */
  readonly accessKeyId: string | null
  /** Of a session that replaces another: it ends when that one would have. */
  readonly expiresAt?: Date
}

/** Starts a session of a user whose lock is held. */
export async function startSession(
  tx: Tx,
  { clock, random }: Pick<Services, 'clock' | 'random'>,
  { accountId, id: userId, sessionsValidFrom }: UserStanding,
  request: RequestInfo,
  { mfaAuthenticatedAt, accessKeyId, expiresAt }: SessionStart,
): Promise<Session> {
  const now = clock()
  const issuedAt = issueTime(now, sessionsValidFrom)
  return await tx.session.create({
    data: {
      accountId,
      id: uuidv7(now, random),
      userId,
      kind: accessKeyId === null ? 'PASSWORD' : 'ACCESS_KEY_SIGN_IN',
      accessKeyId,
      issuedAt,
      expiresAt: expiresAt ?? new Date(issuedAt.getTime() + LIFETIME_MS),
      mfaAuthenticatedAt,
      sourceIp: request.sourceIp,
      userAgent: request.userAgent === null ? null : cutText(request.userAgent, LONGEST_USER_AGENT),
    },
  })
}

/** The answer for a session that stands: its token, and its user as the next request will find it. */
export async function signedIn(
  issuer: CredentialIssuer,
  user: UserStanding,
  session: Session,
  recoveryCodesLeft: number | null = null,
): Promise<SignedIn> {
  const { issuedAt, expiresAt, mfaAuthenticatedAt, accessKeyId } = session
  const passwordChangeRequired =
    accessKeyId === null && ((user.loginProfile?.passwordResetRequired ?? false) || passwordExpired(user, issuedAt))
  const principal = ownerPrincipal(
    {
      accountId: user.accountId,
      userId: user.id,
      userName: user.name,
      path: user.path,
      root: user.root,
      epoch: user.account.policyEpoch,
    },
    {
      credential: accessKeyId === null ? 'PASSWORD' : 'ACCESS_KEY_SIGN_IN',
      accessKeyId,
      sessionId: session.id,
      issuedAt,
      expiresAt,
      mfaAuthenticatedAt,
      sourceIdentity: null,
      passwordResetPending: passwordChangeRequired,
      signedFor: null,
    },
  )
  const accessToken = await signedInToken(issuer, { ...session, kind: user.root ? 'root' : 'user' })
  return { accessToken, expiresAt, principal, passwordChangeRequired, recoveryCodesLeft }
}
