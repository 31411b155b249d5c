import type { Services } from '../call.ts'
import { whereOf } from './event-filter.ts'
import { type ReadAuditEvent, readEvents } from './read-events.ts'

export interface Exported {
  readonly accountId: string
  /** From this moment on. */
  readonly since?: Date | null
  /** Up to this moment, which is in it. */
  readonly until?: Date | null
}

const EVENTS_PER_STATEMENT = 1_000

/**
 * The trail of an account as lines of JSON, oldest first, each with its line feed. It is read by pages while it is written, each of
 * bounded rows and bytes, so that a trail of any size takes no memory. Fields are named as in the GraphQL schema; what is null is null.
 */
export async function* exportEvents(
  { db }: Pick<Services, 'db'>,
  { accountId, since = null, until = null }: Exported,
): AsyncGenerator<string, void> {
  let after: string | undefined
  for (;;) {
    const beyond = after === undefined ? [] : [{ id: { gt: after } }]
    const found = await db.auditEvent.findMany({
      where: { accountId, AND: [...whereOf({ since, until }), ...beyond] },
      orderBy: { id: 'asc' },
      take: EVENTS_PER_STATEMENT,
      select: { id: true },
    })
    const ids = found.map(({ id }) => id)
    // Fewer than were found when they fill a page: the next one goes on behind the last that was read.
    const events = await readEvents(db, [accountId], ids, 'asc')
    for (const event of events) yield `${JSON.stringify(lineOf(event))}\n`
    after = events.at(-1)?.id
    if (events.length === ids.length && ids.length < EVENTS_PER_STATEMENT) return
  }
}

function lineOf({ id: eventId, bytes: _bytes, ...event }: ReadAuditEvent): object {
  return { eventId, ...event }
}
