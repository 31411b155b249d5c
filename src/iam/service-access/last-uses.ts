import type { Services } from '../call.ts'

/** When a user, or a role in any of its sessions, last tried an action, whatever came of it. */
export interface LastUse {
  /** `AIDA…` or `AROA…` */
  readonly ownerId: string
  readonly action: string
  readonly at: Date
}

/** What a statement looks up is bounded, so that others have their turn in between. */
const OWNERS_PER_STATEMENT = 50

/**
 * What of the audit trail is newest for each action of each of these users and roles. It costs a look into an index for each action
 * that somebody ever tried, not for each event: the trail may be of any length.
 */
export async function lastUses(
  db: Services['db'],
  accountId: string,
  ownerIds: readonly string[],
): Promise<readonly LastUse[]> {
  const uses: LastUse[] = []
  for (let from = 0; from < ownerIds.length; from += OWNERS_PER_STATEMENT) {
    const some = ownerIds.slice(from, from + OWNERS_PER_STATEMENT)
    // Sessions of a role have ids of their own, which begin with the role's.
    uses.push(
      ...(await db.$queryRaw<LastUse[]>`
with recursive tried(owner, action) as (
  select o.owner, (
    select e.action from "audit_event" e
    where e.account_id = ${accountId} and split_part(e.principal_id, ':', 1) = o.owner
    order by e.action limit 1)
  from unnest(${some}::text[]) o(owner)
  union all
  select t.owner, (
    select e.action from "audit_event" e
    where e.account_id = ${accountId} and split_part(e.principal_id, ':', 1) = t.owner and e.action > t.action
    order by e.action limit 1)
  from tried t where t.action is not null)
select t.owner as "ownerId", t.action, (
  select e.at from "audit_event" e
  where e.account_id = ${accountId} and split_part(e.principal_id, ':', 1) = t.owner and e.action = t.action
  order by e.id desc limit 1) as at
from tried t where t.action is not null`),
    )
  }
  return uses
}
