import type { AccountRead } from '../call.ts'
import { idPage, type KeysetConnection, type PageArgs } from '../keyset-page.ts'
import { type AuditEventFilter, checkFilter, whereOf } from './event-filter.ts'
import { type ReadAuditEvent, readEvents } from './read-events.ts'

export interface AuditEventsArgs extends PageArgs {
  readonly filter?: AuditEventFilter | null
}

/** Whether a text can be the id of an event. */
export function isEventId(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
}

/**
 * A page of an account's trail, newest first. Each page costs one walk along an index whatever the size of the trail, as long
 * as the filter names something that has one: request, decision, principal, key, source identity, action, resource, result,
 * time. It ends early, with more behind it, where its events would take more than a megabyte. Throws ValidationError for bad
 * arguments and cursors.
 */
export async function lookUpEvents(
  { db, principal: { accountId } }: AccountRead,
  args: AuditEventsArgs,
): Promise<KeysetConnection<ReadAuditEvent>> {
  const filter = args.filter ?? {}
  checkFilter(filter)
  const page = idPage(args, 'DESC', isEventId)
  const { where, orderBy, take } = page
  const found = await db.auditEvent.findMany({
    where: { accountId, AND: [...where.AND, ...whereOf(filter)] },
    orderBy,
    take,
    select: { id: true },
  })
  const ids = found.map(({ id }) => id)
  const events = await readEvents(db, [accountId], ids, orderBy.id)
  return page.connection(events, events.length < ids.length)
}
