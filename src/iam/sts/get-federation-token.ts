import { federatedUserArn } from '../../authn/arn.ts'
import { payForDetail } from '../audit/record-within.ts'
import type { IssuingCall } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { temporaryCredentialTokens } from '../credential-issuer.ts'
import { callerGone, IamError } from '../errors.ts'
import { newAccessKeyId, newSecretAccessKey } from '../identifiers.ts'
import { recorded } from '../recorded.ts'
import { lockUser } from '../sessions/lock-user.ts'
import { issueTime } from '../sessions/session-times.ts'
import { describeTags } from '../tags/tag-rules.ts'
import type { TemporaryCredentials } from './get-session-token.ts'
import { checkSessionLimits, sessionLimits, type SessionLimitsInput } from './session-limits.ts'
import { checkStsConstraints } from './sts-constraints.ts'

export interface GetFederationTokenInput extends Omit<SessionLimitsInput, 'transitiveTagKeys'> {
  readonly name: string
  /** 900 to 129,600; 43,200 when omitted. For root never more than 3,600, whatever was asked for. */
  readonly durationSeconds?: number | null
}

export interface FederatedCredentials extends TemporaryCredentials {
  readonly federatedUser: { readonly arn: string; readonly federatedUserId: string }
  readonly packedPolicySize: number
}

const DEFAULT_SECONDS = 43_200
const ROOT_MAXIMUM_SECONDS = 3600

/**
 * Makes temporary credentials for somebody who is no user here: what the caller may do, as far as the policies that are passed
 * along allow it too. They end with the caller's key, with the caller, and with SignOutEverywhere. Throws AccessDenied,
 * NoSuchEntity, MalformedPolicyDocument, PackedPolicyTooLarge, InvalidParameterValue, ValidationError.
 */
export async function getFederationToken(
  call: IssuingCall,
  input: GetFederationTokenInput,
): Promise<FederatedCredentials> {
  const { name, durationSeconds } = input
  checkStsConstraints({ name })
  checkConstraints({ durationSeconds })
  checkSessionLimits(input, [])
  const { kind, accountId, id: userId, credential, accessKeyId: issuingAccessKeyId } = call.principal
  const asked = durationSeconds ?? DEFAULT_SECONDS
  const seconds = kind === 'root' ? Math.min(asked, ROOT_MAXIMUM_SECONDS) : asked
  const accessKeyId = newAccessKeyId('ASIA', accountId, call.random)
  const detail = {
    name,
    durationSeconds: seconds,
    policy: input.policy ?? null,
    policyArns: [...(input.policyArns ?? [])],
    tags: describeTags(input.tags ?? []),
    accessKeyId,
  }
  payForDetail(call, detail)
  const issued = await recorded(call, detail, async (tx) => {
    if (credential !== 'ACCESS_KEY')
      throw new IamError('AccessDenied', 'Cannot call GetFederationToken with session credentials')
    const user = await lockUser(tx, accountId, userId)
    if (user === null) throw callerGone()
    const { limits, packedPolicySize } = await sessionLimits(tx, accountId, input, [])
    return { limits, packedPolicySize, issuedAt: issueTime(call.clock(), user.sessionsValidFrom) }
  })
  const { limits, packedPolicySize, issuedAt } = issued
  const secretAccessKey = newSecretAccessKey(call.random)
  const expiresAt = new Date(issuedAt.getTime() + seconds * 1000)
  const session = {
    kind: 'federated' as const,
    accessKeyId,
    secretAccessKey,
    accountId,
    userId,
    issuingAccessKeyId,
    issuedAt,
    expiresAt,
    mfaAt: null,
    sourceIdentity: null,
    federated: { name, ...limits },
  }
  return {
    accessKeyId,
    secretAccessKey,
    expiresAt,
    ...(await temporaryCredentialTokens(call.issuer, session, call.random)),
    federatedUser: { arn: federatedUserArn(accountId, name), federatedUserId: `${accountId}:${name}` },
    packedPolicySize: packedPolicySize ?? 0,
  }
}
