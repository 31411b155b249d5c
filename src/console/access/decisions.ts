import { onCallerChange } from '../api/caller.ts'
import { onChange, request } from '../api/request.ts'
import type { ActionName } from './action-name.generated.ts'
import { CanDocument } from './documents.generated.ts'

/** `resource` is an ARN; left out it is the caller, or whatever the action is judged on. */
interface OneCheck {
  readonly action: ActionName
  readonly resource?: string | undefined
  readonly anywhere?: never
}

/**
 * Whether the action may be allowed on any resource at all: for the way to a form in which the resource is still to be named.
 */
interface AnywhereCheck {
  readonly action: ActionName
  readonly anywhere: true
}

export type Check = OneCheck | AnywhereCheck

export interface Decision {
  readonly allowed: boolean
  /** With a fresh MFA code it would be allowed. */
  readonly mfaRequired: boolean
}

/** As many as the API takes at once. */
const MOST_AT_ONCE = 500

const known = new Map<string, Decision>()
const asked = new Map<string, Check>()
const watched = new Map<string, { readonly check: Check; watchers: number }>()
const listeners = new Set<() => void>()
let round = 0
let version = 0
let scheduled = false

function keyOf(check: Check): string {
  return check.anywhere ? `${check.action} anywhere` : `${check.action} ${check.resource ?? ''}`
}

/** What is known about a question. */
export function decisionFor(check: Check): Decision | undefined {
  return known.get(keyOf(check))
}

/**
 * Asks the questions, in one request with all others of this moment, and again whenever the answers may have changed. Returns
 * the function that ends that.
 */
export function watch(checks: readonly Check[]): () => void {
  for (const check of checks) {
    const key = keyOf(check)
    const { watchers = 0 } = watched.get(key) ?? {}
    watched.set(key, { check, watchers: watchers + 1 })
    if (!known.has(key)) asked.set(key, check)
  }
  schedule()
  return () => {
    for (const check of checks) unwatch(keyOf(check))
  }
}

function unwatch(key: string): void {
  const entry = watched.get(key)
  if (!entry || --entry.watchers > 0) return
  for (const store of [watched, asked, known]) store.delete(key)
}

function schedule(): void {
  if (asked.size === 0 || scheduled) return
  scheduled = true
  queueMicrotask(() => {
    scheduled = false
    void fetchDecisions()
  })
}

/** What was decided may be decided differently now: everything that is on the page is asked again. */
function askAgain(): void {
  round++
  for (const [key, { check }] of watched) asked.set(key, check)
  schedule()
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function decisionsVersion(): number {
  return version
}

async function fetchDecisions(): Promise<void> {
  const checks = [...asked].slice(0, MOST_AT_ONCE)
  for (const [key] of checks) asked.delete(key)
  const startedIn = round
  try {
    const named = checks.flatMap(([key, check]) => (check.anywhere ? [] : [{ key, check }]))
    const unnamed = checks.flatMap(([key, { action, anywhere }]) => (anywhere ? [{ key, action }] : []))
    const { data } = await request(CanDocument, {
      checks: named.map(({ check }) => check),
      actions: unnamed.map(({ action }) => action),
    })
    // An answer to a question that was asked again meanwhile is out of date.
    if (startedIn !== round) return
    const { can, mayBeAllowed } = data.viewer
    for (const [index, { key }] of named.entries()) {
      const decision = can[index]
      if (decision) known.set(key, decision)
    }
    for (const [index, { key }] of unnamed.entries()) {
      known.set(key, { allowed: mayBeAllowed[index] ?? false, mfaRequired: false })
    }
    notify()
  } catch {
    // The page itself tells of an API that does not answer; the buttons stay as they are.
  }
  schedule()
}

function notify(): void {
  version++
  for (const listener of listeners) listener()
}

onChange(askAgain)
onCallerChange(askAgain)
