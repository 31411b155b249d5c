import { performance } from 'node:perf_hooks'

/** Milliseconds that one piece of work may take before others get their turn. */
const SLICE_MS = 15

let began: number | null = null
let nextTurn: Promise<void> | null = null

/**
 * Asks whether long work must let others have their turn. Null while there is time left; else a promise of the next turn of the
 * event loop, after which it is asked again: of many who wait, the first may use that turn up.
 *
 * The event loop is one for the process, and so is this. What goes on in promises alone never ends a turn: requests of others
 * wait until everything that can go on has gone on.
 */
export function breath(): Promise<void> | null {
  if (nextTurn !== null) return nextTurn
  const now = performance.now()
  if (began === null) {
    began = now
    setImmediate(() => (began = null))
    return null
  }
  if (now - began < SLICE_MS) return null
  nextTurn = new Promise((resolve) => {
    setImmediate(() => {
      nextTurn = null
      began = null
      resolve()
    })
  })
  return nextTurn
}

let lastTurn: Promise<void> = Promise.resolve()

/**
 * A turn of the event loop that nobody else is given by this: for work that goes on after the one who waited has answered, and
 * cannot be timed. Turns are given in the order in which they were asked for.
 */
export function ownTurn(): Promise<void> {
  lastTurn = lastTurn.then(() => new Promise((resolve) => setImmediate(resolve)))
  return lastTurn
}
