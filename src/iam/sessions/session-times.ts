const SECOND = 1000

/**
 * When a session that starts now is said to have been issued: a whole second, as access tokens have it (RFC 7519 §2), and never
 * before the moment from which the user's sessions count.
 */
export function issueTime(now: Date, validFrom: Date | null): Date {
  return new Date(Math.max(wholeSecond(now), validFrom?.getTime() ?? 0))
}

/**
 * From when a user's sessions count once all of them are ended now: a whole second after every time that `issueTime` can have
 * given until now. So no session of this very second survives, and none that starts right afterwards is refused.
 */
export function nextValidFrom(now: Date, validFrom: Date | null): Date {
  return new Date(issueTime(now, validFrom).getTime() + SECOND)
}

function wholeSecond(at: Date): number {
  return Math.floor(at.getTime() / SECOND) * SECOND
}
