import type { AuditEvent } from '../../generated/prisma/client.ts'
import type { Services } from '../call.ts'
import { IamError } from '../errors.ts'
import { firstUuidOf, timeOfUuid } from '../identifiers.ts'
import { type AuditEventFilter, checkFilter, matches } from './event-filter.ts'
import { type ReadAuditEvent, readEvents } from './read-events.ts'

/** Events as they come, and a null at every look at the trail, so that whoever listens can see to it that it still may. */
export type EventStream = AsyncIterableIterator<AuditEvent | null, undefined>

export interface EventFeed {
  /**
   * The events of an account from now on, also those that other gateways write. Throws ValidationError for a bad filter and
   * Throttling when this process, the account or the caller has as many listeners as it may. A listener that falls behind gets
   * Throttling as its end.
   *
   * @param subscriber who listens; sessions of one role are one
   */
  subscribe(accountId: string, filter: AuditEventFilter, subscriber: string): EventStream
  /** Looks at the trail now. Never throws. */
  poll(): Promise<void>
  /** Streams that are open. */
  readonly listeners: number
  /** Ends all streams. */
  close(): void
}

interface FeedLog {
  warn(details: object, message: string): void
}

interface Listener {
  readonly accountId: string
  readonly subscriber: string
  readonly filter: AuditEventFilter
  /** Events with lower ids are older than the subscription. */
  readonly from: string
  readonly queue: Queue
}

const MAX_LISTENERS = 200
/** So that no account, and in it no caller, takes what is there for all. */
const MAX_LISTENERS_OF_ACCOUNT = 50
const MAX_LISTENERS_OF_SUBSCRIBER = 20
/** Events that may wait for one listener. */
const MAX_WAITING = 1_000
/** And bytes of them: a listener that takes nothing must not cost much. */
const MAX_WAITING_BYTES = 4_000_000
const IDS_PER_STATEMENT = 500
/** Pages of at most 500 events and a megabyte. */
const PAGES_PER_LOOK = 50
/**
 * An event has the id of its moment and is there to be read a little later: transactions end, reads are written once a
 * second, clocks differ. So each look goes back that far, and leaves out what it has seen.
 */
const LOOK_BACK_MS = 10_000

/**
 * One look at the trail a period for all listeners of a process, and none while nobody listens. A look reads bounded pages, and as many
 * of them as it may; the next one goes on where it stopped.
 */
export function createEventFeed({
  db,
  clock,
  log,
  pollEveryMs,
  pagesPerLook = PAGES_PER_LOOK,
}: Pick<Services, 'db' | 'clock'> & {
  readonly log: FeedLog
  readonly pollEveryMs: number
  readonly pagesPerLook?: number
}): EventFeed {
  const listeners = new Set<Listener>()
  let seen = new Set<string>()
  /** How far the last look came, when it did not come to the end. */
  let unfinishedAt: Date | undefined
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()

  async function look(): Promise<void> {
    if (listeners.size === 0) return
    const from = firstUuidOf(new Date((unfinishedAt ?? clock()).getTime() - LOOK_BACK_MS))
    unfinishedAt = undefined
    seen = new Set([...seen].filter((id) => id >= from))
    try {
      await readOn(from)
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'audit trail not read')
    }
    for (const listener of listeners) listener.queue.push(null)
  }

  /** Reads page by page, and lets others have their turn in between. What is too much for one look is left to the next. */
  async function readOn(from: string): Promise<void> {
    let after = from
    for (let pages = 0; pages < pagesPerLook; ) {
      const ids = await idsFrom(after)
      const unseen = ids.filter((id) => !seen.has(id))
      const last = unseen.length > 0 ? await handOn(unseen) : ids.at(-1)
      if (last === undefined || listeners.size === 0) return
      if (last === ids.at(-1) && ids.length < IDS_PER_STATEMENT) return
      after = last
      if (unseen.length > 0) pages++
      await new Promise(setImmediate)
    }
    unfinishedAt = timeOfUuid(after)
  }

  /** The next ids from one on, which is among them. */
  async function idsFrom(from: string): Promise<string[]> {
    const found = await db.$queryRaw<{ id: string }[]>`
select id from "audit_event" where account_id = any(${accounts()}::bpchar[]) and id >= ${from}::uuid
order by id limit ${IDS_PER_STATEMENT}`
    return found.map(({ id }) => id)
  }

  /** Hands on as many of these as make a page, and answers the last of them. */
  async function handOn(ids: readonly string[]): Promise<string | undefined> {
    const events = await readEvents(db, accounts(), ids, 'asc')
    for (const event of events) {
      seen.add(event.id)
      for (const listener of listeners) {
        if (listener.accountId === event.accountId && event.id >= listener.from && matches(listener.filter, event))
          listener.queue.push(event)
      }
    }
    return events.at(-1)?.id ?? ids.at(-1)
  }

  function accounts(): string[] {
    return [...new Set([...listeners].map(({ accountId }) => accountId))]
  }

  function assertRoom(accountId: string, subscriber: string): void {
    const ofAccount = [...listeners].filter((listener) => listener.accountId === accountId)
    const ofSubscriber = ofAccount.filter((listener) => listener.subscriber === subscriber)
    const full =
      listeners.size >= MAX_LISTENERS ||
      ofAccount.length >= MAX_LISTENERS_OF_ACCOUNT ||
      ofSubscriber.length >= MAX_LISTENERS_OF_SUBSCRIBER
    if (full) throw new IamError('Throttling', 'Rate exceeded')
  }

  /** One look at a time, so that nothing is handed on twice. */
  function poll(): Promise<void> {
    looking = looking.then(look)
    return looking
  }

  return {
    get listeners() {
      return listeners.size
    },
    subscribe(accountId, filter, subscriber) {
      checkFilter(filter)
      assertRoom(accountId, subscriber)
      const queue = createQueue(() => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
        unfinishedAt = undefined
        seen.clear()
      })
      const listener = { accountId, subscriber, filter, from: firstUuidOf(clock()), queue }
      listeners.add(listener)
      timer ??= setInterval(() => void poll(), pollEveryMs).unref()
      return queue.stream
    },
    poll,
    close() {
      for (const { queue } of listeners) queue.end()
    },
  }
}

interface Queue {
  readonly stream: EventStream
  push(event: ReadAuditEvent | null): void
  end(error?: Error): void
}

type Result = IteratorResult<AuditEvent | null, undefined>

/** What is pushed until it is asked for. A generator would not do: it cannot be ended while it waits. */
function createQueue(onEnd: () => void): Queue {
  const waiting: (ReadAuditEvent | null)[] = []
  let waitingBytes = 0
  const asked: ((result: Result) => void)[] = []
  let ended: { readonly error?: Error } | undefined

  function push(event: ReadAuditEvent | null): void {
    const next = asked.shift()
    if (next !== undefined) next({ done: false, value: event })
    // Whoever has events waiting comes by anyway.
    else if (event === null && waiting.length > 0) return
    else if (waiting.length < MAX_WAITING && waitingBytes < MAX_WAITING_BYTES) {
      waiting.push(event)
      waitingBytes += event?.bytes ?? 0
    } else
      end(new IamError('Throttling', 'Events came faster than they were taken. Read what was missed as auditEvents.'))
  }

  function end(error?: Error): void {
    if (ended) return
    ended = error === undefined ? {} : { error }
    onEnd()
    for (const answer of asked.splice(0)) answer({ done: true, value: undefined })
  }

  return {
    push,
    end,
    stream: {
      next() {
        const value = waiting.shift()
        waitingBytes -= value?.bytes ?? 0
        if (value !== undefined) return Promise.resolve({ done: false, value })
        if (!ended) return new Promise((resolve) => asked.push(resolve))
        const { error } = ended
        ended = {}
        return error ? Promise.reject(error) : Promise.resolve({ done: true, value: undefined })
      },
      return() {
        waiting.length = 0
        end()
        return Promise.resolve({ done: true, value: undefined })
      },
      [Symbol.asyncIterator]() {
        return this
      },
    },
  }
}
