import { requestTags } from '../../access/context.ts'
import type { RequestGate } from '../../access/gate.ts'
import type { SessionTag } from '../../authn/principal.ts'
import type { AuditDetail } from '../audit-entry.ts'
import { eventOf, recordAlong } from '../audit/record.ts'
import { payForDetail, recordFailure } from '../audit/record-within.ts'
import type { Call, IssuingCall } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { mfaAttempts } from '../mfa/mfa-attempts.ts'
import { inTransaction } from '../recorded.ts'
import { describeTags } from '../tags/tag-rules.ts'
import { refund, reserve } from '../throttle/reserve.ts'
import { type AssumedRole, issueRoleSession, onCurrentRole, type TrustingRole } from './role-session.ts'
import { secondFactor } from './second-factor.ts'
import { checkSessionLimits, type SessionLimitsInput } from './session-limits.ts'
import { checkStsConstraints } from './sts-constraints.ts'

export interface AssumeRoleInput extends SessionLimitsInput {
  /** Of this account or another one of the installation. */
  readonly roleArn: string
  readonly roleSessionName: string
  /** 900 to what the role allows; 3,600 when omitted, and at most that for a session of another role. */
  readonly durationSeconds?: number | null
  readonly externalId?: string | null
  /** On whose behalf; it stays with the session and all that follow from it. */
  readonly sourceIdentity?: string | null
  /** Device and code go together. */
  readonly serialNumber?: string | null
  readonly tokenCode?: string | null
}

/** A call that asks the gate itself: the trust policy of the role has to be read first. */
export interface TrustCall extends IssuingCall, Pick<RequestGate, 'decideOnTrust'> {}

const LONGEST_CHAINED_SECONDS = 3600

/**
 * Makes temporary credentials of a role for a caller whom the role's trust policy and the caller's own policies let in. They
 * are self-contained: no row is written but the audit event, and one more in the account of a foreign role. They end with the
 * very role and when its sessions are revoked, not with the credentials that assumed it.
 *
 * Throws AccessDenied (the same whether the role is missing, does not trust or the caller lacks the permission), NoSuchEntity
 * (session policy), MalformedPolicyDocument, PackedPolicyTooLarge, InvalidParameterValue, Throttling, ValidationError.
 */
export async function assumeRole(call: TrustCall, input: AssumeRoleInput): Promise<AssumedRole> {
  const { roleArn, roleSessionName, durationSeconds, externalId, sourceIdentity, serialNumber, tokenCode } = input
  const inherited = transitiveTags(call)
  checkStsConstraints({ roleArn, roleSessionName, durationSeconds, externalId, sourceIdentity })
  checkConstraints({ serialNumber, tokenCode })
  checkSessionLimits(input, inherited)

  const detail = describe(input)
  payForDetail(call, detail)
  const asked: Call = { ...call, decision: { ...call.decision, action: 'sts:AssumeRole', resource: roleArn } }
  try {
    checkCaller(call, input)
    const mfaAt = await checkSecondFactor(call, input)
    return await onCurrentRole(call.db, roleArn, async (role) => {
      const decision = await call.decideOnTrust({
        actions: actionsOf(call, input),
        roleArn,
        role,
        keys: keysOf(input, mfaAt),
      })
      // The gate lets nobody have a role that is not there.
      return role && (await issue({ ...call, decision }, role, input, inherited, detail))
    })
  } catch (error) {
    if (error instanceof IamError) await recordFailure(call.db, asked, error.code, detail)
    throw error
  }
}

function checkCaller({ principal }: Call, { durationSeconds, sourceIdentity }: AssumeRoleInput): void {
  if (principal.kind === 'root') throw new IamError('AccessDenied', 'Roles may not be assumed by root accounts.')
  if (principal.kind === 'role-session' && (durationSeconds ?? 0) > LONGEST_CHAINED_SECONDS) {
    throw new IamError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    )
  }
  if (principal.sourceIdentity !== null && sourceIdentity != null && sourceIdentity !== principal.sourceIdentity)
    throw new IamError('ValidationError', 'The source identity is already set for this assume role session')
}

/** The code is checked, and used up, before anything is said about the role: the trust policy may ask for it. */
async function checkSecondFactor(call: Call, input: AssumeRoleInput): Promise<Date | null> {
  const attempts = input.tokenCode ? [await mfaAttempts(call, call.principal, call.request.sourceIp)] : []
  if (attempts.length > 0) await reserve(call, attempts)
  const mfaAt = await inTransaction(call.db, (tx) => secondFactor(tx, call, input))
  if (attempts.length > 0) await refund(call, attempts)
  return mfaAt
}

function actionsOf({ principal }: Call, { sourceIdentity, tags }: AssumeRoleInput): [string, ...string[]] {
  const identified = sourceIdentity != null || principal.sourceIdentity !== null
  return [
    'sts:AssumeRole',
    ...(identified ? ['sts:SetSourceIdentity'] : []),
    ...((tags?.length ?? 0) > 0 ? ['sts:TagSession'] : []),
  ]
}

function keysOf(input: AssumeRoleInput, mfaAt: Date | null): [string, string | readonly string[]][] {
  const { roleSessionName, externalId, sourceIdentity, durationSeconds, tags, transitiveTagKeys } = input
  const keys: [string, string | readonly string[]][] = [['sts:RoleSessionName', roleSessionName], ...requestTags(tags)]
  if (externalId != null) keys.push(['sts:ExternalId', externalId])
  if (sourceIdentity != null) keys.push(['sts:SourceIdentity', sourceIdentity])
  if (durationSeconds != null) keys.push(['sts:DurationSeconds', String(durationSeconds)])
  if (transitiveTagKeys != null && transitiveTagKeys.length > 0)
    keys.push(['sts:TransitiveTagKeys', [...transitiveTagKeys]])
  if (mfaAt !== null) keys.push(['aws:MultiFactorAuthPresent', 'true'], ['aws:MultiFactorAuthAge', '0'])
  return keys
}

function transitiveTags({ principal }: Call): SessionTag[] {
  if (principal.kind !== 'role-session') return []
  return (principal.delegation?.session.tags ?? []).filter(({ transitive }) => transitive)
}

function issue(
  call: IssuingCall,
  role: TrustingRole,
  input: AssumeRoleInput,
  inherited: readonly SessionTag[],
  detail: AuditDetail,
): Promise<AssumedRole | null> {
  const { principal } = call
  const sourceIdentity = principal.sourceIdentity ?? input.sourceIdentity ?? null
  const session = {
    role,
    sessionName: input.roleSessionName,
    durationSeconds: input.durationSeconds,
    limits: input,
    inherited,
    userId: principal.id,
    sourceIdentity,
  }
  return issueRoleSession(call, session, async (tx, issued) => {
    const event = {
      ...eventOf(call),
      sourceIdentity,
      result: 'SUCCESS' as const,
      detail: { ...detail, ...issued },
    }
    const accounts = new Set([principal.accountId, role.accountId])
    await recordAlong(
      tx,
      call,
      [...accounts].map((accountId) => ({ ...event, accountId })),
    )
  })
}

/** The external id is left out: it is what two parties know of each other. */
function describe(input: AssumeRoleInput) {
  const { roleArn, roleSessionName, durationSeconds, sourceIdentity, serialNumber, policy, policyArns, tags } = input
  return {
    roleArn,
    roleSessionName,
    durationSeconds: durationSeconds ?? null,
    sourceIdentity: sourceIdentity ?? null,
    serialNumber: serialNumber ?? null,
    policy: policy ?? null,
    policyArns: [...(policyArns ?? [])],
    tags: describeTags(tags ?? []),
    transitiveTagKeys: [...(input.transitiveTagKeys ?? [])],
  }
}
