import { BoundedCache } from '../authn/bounded-cache.ts'
import { CodedError } from '../errors/index.ts'

/** A change was refused before it began: nothing was done, and it may be sent again as it is. `Retry-After` in every door. */
export class ChangeNotBegun extends CodedError {
  override readonly name = 'ChangeNotBegun'

  constructor() {
    super(
      'ServiceUnavailable',
      'Too many changes of the account are waiting. Nothing was changed. Please try again in a moment.',
      { details: { retryAfterSeconds: 2 } },
    )
  }
}

export interface ChangeQueueOptions {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
  /** Connections of the database that this process may use. */
  readonly connections: number
  readonly limits?: ChangeLimits
}

export interface ChangeLimits {
  /** Changes of one account that may wait. */
  readonly waiting: number
  /** How long one may wait, in milliseconds. */
  readonly waitMs: number
}

/** Clients wait for half a minute and longer; what waits longer than this comes back to a queue that is shorter. */
const LIMITS: ChangeLimits = { waiting: 500, waitMs: 10_000 }
/** How often those whose time is over are looked for while nobody's turn ends. */
const LOOK_EVERY_MS = 250
const REMEMBERED_ACCOUNTS = 1_000
/** From so many on, an account may have two. */
const MANY_CONNECTIONS = 8

/** Who wants to change what. */
export interface TurnTaker {
  readonly accountId: string
  /** Callers of one name take turns with others as one. */
  readonly caller: string
  /** Told how many milliseconds the turn was waited for. */
  readonly waited?: ((milliseconds: number) => void) | undefined
}

/** Lets changes of one account happen one after the other. One for the whole process. */
export interface ChangeQueue {
  /** Does the work in its turn. Throws ChangeNotBegun when too many wait already, or when the turn does not come in time. */
  run<T>(taker: TurnTaker, work: () => Promise<T>): Promise<T>
  /** Changes that wait now, of all accounts. */
  readonly waiting: number
  /** Whether a change may use a second connection while it holds its transaction open. */
  readonly spareConnection: boolean
  /**
   * Turns that one account has at a time: two where there are connections enough. The second change opens its transaction and waits
   * for the account's lock while the first one ends, which is a third of its way.
   */
  readonly atOnceOfAccount: number
  /** The epoch that the last change through here left an account at; undefined when none is remembered. */
  epochOf(accountId: string): bigint | undefined
  left(accountId: string, epoch: bigint): void
}

interface Waiting {
  readonly since: number
  readonly start: () => void
  readonly refuse: (reason: ChangeNotBegun) => void
}

/** Changes of one account. */
interface Lane {
  changing: number
  waiting: number
  /** Those that wait, by caller, oldest first. The caller whose turn is next comes first. */
  readonly lines: Map<string, Waiting[]>
}

/**
 * Callers of an account take turns, whoever has sent how much, and so do accounts for the connections: half of them, so that no
 * change that holds one waits for another in vain, and reads find one. A full queue takes the place from the caller who has the
 * most waiting, so that nobody fills it for others. In all there are no more waiting than the server accepts connections.
 */
export function createChangeQueue({ now, connections, limits = LIMITS }: ChangeQueueOptions): ChangeQueue {
  const atOnce = Math.max(1, Math.floor(connections / 2))
  const atOnceOfAccount = connections >= MANY_CONNECTIONS ? 2 : 1
  /** Accounts that are being changed, or where somebody waits. */
  const lanes = new Map<string, Lane>()
  const epochs = new BoundedCache<string, bigint>(REMEMBERED_ACCOUNTS)
  let running = 0
  let waiting = 0
  let look: NodeJS.Timeout | null = null

  function laneOf(accountId: string): Lane {
    const known = lanes.get(accountId)
    if (known !== undefined) return known
    const lane: Lane = { changing: 0, waiting: 0, lines: new Map() }
    lanes.set(accountId, lane)
    return lane
  }

  function turn({ accountId, caller }: TurnTaker): Promise<void> {
    const lane = laneOf(accountId)
    if (lane.waiting >= limits.waiting) makeRoom(lane, caller)
    return new Promise((start, refuse) => {
      const line = lane.lines.get(caller)
      const one = { since: now(), start, refuse }
      if (line === undefined) lane.lines.set(caller, [one])
      else line.push(one)
      lane.waiting++
      waiting++
      begin()
      look ??= setTimeout(refuseLate, LOOK_EVERY_MS).unref()
    })
  }

  /** Throws when nobody has more waiting than the caller would. */
  function makeRoom(lane: Lane, caller: string): void {
    const [longest = '', line = []] = [...lane.lines].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? []
    const own = lane.lines.get(caller)?.length ?? 0
    if (line.length <= own + 1) throw new ChangeNotBegun()
    line.pop()?.refuse(new ChangeNotBegun())
    gone(lane, longest, line)
  }

  /** One who waited in this line does not any more. */
  function gone(lane: Lane, caller: string, line: readonly Waiting[]): void {
    lane.waiting--
    waiting--
    if (line.length === 0) lane.lines.delete(caller)
  }

  /** Gives turns as long as there are some to give. */
  function begin(): void {
    for (const most of atOnceOfAccount > 1 ? [1, atOnceOfAccount] : [1]) {
      for (const [accountId, lane] of lanes) {
        if (running >= atOnce) return
        if (lane.changing >= most) continue
        const next = nextOf(lane)
        if (next === undefined) {
          if (lane.changing === 0) lanes.delete(accountId)
          continue
        }
        lane.changing++
        running++
        next.start()
      }
    }
  }

  /** The account goes to the end: the others come first. */
  function end(accountId: string): void {
    const lane = laneOf(accountId)
    lane.changing--
    running--
    lanes.delete(accountId)
    if (lane.waiting > 0 || lane.changing > 0) lanes.set(accountId, lane)
    begin()
  }

  function nextOf(lane: Lane): Waiting | undefined {
    for (const [caller, line] of lane.lines) {
      lane.lines.delete(caller)
      const next = line.shift()
      if (line.length > 0) lane.lines.set(caller, line)
      gone(lane, caller, line)
      if (next === undefined || !isLate(next)) return next
      next.refuse(new ChangeNotBegun())
    }
    return undefined
  }

  function isLate({ since }: Waiting): boolean {
    return now() - since >= limits.waitMs
  }

  /** Turns may be long in coming: while the database does not answer, nobody's ends. */
  function refuseLate(): void {
    for (const lane of lanes.values()) {
      for (const [caller, line] of lane.lines) {
        for (let late = line[0]; late !== undefined && isLate(late); late = line[0]) {
          line.shift()
          gone(lane, caller, line)
          late.refuse(new ChangeNotBegun())
        }
      }
    }
    look = waiting > 0 ? setTimeout(refuseLate, LOOK_EVERY_MS).unref() : null
  }

  return {
    async run(taker, work) {
      const asked = now()
      await turn(taker)
      taker.waited?.(now() - asked)
      try {
        return await work()
      } finally {
        end(taker.accountId)
      }
    },
    get waiting() {
      return waiting
    },
    spareConnection: connections > 1,
    atOnceOfAccount,
    epochOf: (accountId) => epochs.get(accountId),
    left: (accountId, epoch) => epochs.set(accountId, epoch),
  }
}
