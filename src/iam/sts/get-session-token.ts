import type { IssuingCall } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { temporaryCredentialTokens } from '../credential-issuer.ts'
import { callerGone, IamError } from '../errors.ts'
import { newAccessKeyId, newSecretAccessKey } from '../identifiers.ts'
import { mfaAttempts } from '../mfa/mfa-attempts.ts'
import { recorded } from '../recorded.ts'
import { lockUser } from '../sessions/lock-user.ts'
import { issueTime } from '../sessions/session-times.ts'
import { refund, reserve } from '../throttle/reserve.ts'
import { secondFactor } from './second-factor.ts'

export interface GetSessionTokenInput {
  /** 900 to 129,600; 43,200 when omitted. For root never more than 3,600, whatever was asked for. */
  readonly durationSeconds?: number | null
  /** Device and code go together. */
  readonly serialNumber?: string | null
  readonly tokenCode?: string | null
}

export interface TemporaryCredentials {
  /** `ASIA…` */
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiresAt: Date
  /** The same session as a bearer JWT. */
  readonly accessToken: string
}

const DEFAULT_SECONDS = 43_200
const ROOT_MAXIMUM_SECONDS = 3600

/**
 * Makes temporary credentials of a long-term key, with or without MFA. They are self-contained: no row is written. They end
 * with the key, which AWS does not do, with the user, and with SignOutEverywhere. Throws AccessDenied, Throttling,
 * ValidationError.
 */
export async function getSessionToken(call: IssuingCall, input: GetSessionTokenInput): Promise<TemporaryCredentials> {
  const { durationSeconds, serialNumber, tokenCode } = input
  checkConstraints({ durationSeconds, serialNumber, tokenCode })
  const { kind, accountId, id: userId, credential, accessKeyId: issuingAccessKeyId, sourceIdentity } = call.principal
  const asked = durationSeconds ?? DEFAULT_SECONDS
  const seconds = kind === 'root' ? Math.min(asked, ROOT_MAXIMUM_SECONDS) : asked
  const accessKeyId = newAccessKeyId('ASIA', accountId, call.random)
  const detail = { durationSeconds: seconds, serialNumber: serialNumber ?? null, accessKeyId }

  const attempts = tokenCode ? [await mfaAttempts(call, call.principal, call.request.sourceIp)] : []
  if (attempts.length > 0) await reserve(call, attempts)
  const session = await recorded(call, detail, async (tx) => {
    if (credential !== 'ACCESS_KEY')
      throw new IamError('AccessDenied', 'Cannot call GetSessionToken with session credentials')
    const user = await lockUser(tx, accountId, userId)
    if (user === null) throw callerGone()
    const mfaAt = await secondFactor(tx, call, input)
    const issuedAt = issueTime(call.clock(), user.sessionsValidFrom)
    const expiresAt = new Date(issuedAt.getTime() + seconds * 1000)
    const secretAccessKey = newSecretAccessKey(call.random)
    const owner = { kind: kind === 'root' ? ('root' as const) : ('user' as const), accountId, userId }
    const session = { accessKeyId, secretAccessKey, issuingAccessKeyId, issuedAt, expiresAt }
    return { ...owner, ...session, mfaAt, sourceIdentity }
  })
  if (attempts.length > 0) await refund(call, attempts)
  const { secretAccessKey, expiresAt } = session
  return {
    accessKeyId,
    secretAccessKey,
    expiresAt,
    ...(await temporaryCredentialTokens(call.issuer, session, call.random)),
  }
}
