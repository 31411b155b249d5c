import type { AuditEvent } from '../../generated/prisma/client.ts'
import type { Services } from '../call.ts'
import { IamError } from '../errors.ts'
import { firstUuidOf } from '../identifiers.ts'
import { type AuditEventFilter, checkFilter, matches } from './event-filter.ts'

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
  /** Ids below are of before it came. */
  readonly from: string
  readonly queue: Queue
}

const MAX_LISTENERS = 200
/** So that no account, and in it no caller, takes what is there for all. */
const MAX_LISTENERS_OF_ACCOUNT = 50
const MAX_LISTENERS_OF_SUBSCRIBER = 20
/** Events that may wait for one listener. */
const MAX_WAITING = 1_000
const ROWS_PER_STATEMENT = 1_000
/**
 * An event has the id of its moment and is there to be read a little later: transactions end, reads are written once a
 * second, clocks differ. So each look goes back that far, and leaves out what it has seen.
 */
const LOOK_BACK_MS = 10_000

/** One look at the trail a period for all listeners of a process, and none while nobody listens. */
export function createEventFeed({
  db,
  clock,
  log,
  pollEveryMs,
}: Pick<Services, 'db' | 'clock'> & { readonly log: FeedLog; readonly pollEveryMs: number }): EventFeed {
  const listeners = new Set<Listener>()
  let seen = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()

  async function look(): Promise<void> {
    if (listeners.size === 0) return
    const from = firstUuidOf(new Date(clock().getTime() - LOOK_BACK_MS))
    seen = new Set([...seen].filter((id) => id >= from))
    try {
      while (await lookFrom(from)) continue
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'audit trail not read')
    }
    for (const listener of listeners) listener.queue.push(null)
  }

  /** True when there may be more. */
  async function lookFrom(from: string): Promise<boolean> {
    const accounts = [...new Set([...listeners].map(({ accountId }) => accountId))]
    const events = await db.$queryRaw<AuditEvent[]>`
select account_id as "accountId", id, at, request_id as "requestId", decision_id as "decisionId",
  principal_arn as "principalArn", principal_id as "principalId", access_key_id as "accessKeyId",
  source_identity as "sourceIdentity", mfa, source_ip as "sourceIp", user_agent as "userAgent", action, resource,
  result::text as result, error_code as "errorCode", detail
from "audit_event"
where account_id = any(${accounts}::bpchar[]) and id >= ${from}::uuid and id <> all(${[...seen]}::uuid[])
order by id limit ${ROWS_PER_STATEMENT}`
    for (const event of events) {
      seen.add(event.id)
      for (const listener of listeners) {
        if (listener.accountId === event.accountId && event.id >= listener.from && matches(listener.filter, event))
          listener.queue.push(event)
      }
    }
    return events.length === ROWS_PER_STATEMENT
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
    subscribe(accountId, filter, subscriber) {
      checkFilter(filter)
      assertRoom(accountId, subscriber)
      const queue = createQueue(() => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
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
  push(event: AuditEvent | null): void
  end(error?: Error): void
}

type Result = IteratorResult<AuditEvent | null, undefined>

/** What is pushed until it is asked for. A generator would not do: it cannot be ended while it waits. */
function createQueue(onEnd: () => void): Queue {
  const waiting: (AuditEvent | null)[] = []
  const asked: ((result: Result) => void)[] = []
  let ended: { readonly error?: Error } | undefined

  function push(event: AuditEvent | null): void {
    const next = asked.shift()
    if (next !== undefined) next({ done: false, value: event })
    // Whoever has events waiting comes by anyway.
    else if (event === null && waiting.length > 0) return
    else if (waiting.length < MAX_WAITING) waiting.push(event)
    else
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
