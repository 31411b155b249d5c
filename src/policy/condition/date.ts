import { type Operator, orderings } from './operator.ts'

const EPOCH = /^-?\d{1,19}(?:\.\d{1,9})?$/
const LAST_SECOND = 2n ** 63n - 1n
const ISO =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:[Tt](\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?)?$/

/**
 * Milliseconds since 1970 of an ISO 8601 date or date-time (UTC where no zone is given; the day and what comes after the hour may
 * be left out) or of epoch seconds; undefined for anything else, including days that no calendar has and seconds beyond 63 bits.
 */
export function parseDate(text: string): number | undefined {
  if (EPOCH.test(text)) return BigInt(text.replace(/^-|\..*$/g, '')) > LAST_SECOND ? undefined : Number(text) * 1000
  const match = ISO.exec(text)
  if (match === null) return undefined
  const field = (group: number): number => Number(match[group] ?? 0)
  const [year, month, hour, minute, second] = [field(1), field(2), field(4), field(5), field(6)]
  const day = Number(match[3] ?? 1)
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const zone = zoneMinutes(match[8])
  if (zone === undefined) return undefined
  const date = new Date(0)
  // Date.UTC takes years below 100 for 19xx
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute - zone, second)
  return date.getTime() + Number(`0.${match[7] ?? 0}`) * 1000
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0
  const digits = zone.slice(1).replace(':', '')
  const hours = Number(digits.slice(0, 2))
  const minutes = Number(digits.slice(2) || 0)
  if (hours > 23 || minutes > 59) return undefined
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes)
}

export const dateOperators: readonly Operator[] = orderings('Date', parseDate, (a, b) => a - b)
