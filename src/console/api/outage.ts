import { useSyncExternalStore } from 'react'
import { ApiError, asApiError, isAway, UNREACHABLE } from './api-error.ts'

/** What a page asks by itself, with nobody there, does not keep the session alive. */
export type AskedBy = 'person' | 'page'

/** Somebody waits for the server, or for the database behind it. */
export interface Outage {
  readonly of: 'server' | 'database'
  /** It is being asked again right now. */
  readonly trying: boolean
}

const FIRST_PAUSE_MS = 1_000
/** One request of a page that waits costs nothing, and who watches it wants to go on soon. */
const LONGEST_PAUSE_MS = 15_000
/** Whatever a server or a proxy asks for. */
const LONGEST_ASKED_FOR_MS = 60_000
/** Pages that lost the same server do not come back in the same moment. */
const JITTER = 0.25
/** A question that fails so often while others are answered is at fault itself, such as one that takes too long. */
const MOST_ALONE = 3

let outage: Outage | null = null
let tries = 0
let answers = 0
let timer: ReturnType<typeof setTimeout> | undefined
const waiting = new Set<(askedBy: AskedBy) => void>()
const listeners = new Set<() => void>()

function tell(next: Outage | null): void {
  outage = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Null while nobody waits. */
export function useOutage(): Outage | null {
  return useSyncExternalStore(subscribe, () => outage)
}

/**
 * Asks until there is an answer, be it a refusal. Of all that wait at the same time one asks again, and the others when it was
 * answered: a server that comes back is not met by everything at once. For questions only; what changes something may have done so.
 *
 * @param ask gets who asks again, nothing for the first time
 * @param signal ends the waiting as well
 */
export async function untilAnswered<T>(ask: (again?: AskedBy) => Promise<T>, signal?: AbortSignal): Promise<T> {
  let again: AskedBy | undefined
  for (let alone = 0; ; ) {
    const before = answers
    try {
      const answer = await ask(again)
      answered()
      return answer
    } catch (thrown) {
      const error = asApiError(thrown)
      if (!signal?.aborted && !isAway(error)) answered()
      if (answers > before) alone++
      if (signal?.aborted || !isAway(error) || alone === MOST_ALONE) {
        passOn()
        throw thrown
      }
      again = await turn(error, signal)
    }
  }
}

/** For what was cut off in the middle: waits a moment, and until something is answered. */
export async function untilBack(ask: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  await untilAnswered(async (again) => {
    if (again === undefined) throw new ApiError({ code: UNREACHABLE, message: '' })
    await ask()
  }, signal)
}

/** Something was answered: all that wait ask again. */
export function answered(): void {
  answers++
  tries = 0
  clearTimeout(timer)
  timer = undefined
  if (outage !== null) tell(null)
  for (const go of waiting) go('page')
}

/** Asks again at once. */
export function tryNow(askedBy: AskedBy = 'person'): void {
  clearTimeout(timer)
  timer = undefined
  const [first] = waiting
  if (first === undefined || outage === null) return
  tell({ ...outage, trying: true })
  first(askedBy)
}

function turn(error: ApiError, signal: AbortSignal | undefined): Promise<AskedBy> {
  const askedFor = Number(error.details.retryAfterSeconds ?? 0) * 1000
  tell({ of: error.code === UNREACHABLE ? 'server' : 'database', trying: false })
  schedule(Number.isFinite(askedFor) ? askedFor : 0)
  return new Promise((resolve, reject) => {
    const go = (askedBy: AskedBy) => {
      waiting.delete(go)
      signal?.removeEventListener('abort', leave)
      resolve(askedBy)
    }
    const leave = () => {
      waiting.delete(go)
      passOn()
      reject(asApiError(signal?.reason))
    }
    waiting.add(go)
    signal?.addEventListener('abort', leave, { once: true })
  })
}

function schedule(askedForMs: number): void {
  if (timer !== undefined) return
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries++)
  const atLeast = Math.max(pause, Math.min(LONGEST_ASKED_FOR_MS, askedForMs))
  timer = setTimeout(() => tryNow('page'), atLeast * (1 + Math.random() * JITTER))
}

/** Who leaves may have been the one that was to ask. */
function passOn(): void {
  if (outage === null) return
  if (waiting.size > 0) schedule(0)
  else {
    clearTimeout(timer)
    timer = undefined
    tell(null)
  }
}

addEventListener('online', () => tryNow('page'))
