import type { AccountRead } from '../call.ts'
import { firstUuidOf } from '../identifiers.ts'
import { WRONG_SIGNATURE } from './event-tally.ts'

/** Wrong signatures with one key from one address. */
export interface FailedSignatures {
  /** Null, as the address, for what was counted together because there was too much of it. */
  readonly accessKeyId: string | null
  readonly ownerArn: string | null
  readonly sourceIp: string | null
  readonly count: number
  readonly firstAt: Date
  readonly lastAt: Date
}

const MOST_EVENTS = 10_000
const MOST_PAIRS = 100
const LARGEST_INT = 2 ** 31 - 1

/** What the trail of an account counted since a moment, by key and address, the latest first. Looks at no more than 10,000 events. */
export async function failedSignatures(
  { db, principal: { accountId } }: AccountRead,
  { since }: { readonly since: Date },
): Promise<FailedSignatures[]> {
  return await db.$queryRaw<FailedSignatures[]>`
select access_key_id as "accessKeyId", source_ip as "sourceIp", nullif(max(resource), '*') as "ownerArn",
  least(sum(coalesce((detail->>'count')::bigint, 1)), ${LARGEST_INT})::int as count,
  min(coalesce((detail->>'first')::timestamptz, at)) as "firstAt", max(coalesce((detail->>'last')::timestamptz, at)) as "lastAt"
from (
  select access_key_id, source_ip, resource, detail, at from "audit_event"
  where account_id = ${accountId} and action = ${WRONG_SIGNATURE} and id >= ${firstUuidOf(since)}::uuid
  order by id desc limit ${MOST_EVENTS}
) counted
group by access_key_id, source_ip
order by "lastAt" desc, count desc, access_key_id limit ${MOST_PAIRS}`
}
