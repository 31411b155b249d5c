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
  await db.auditEvent.createMany({
    data: entries.map((entry) => ({ ...storable(entry), at, id: uuidv7(at, services.random) })),
  })
}

/** An index holds no more than some 2,700 bytes a row. The longest ARN that names anything is shorter by far. */
const LONGEST_RESOURCE = 2_000

/**
 * An entry as the database can take it: what a caller may have made up is cut to what the indexes hold, and rid of what text
 * in a database cannot be. A trail must not fail because of what it has to tell.
 */
export function storable<Entry extends Pick<AuditEntry, 'resource' | 'userAgent'>>(entry: Entry): Entry {
  const { resource, userAgent } = entry
  return { ...entry, resource: fit(resource), userAgent: userAgent == null ? null : wellFormed(userAgent) }
}

function fit(text: string): string {
  const clean = wellFormed(text)
  if (Buffer.byteLength(clean) <= LONGEST_RESOURCE) return clean
  // A character that the cut went through is left out.
  return `${new TextDecoder().decode(Buffer.from(clean).subarray(0, LONGEST_RESOURCE)).replace(/\uFFFD+$/, '')}…`
}

/** Neither NUL nor half a surrogate pair. */
function wellFormed(text: string): string {
  return /[\0\p{Cs}]/u.test(text) ? text.replace(/[\0\p{Cs}]/gu, '\uFFFD') : text
}

/** Who did what, and what let it through: the same in every event of a decided operation. */
export function eventOf({ principal, request, decision }: Pick<Call, 'principal' | 'request' | 'decision'>) {
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
