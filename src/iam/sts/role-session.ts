import { assumedRoleArn, parseIamArn, roleArn as arnOfRole } from '../../authn/arn.ts'
import type { SamlSession, SessionTag, WebIdentitySession } from '../../authn/principal.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { AnonymousCall, Services, Tx } from '../call.ts'
import { temporaryCredentialTokens } from '../credential-issuer.ts'
import { IamError } from '../errors.ts'
import { holdBack } from '../held-statements.ts'
import { newAccessKeyId, newSecretAccessKey } from '../identifiers.ts'
import { inTransaction } from '../recorded.ts'
import { issueTime } from '../sessions/session-times.ts'
import type { TemporaryCredentials } from './get-session-token.ts'
import { sessionLimits, type SessionLimitsInput } from './session-limits.ts'

export interface AssumedRole extends TemporaryCredentials {
  readonly assumedRoleUser: { readonly arn: string; readonly assumedRoleId: string }
  readonly sourceIdentity: string | null
  /** Percent of the room for session policies and tags; null when there are none. */
  readonly packedPolicySize: number | null
}

/** A session of a role that somebody was found to be allowed. */
export interface RoleSessionRequest {
  /** As it was when that was found. */
  readonly role: TrustingRole
  readonly sessionName: string
  /** An hour when omitted. */
  readonly durationSeconds: number | null | undefined
  readonly limits: SessionLimitsInput
  readonly inherited: readonly SessionTag[]
  /** Who becomes the role. */
  readonly userId: string
  readonly sourceIdentity: string | null
  readonly webIdentity?: WebIdentitySession
  readonly saml?: SamlSession
}

/** What the audit trail tells of a new session. */
export interface IssuedSession {
  readonly durationSeconds: number
  readonly accessKeyId: string
  readonly assumedRoleArn: string
}

const DEFAULT_SECONDS = 3600
/** How often a decision is repeated because the role is being changed. */
const MAX_ATTEMPTS = 5
// In one order, so that a record of the decision is the same each time.
const TAGS = { tags: { select: { key: true, value: true }, orderBy: { keyFold: 'asc' } } } satisfies Prisma.RoleInclude

export type TrustingRole = Prisma.RoleGetPayload<{ include: typeof TAGS }>

/** The role with exactly this ARN, in whichever account. */
async function findRoleByArn(db: Tx, arn: string): Promise<TrustingRole | null> {
  const named = parseIamArn(arn)
  if (named?.type !== 'role' || !/^\d{12}$/.test(named.accountId) || !/^[\w+=,.@-]{1,64}$/.test(named.name)) return null
  const { accountId, name } = named
  const where = { accountId_nameKey: { accountId, nameKey: name.toLowerCase() } }
  const role = await db.role.findUnique({ where, include: TAGS })
  return role !== null && arnOfRole(role) === arn ? role : null
}

/**
 * Lets `attempt` decide on the role as it is now and issue a session, and once more whenever the role was changed in between
 * (null). Throws ConcurrentModification when that goes on.
 */
export async function onCurrentRole<T>(
  db: Tx,
  roleArn: string,
  attempt: (role: TrustingRole | null) => Promise<T | null>,
): Promise<T> {
  for (let n = 1; n <= MAX_ATTEMPTS; n++) {
    const assumed = await attempt(await findRoleByArn(db, roleArn))
    if (assumed !== null) return assumed
  }
  throw new IamError('ConcurrentModification', 'The role is being changed by others. Please try again.')
}

/**
 * Makes temporary credentials of a role. They are self-contained: nothing is written but what `record` writes in the same
 * transaction. Null when the role is no longer what was decided on. Throws ValidationError, NoSuchEntity (session policy),
 * PackedPolicyTooLarge.
 */
export async function issueRoleSession(
  services: Services & Pick<AnonymousCall, 'issuer'>,
  {
    role,
    sessionName,
    durationSeconds,
    limits: passed,
    inherited,
    userId,
    sourceIdentity,
    webIdentity,
    saml,
  }: RoleSessionRequest,
  record: (tx: Tx, issued: IssuedSession) => Promise<void>,
): Promise<AssumedRole | null> {
  const seconds = durationSeconds ?? DEFAULT_SECONDS
  if (seconds > role.maxSessionDuration) {
    throw new IamError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
  }
  const { accountId, id: roleId } = role
  const accessKeyId = newAccessKeyId('ASIA', accountId, services.random)
  const arn = assumedRoleArn(accountId, role.name, sessionName)

  const issued = await inTransaction(services.db, async (tx) => {
    // Whoever revokes the role's sessions waits for this, or is waited for.
    await holdBack(tx, Prisma.sql`SELECT 1 FROM role WHERE account_id = ${accountId} AND id = ${roleId} FOR SHARE`)
    const now = await tx.role.findUnique({ where: { accountId_id: { accountId, id: roleId } } })
    if (now === null || now.trustPolicy !== role.trustPolicy) return null
    const { limits, packedPolicySize } = await sessionLimits(tx, accountId, passed, inherited)
    await record(tx, { durationSeconds: seconds, accessKeyId, assumedRoleArn: arn })
    return { limits, packedPolicySize, issuedAt: issueTime(services.clock(), now.sessionsValidFrom) }
  })
  if (issued === null) return null

  const { limits, packedPolicySize, issuedAt } = issued
  const secretAccessKey = newSecretAccessKey(services.random)
  const expiresAt = new Date(issuedAt.getTime() + seconds * 1000)
  const session = {
    kind: 'role' as const,
    accessKeyId,
    secretAccessKey,
    accountId,
    userId,
    issuingAccessKeyId: null,
    issuedAt,
    expiresAt,
    mfaAt: null,
    sourceIdentity,
    role: { roleId, sessionName, ...limits, ...(webIdentity && { webIdentity }), ...(saml && { saml }) },
  }
  return {
    accessKeyId,
    secretAccessKey,
    expiresAt,
    ...(await temporaryCredentialTokens(services.issuer, session, services.random)),
    assumedRoleUser: { arn, assumedRoleId: `${roleId}:${sessionName}` },
    sourceIdentity,
    packedPolicySize,
  }
}
