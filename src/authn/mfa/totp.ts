import { timingSafeEqual } from 'node:crypto'
import { generateSync } from 'otplib'

/** RFC 6238 §4.1 X: seconds for which a code stands. */
const period = 30
const sixDigits = /^\d{6}$/

/** Steps either way at sign-in: one, as RFC 6238 §5.2 recommends for the delay of typing and the network. */
export const signInWindow = 1
/** Steps either way when a device is enabled: its clock may be off by some minutes. */
export const enableWindow = 10
/** Steps either way when a device is resynchronised: its clock may be off by an hour. */
export const resyncWindow = 120

export interface TotpMatch {
  /** The time step (RFC 6238 T) of the device that the code belongs to. Store it as `lastStep`. */
  step: number
  /** How many steps the device is ahead of the server, as seen with this code. */
  drift: number
}

interface TotpCheck {
  /** Base32 seed. */
  seed: string
  now: Date
  /** The stored drift of the device in steps; 0 for a clock that is right. */
  drift: number
  /** The last step that was used with this device: it and all before it are refused. Null when there is none. */
  lastStep: number | null
  /** Steps searched either way of where the device is expected. */
  window: number
}

/**
 * Checks a six-digit code (RFC 6238, HMAC-SHA-1, 30 seconds). A code works once: store the step and pass it as
 * `lastStep` next time (RFC 6238 §5.2). Between two simultaneous requests only the store can decide, by advancing
 * `lastStep` conditionally.
 *
 * Only enabling and resynchronising store the drift. If signing in did, a person who types late would pull the
 * expectation along until the right code is refused.
 */
export function verifyTotp({ code, ...check }: TotpCheck & { code: string }): TotpMatch | null {
  return search(check, [code])
}

/**
 * Checks two codes that a device showed one after the other, for enabling and resynchronising. The step of the match is
 * that of the second code; its drift is what to store.
 */
export function verifyTwoConsecutive({
  code1,
  code2,
  ...check
}: TotpCheck & { code1: string; code2: string }): TotpMatch | null {
  return search(check, [code1, code2])
}

/** Finds the step at which the last code stands while the ones before it stand at the steps before, nearest first. */
function search({ seed, now, drift, lastStep, window }: TotpCheck, codes: readonly string[]): TotpMatch | null {
  if (!codes.every((code) => sixDigits.test(code))) return null
  const current = Math.floor(now.getTime() / 1000 / period)
  for (let distance = 0; distance <= window; distance++)
    for (const offset of distance === 0 ? [0] : [-distance, distance]) {
      const step = current + drift + offset
      const first = step - codes.length + 1
      if (first < 0 || (lastStep !== null && first <= lastStep)) continue
      if (codes.every((code, index) => equal(code, codeAt(seed, first + index)))) return { step, drift: step - current }
    }
  return null
}

function codeAt(seed: string, step: number): string {
  return generateSync({ secret: seed, strategy: 'totp', algorithm: 'sha1', digits: 6, period, epoch: step * period })
}

const equal = (a: string, b: string) => timingSafeEqual(Buffer.from(a), Buffer.from(b))
