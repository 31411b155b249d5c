import { requestTags } from '../../access/context.ts'
import type { RequestGate } from '../../access/gate.ts'
import { assumedRoleArn, parseIamArn, roleArn as arnOfRole } from '../../authn/arn.ts'
import type { SessionTag } from '../../authn/principal.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { type AuditDetail, eventOf, recordEvents, recordFailure } from '../audit/record.ts'
import type { Call, Tx } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { newAccessKeyId, newSecretAccessKey } from '../identifiers.ts'
import { mfaAttempts } from '../mfa/mfa-attempts.ts'
import { type CredentialIssuer, temporaryCredentialTokens } from '../sessions/credential-issuer.ts'
import type { TemporaryCredentials } from '../sessions/get-session-token.ts'
import { inTransaction } from '../sessions/recorded.ts'
import { secondFactor } from '../sessions/second-factor.ts'
import { issueTime } from '../sessions/session-times.ts'
import { describeTags } from '../tags/tag-user.ts'
import { refund, reserve } from '../throttle/reserve.ts'
import { checkSessionLimits, sessionLimits, type SessionLimitsInput } from './session-limits.ts'
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

export interface AssumedRole extends TemporaryCredentials {
  readonly assumedRoleUser: { readonly arn: string; readonly assumedRoleId: string }
  readonly sourceIdentity: string | null
  /** Percent of the room for session policies and tags; null when there are none. */
  readonly packedPolicySize: number | null
}

const DEFAULT_SECONDS = 3600
const LONGEST_CHAINED_SECONDS = 3600
/** How often the decision is made anew because the role is being changed. */
const MAX_ATTEMPTS = 5
const ROLE = { tags: { select: { key: true, value: true } } } satisfies Prisma.RoleInclude

type RoleWithTags = Prisma.RoleGetPayload<{ include: typeof ROLE }>

/**
 * Makes temporary credentials of a role for a caller whom the role's trust policy and the caller's own policies let in. They
 * are self-contained: no row is written but the audit event, and one more in the account of a foreign role. They end with the
 * very role and when its sessions are revoked, not with the credentials that assumed it.
 *
 * Throws AccessDenied (the same whether the role is missing, does not trust or the caller lacks the permission), NoSuchEntity
 * (session policy), MalformedPolicyDocument, PackedPolicyTooLarge, InvalidParameterValue, Throttling, ValidationError.
 */
export async function assumeRole(
  call: Call,
  gate: Pick<RequestGate, 'decideOnTrust'>,
  input: AssumeRoleInput,
  issuer: CredentialIssuer,
): Promise<AssumedRole> {
  const { roleArn, roleSessionName, durationSeconds, externalId, sourceIdentity, serialNumber, tokenCode } = input
  const inherited = transitiveTags(call)
  checkStsConstraints({ roleArn, roleSessionName, durationSeconds, externalId, sourceIdentity })
  checkConstraints({ serialNumber, tokenCode })
  checkSessionLimits(input, inherited)

  const detail = describe(input)
  const asked: Call = { ...call, decision: { ...call.decision, action: 'sts:AssumeRole', resource: roleArn } }
  try {
    checkCaller(call, input)
    const mfaAt = await checkSecondFactor(call, input)
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const role = await findRoleByArn(call.db, roleArn)
      const decision = await gate.decideOnTrust({
        actions: actionsOf(call, input),
        roleArn,
        role,
        keys: keysOf(input, mfaAt),
      })
      // The gate lets nobody have a role that is not there.
      if (role === null) break
      const assumed = await issue({ ...call, decision }, role, input, inherited, issuer, detail)
      if (assumed !== null) return assumed
    }
    throw new IamError('ConcurrentModification', 'The role is being changed by others. Please try again.')
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

/** The role with exactly this ARN, in whichever account. */
async function findRoleByArn(db: Tx, arn: string): Promise<RoleWithTags | null> {
  const named = parseIamArn(arn)
  if (named?.type !== 'role' || !/^\d{12}$/.test(named.accountId) || !/^[\w+=,.@-]{1,64}$/.test(named.name)) return null
  const { accountId, name } = named
  const where = { accountId_nameKey: { accountId, nameKey: name.toLowerCase() } }
  const role = await db.role.findUnique({ where, include: ROLE })
  return role !== null && arnOfRole(role) === arn ? role : null
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

/** Null when the role is no longer what was decided on. */
async function issue(
  call: Call,
  role: RoleWithTags,
  input: AssumeRoleInput,
  inherited: readonly SessionTag[],
  issuer: CredentialIssuer,
  detail: AuditDetail,
): Promise<AssumedRole | null> {
  const seconds = input.durationSeconds ?? DEFAULT_SECONDS
  if (seconds > role.maxSessionDuration) {
    throw new IamError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
  }
  const { accountId, id: roleId } = role
  const { roleSessionName: sessionName } = input
  const sourceIdentity = call.principal.sourceIdentity ?? input.sourceIdentity ?? null
  const accessKeyId = newAccessKeyId('ASIA', accountId, call.random)
  const arn = assumedRoleArn(accountId, role.name, sessionName)

  const issued = await inTransaction(call.db, async (tx) => {
    // Whoever revokes the role's sessions waits for this, or is waited for.
    await tx.$queryRaw`SELECT 1 FROM role WHERE account_id = ${accountId} AND id = ${roleId} FOR SHARE`
    const now = await tx.role.findUnique({ where: { accountId_id: { accountId, id: roleId } } })
    if (now === null || now.trustPolicy !== role.trustPolicy) return null
    const { limits, packedPolicySize } = await sessionLimits(tx, accountId, input, inherited)
    const event = {
      ...eventOf(call),
      sourceIdentity,
      result: 'SUCCESS' as const,
      detail: { ...detail, durationSeconds: seconds, accessKeyId, assumedRoleArn: arn },
    }
    const accounts = new Set([call.principal.accountId, accountId])
    await recordEvents(
      tx,
      call,
      [...accounts].map((account) => ({ ...event, accountId: account })),
    )
    return { limits, packedPolicySize, issuedAt: issueTime(call.clock(), now.sessionsValidFrom) }
  })
  if (issued === null) return null

  const { limits, packedPolicySize, issuedAt } = issued
  const secretAccessKey = newSecretAccessKey(call.random)
  const expiresAt = new Date(issuedAt.getTime() + seconds * 1000)
  const session = {
    kind: 'role' as const,
    accessKeyId,
    secretAccessKey,
    accountId,
    userId: call.principal.id,
    issuingAccessKeyId: null,
    issuedAt,
    expiresAt,
    mfaAt: null,
    sourceIdentity,
    role: { roleId, sessionName, ...limits },
  }
  return {
    accessKeyId,
    secretAccessKey,
    expiresAt,
    ...temporaryCredentialTokens(issuer, session, call.random),
    assumedRoleUser: { arn, assumedRoleId: `${roleId}:${sessionName}` },
    sourceIdentity,
    packedPolicySize,
  }
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
