import type { Services } from '../call.ts'
import { firstUuidOf } from '../identifiers.ts'

const DAY = 24 * 60 * 60 * 1000
const EVENTS_PER_STATEMENT = 5_000

export interface RetainOptions {
  /** At most so many events a transaction. */
  readonly perStatement?: number
  /** Between two transactions; false ends the work there. */
  readonly goOn?: () => Promise<boolean> | boolean
}

/**
 * Deletes what is older than so many days from the trails of all accounts, and answers how much that was. It goes by small
 * statements, each a transaction of its own: gateways write on meanwhile, and what was deleted stays deleted when it is
 * interrupted. Several may do it at one time: what one is deleting, another one leaves alone.
 */
export async function retainEvents(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  days: number,
  { perStatement = EVENTS_PER_STATEMENT, goOn = () => true }: RetainOptions = {},
): Promise<number> {
  const limit = firstUuidOf(new Date(clock().getTime() - days * DAY))
  let deleted = 0
  for (const { id: accountId } of await db.account.findMany({ select: { id: true }, orderBy: { id: 'asc' } })) {
    for (let batch = perStatement; batch === perStatement; ) {
      if (!(await goOn())) return deleted
      batch = await db.$executeRaw`
delete from "audit_event" where account_id = ${accountId} and id in (
  select id from "audit_event" where account_id = ${accountId} and id < ${limit}::uuid
  order by id limit ${perStatement} for update skip locked)`
      deleted += batch
    }
  }
  return deleted
}
