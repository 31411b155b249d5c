import { AuthenticationError } from '../authentication-error.ts'

/** How far a client's clock may be off, either way. IAM and STS use it for presigned requests too. */
const toleranceMs = 15 * 60_000

export interface SigningDate {
  at: Date
  /** `YYYYMMDDTHHMMSSZ`, as it enters the string to sign. */
  basic: string
  /** As the client wrote it, for error texts. */
  text: string
}

const basicFormat = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/
/** RFC 9110 §5.6.7 IMF-fixdate: what a plain HTTP client puts into `Date`. */
const httpFormat =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** An instant in ISO 8601 basic format, whole seconds: `20150830T123600Z`. */
function toBasicFormat(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d{3}/g, '')
}

/**
 * Reads `X-Amz-Date` (ISO 8601 basic format) or, where that is absent, `Date` (the same or the HTTP format).
 *
 * @throws AuthenticationError IncompleteSignature when it is neither, or not a day of the calendar
 */
export function readSigningDate(text: string): SigningDate {
  if (basicFormat.test(text)) {
    const extended = text.replace(basicFormat, '$1-$2-$3T$4:$5:$6.000Z')
    const at = new Date(extended)
    // An impossible time of day gives no date at all, the 30th of February another one.
    if (!Number.isNaN(at.getTime()) && at.toISOString() === extended) return { at, basic: text, text }
  } else if (httpFormat.test(text)) {
    const at = new Date(text)
    if (!Number.isNaN(at.getTime())) return { at, basic: toBasicFormat(at), text }
  }
  throw new AuthenticationError(
    'IncompleteSignature',
    `Date must be in ISO-8601 'basic format'. Got '${text}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  )
}

/** @throws AuthenticationError SignatureDoesNotMatch when the date is more than 15 minutes away from `now` */
export function requireCurrent(date: SigningDate, now: Date): void {
  const age = now.getTime() - date.at.getTime()
  if (age > toleranceMs) {
    const limit = toBasicFormat(new Date(now.getTime() - toleranceMs))
    throw new AuthenticationError(
      'SignatureDoesNotMatch',
      `Signature expired: ${date.basic} is now earlier than ${limit} (${toBasicFormat(now)} - 15 min.)`,
    )
  }
  if (age < -toleranceMs) {
    const limit = toBasicFormat(new Date(now.getTime() + toleranceMs))
    throw new AuthenticationError(
      'SignatureDoesNotMatch',
      `Signature not yet current: ${date.basic} is still later than ${limit} (${toBasicFormat(now)} + 15 min.)`,
    )
  }
}
