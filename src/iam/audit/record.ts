import type { Prisma } from '../../generated/prisma/client.ts'
import type { Call, Services, Tx } from '../call.ts'
import { storableResource, wellFormed } from './storable-text.ts'
import { recordDecisions } from './record-decisions.ts'
import { uuidv7 } from '../identifiers.ts'

/** What was asked, for the reader of the trail. Never a secret, seed, code or password. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | readonly string[] | null>>

export type AuditEntry = Omit<Prisma.AuditEventCreateManyInput, 'id' | 'at'>

/** Writes the event of a change, with what explains why it was allowed, inside the transaction of the change. */
export async function recordSuccess(tx: Tx, call: Call, detail: AuditDetail): Promise<void> {
  await recordEvents(tx, call, [{ ...eventOf(call), result: 'SUCCESS', detail }])
  if ('explain' in call.decision) await recordDecisions(tx, call, [call.decision])
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
  await db.auditEvent.createMany({
    data: entries.map((entry) => ({ ...storable(entry), at, id: uuidv7(at, services.random) })),
  })
}

/**
 * An entry as the database can take it: what a caller may have made up is cut to what the indexes hold, and rid of what text
 * in a database cannot be. A trail must not fail because of what it has to tell.
 */
export function storable<Entry extends Pick<AuditEntry, 'resource' | 'userAgent'>>(entry: Entry): Entry {
  const { resource, userAgent } = entry
  return { ...entry, resource: storableResource(resource), userAgent: userAgent == null ? null : wellFormed(userAgent) }
}

interface Decided extends Pick<Call, 'principal' | 'request'> {
  readonly decision: { readonly id: string | null; readonly action: string; readonly resource: string }
}

/** Who did what, and what let it through: the same in every event of a decided operation. */
export function eventOf({ principal, request, decision }: Decided) {
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
