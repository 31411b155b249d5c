import { type AuditEvent, Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'

/** Bytes that one page of events holds, whatever its number of rows: so much is read, kept and printed at a time. */
const PAGE_BYTES = 1_000_000
/** What a row takes beside its detail, about. */
const ROW_BYTES = 700
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

/** What unpacking costs at most: PostgreSQL compresses 273 bytes to 3. */
const effort = Prisma.raw(
  'coalesce(pg_column_size(detail)::bigint * case when pg_column_compression(detail) is null then 1 else 91 end, 0)',
)
/** Bytes that are unpacked for one page, at most. Rows that are not large are not compressed. */
const PAGE_EFFORT = 16_000_000

/** Bytes of the detail as text; null when it is too large as it is stored, which costs nothing to find out. */
const length = Prisma.raw(
  `case when detail is null then 0 when pg_column_size(detail) > ${LONGEST_DETAIL} then null else octet_length(detail::text) end`,
)
const detail = Prisma.raw(`case when length <= ${LONGEST_DETAIL} then detail
        else jsonb_build_object('cut', '…[cut: ' || coalesce(length, pg_column_size(detail)) || ' bytes]') end as detail`)

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
  select cut.*, sum(bytes) over (order by id ${direction} rows unbounded preceding) - bytes as before
  from (
    select account_id as "accountId", id, at, mfa, result::text as result,
      ${texts},
      ${detail},
      ${ROW_BYTES}::int + least(length, ${LONGEST_DETAIL}) as bytes
    from (
      select event.*, sum(${effort}) over (order by id ${direction} rows unbounded preceding) - ${effort} as spent
      from "audit_event" event where account_id = any(${accountIds}::bpchar[]) and id = any(${ids}::uuid[])
    ) asked
    cross join lateral (select ${length} as length offset 0) measured
    where spent < ${PAGE_EFFORT}
  ) cut
) page
where before < ${PAGE_BYTES}
order by id ${direction}`
}
