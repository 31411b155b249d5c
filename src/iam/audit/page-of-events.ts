import type { Prisma } from '../../generated/prisma/client.ts'
import { type IdPage, idPage, type PageArgs } from '../keyset-page.ts'
import { type AuditEventFilter, checkFilter, whereOf } from './event-filter.ts'

export interface AuditEventsArgs extends PageArgs {
  readonly filter?: AuditEventFilter | null
}

export interface AuditEventPage extends Omit<IdPage, 'where'> {
  readonly where: Prisma.AuditEventWhereInput
}

/** Whether a text can be the id of an event. */
export function isEventId(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
}

/**
 * A page of an account's trail, newest first. Each page costs one walk along an index whatever the size of the trail, as long
 * as the filter names something that has one: request, decision, principal, key, source identity, action, resource, result,
 * time. Throws ValidationError for bad arguments and cursors.
 */
export function pageOfEvents(accountId: string, args: AuditEventsArgs): AuditEventPage {
  const filter = args.filter ?? {}
  checkFilter(filter)
  const page = idPage(args, 'DESC', isEventId)
  return { ...page, where: { accountId, AND: [...page.where.AND, ...whereOf(filter)] } }
}
