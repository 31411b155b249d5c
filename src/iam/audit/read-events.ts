import { type AuditEvent, Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'

/** Bytes that one page of events holds, whatever its number of rows: so much is read, kept and printed at a time. */
const PAGE_BYTES = 1_000_000
/** What a row takes beside its detail. */
const ROW_BYTES = 500
/** A little more than `storable` lets in: only rows from before events were bounded are cut here. */
const LONGEST_TEXT = 2_200
const LONGEST_DETAIL = 32_000

const TEXTS = {
  requestId: 'request_id',
  decisionId: 'decision_id',
  principalArn: 'principal_arn',
  principalId: 'principal_id',
  accessKeyId: 'access_key_id',
  sourceIdentity: 'source_identity',
  sourceIp: 'source_ip',
  userAgent: 'user_agent',
  action: 'action',
  resource: 'resource',
  errorCode: 'error_code',
} as const

/** `octet_length` of a text that is stored apart reads its head only. */
const texts = Prisma.raw(
  Object.entries(TEXTS)
    .map(
      ([name, column]) => `case when octet_length(${column}) > ${LONGEST_TEXT}
        then left(${column}, ${LONGEST_TEXT / 4}) || '…[cut: ' || octet_length(${column}) || ' bytes]' else ${column} end as "${name}"`,
    )
    .join(',\n      '),
)

/** One that was compressed may be far larger than it is stored: so the size as stored is looked at first, and costs nothing. */
const detail = Prisma.raw(`case
        when pg_column_size(detail) > ${LONGEST_DETAIL} then jsonb_build_object('cut', '…[cut: ' || pg_column_size(detail) || ' bytes]')
        when octet_length(detail::text) > ${LONGEST_DETAIL} then jsonb_build_object('cut', '…[cut: ' || octet_length(detail::text) || ' bytes]')
        else detail end as detail`)

/** An event as it was read, and about how many bytes that were. */
export interface ReadAuditEvent extends AuditEvent {
  readonly bytes: number
}

/**
 * The events with these ids in the order of ids, as many as fill a page of `PAGE_BYTES`, and at least one. All reading of the trail
 * goes through here: what is larger than an event may be, because it was written before there were bounds, is cut in the database.
 */
export async function readEvents(
  db: Tx,
  accountIds: readonly string[],
  ids: readonly string[],
  order: 'asc' | 'desc',
): Promise<ReadAuditEvent[]> {
  if (ids.length === 0) return []
  const direction = Prisma.raw(order)
  return await db.$queryRaw<ReadAuditEvent[]>`
select "accountId", id, at, "requestId", "decisionId", "principalArn", "principalId", "accessKeyId", "sourceIdentity", mfa,
  "sourceIp", "userAgent", action, resource, result, "errorCode", detail, bytes
from (
  select sized.*, sum(bytes) over (order by id ${direction} rows unbounded preceding) - bytes as before
  from (
    select cut.*, (${ROW_BYTES}::int + coalesce(octet_length(detail::text), 0) + coalesce(octet_length("userAgent"), 0)
      + octet_length("principalId") + octet_length(resource))::int as bytes
    from (
      select account_id as "accountId", id, at, mfa, result::text as result,
      ${texts},
      ${detail}
      from "audit_event" where account_id = any(${accountIds}::bpchar[]) and id = any(${ids}::uuid[])
    ) cut
  ) sized
) page
where before < ${PAGE_BYTES}
order by id ${direction}`
}
