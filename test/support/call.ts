import type { Principal } from '../../src/authn/principal.ts'
import type { AuditEvent, User } from '../../src/generated/prisma/client.ts'
import { userArn } from '../../src/authn/arn.ts'
import type { AllowedDecision, Call, RequestInfo, Services } from '../../src/iam/call.ts'
import type { EventTally } from '../../src/iam/audit/event-tally.ts'
import { IamError } from '../../src/iam/errors.ts'

export interface TestCallOptions {
  readonly services: Services
  readonly principal: Principal
  readonly decision?: Partial<AllowedDecision>
  readonly request?: Partial<RequestInfo>
  /** When left out the operation stays allowed, at the epoch that the account then has. */
  readonly reauthorize?: () => Promise<bigint>
}

/** One operation that the gate has let through. */
export function testCall({ services, principal, decision, request, reauthorize }: TestCallOptions): Call {
  return {
    db: services.db,
    clock: services.clock,
    random: services.random,
    secrets: services.secrets,
    budgets: services.budgets,
    tally: services.tally,
    changes: services.changes,
    principal,
    request: {
      id: '11111111-2222-4333-8444-555555555555',
      sourceIp: '192.0.2.7',
      userAgent: 'a test',
      referer: null,
      secureTransport: true,
      ...request,
    },
    decision: { id: 'decision-1', action: 'iam:Test', resource: principal.arn, ...decision },
    reauthorize: reauthorize ?? (() => epochOf(services, principal.accountId)),
  }
}

/** The principal that a user's password session or, with a key id, its signature makes. */
export function testPrincipal(user: User, epoch: bigint, accessKeyId: string | null = null): Principal {
  return {
    kind: user.root ? 'root' : 'user',
    accountId: user.accountId,
    id: user.id,
    name: user.root ? null : user.name,
    path: user.path,
    arn: userArn(user),
    credential: accessKeyId === null ? 'PASSWORD' : 'ACCESS_KEY',
    accessKeyId,
    sessionId: accessKeyId === null ? 'session-1' : null,
    issuedAt: null,
    expiresAt: null,
    mfaAuthenticatedAt: null,
    sourceIdentity: null,
    passwordResetPending: false,
    signedFor: accessKeyId === null ? null : { region: 'us-east-1', service: 'iam' },
    epoch,
  }
}

/** A call by this user, authorized for `action` at the epoch that the account has now. */
export async function callAs(services: Services, user: User, action = 'iam:Test', resource?: string): Promise<Call> {
  const principal = testPrincipal(user, await epochOf(services, user.accountId))
  return testCall({ services, principal, decision: { action, ...(resource === undefined ? {} : { resource }) } })
}

export async function epochOf({ db }: Pick<Services, 'db'>, accountId: string): Promise<bigint> {
  return (await db.account.findUniqueOrThrow({ where: { id: accountId } })).policyEpoch
}

/** The audit trail of an account, oldest first. */
export async function auditTrail(
  { db, tally }: Pick<Services, 'db'> & { readonly tally?: Partial<EventTally> },
  accountId: string,
): Promise<AuditEvent[]> {
  await tally?.writeNotes?.()
  return await db.auditEvent.findMany({ where: { accountId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })
}

/** Code and message of the coded error that the work throws; anything else that happens fails the test. */
export async function refusal(work: () => unknown): Promise<{ code: string; message: string }> {
  try {
    await work()
  } catch (error) {
    if (error instanceof IamError) return { code: error.code, message: error.message }
    throw error
  }
  throw new Error('It was not refused.')
}
