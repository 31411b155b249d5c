import type { SamlAssertion } from '../../authn/saml/index.ts'
import { IamError } from '../errors.ts'

type Times = Pick<SamlAssertion, 'issuedAt' | 'notBefore' | 'notOnOrAfter' | 'confirmations' | 'sessionNotOnOrAfter'>

/** From its issue on (AWS IAM user guide, "Troubleshoot SAML federation with IAM"). */
const LIFETIME_MS = 300_000
/** How far the clocks of providers may be ahead. */
const LEEWAY_MS = 300_000
const DEFAULT_SECONDS = 3600

/** Throws ExpiredTokenException for an assertion that is too old, InvalidIdentityToken for one that is too new. */
export function checkSamlTimes(times: Times, now: Date): void {
  if (now >= after(times.issuedAt, LIFETIME_MS)) throw expired('Token must be redeemed within 5 minutes of issuance')
  const end = endOf(times)
  if (now >= end)
    throw expired(
      `Token expired: current date/time ${seconds(now)} must be before the expiration date/time ${seconds(end)}`,
    )
  const latest = after(now, LEEWAY_MS)
  if (times.issuedAt > latest || (times.notBefore !== null && times.notBefore > latest))
    throw new IamError('InvalidIdentityToken', 'The SAML response is not valid yet')
}

/** When nobody accepts the assertion any more, also where the clock is somewhat behind. */
export function expiryOf(times: Times): Date {
  const end = Math.min(after(times.issuedAt, LIFETIME_MS).getTime(), endOf(times).getTime())
  return new Date(end + LEEWAY_MS)
}

/** How long the session lasts: as asked, but no longer than the provider lets it. */
export function secondsAsked(
  durationSeconds: number | null | undefined,
  sessionDuration: number | null,
  { sessionNotOnOrAfter }: Pick<Times, 'sessionNotOnOrAfter'>,
  now: Date,
): number {
  const left =
    sessionNotOnOrAfter === null ? Infinity : Math.floor((sessionNotOnOrAfter.getTime() - now.getTime()) / 1000)
  return Math.max(1, Math.min(durationSeconds ?? DEFAULT_SECONDS, sessionDuration ?? Infinity, left))
}

/** All that ends an assertion but its age. Of several confirmations it is the earliest, whichever is used. */
function endOf({ notOnOrAfter, confirmations, sessionNotOnOrAfter }: Times): Date {
  const ends = [notOnOrAfter, sessionNotOnOrAfter, ...confirmations.map((confirmation) => confirmation.notOnOrAfter)]
  return new Date(Math.min(...ends.flatMap((end) => (end === null ? [] : end.getTime()))))
}

function after(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() + milliseconds)
}

function seconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1000)
}

function expired(message: string): IamError {
  return new IamError('ExpiredTokenException', message)
}
