import type { Prisma } from '../../generated/prisma/client.ts'
import type { Call, Services, Tx } from '../call.ts'
import { uuidv7 } from '../identifiers.ts'

/** What was asked, for the reader of the trail. Never a secret, seed, code or password. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | readonly string[] | null>>

export type AuditEntry = Omit<Prisma.AuditEventCreateManyInput, 'id' | 'at'>

/** Writes the event of a change inside the transaction of the change. */
export async function recordSuccess(tx: Tx, call: Call, detail: AuditDetail): Promise<void> {
  await recordEvents(tx, call, [{ ...eventOf(call), result: 'SUCCESS', detail }])
}

/** Writes the event of an authorized attempt that IAM refused, after its transaction was rolled back. */
export async function recordFailure(db: Tx, call: Call, errorCode: string, detail: AuditDetail): Promise<void> {
  await recordEvents(db, call, [{ ...eventOf(call), result: 'FAILURE', errorCode, detail }])
}

/** Writes events in one statement. */
export async function recordEvents(
  db: Tx,
  services: Pick<Services, 'clock' | 'random'>,
  entries: readonly AuditEntry[],
): Promise<void> {
  const at = services.clock()
  await db.auditEvent.createMany({ data: entries.map((entry) => ({ ...entry, at, id: uuidv7(at, services.random) })) })
}

function eventOf({ principal, request, decision }: Call) {
  return {
    accountId: principal.accountId,
    requestId: request.id,
    decisionId: decision.id,
    principalArn: principal.arn,
    principalId: principal.id,
    accessKeyId: principal.accessKeyId,
    sourceIdentity: principal.sourceIdentity,
    mfa: principal.mfaAuthenticatedAt !== null,
    sourceIp: request.sourceIp,
    userAgent: request.userAgent,
    action: decision.action,
    resource: decision.resource,
  }
}
