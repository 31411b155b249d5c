import { type Operator, orderings } from './operator.ts'

/** A decimal as digits, because a double cannot tell 9007199254740993 from 9007199254740992. */
interface Decimal {
  readonly sign: -1 | 0 | 1
  /** Digits before the point without leading zeros. */
  readonly whole: string
  /** Digits behind the point without trailing zeros. */
  readonly fraction: string
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/

/** An integer or decimal number, also in JSON's spelling with an exponent; undefined for anything else. */
function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text)
  if (match === null) return undefined
  let whole = match[2]!
  let fraction = match[3] ?? ''
  if (whole === '' && fraction === '') return undefined
  const exponent = Number(match[4] ?? 0)
  if (exponent > 0) {
    const moved = fraction.padEnd(exponent, '0')
    whole += moved.slice(0, exponent)
    fraction = moved.slice(exponent)
  } else if (exponent < 0) {
    const moved = whole.padStart(-exponent, '0')
    fraction = moved.slice(moved.length + exponent) + fraction
    whole = moved.slice(0, moved.length + exponent)
  }
  whole = stripLeadingZeros(whole)
  fraction = stripTrailingZeros(fraction)
  const sign = whole === '' && fraction === '' ? 0 : match[1] === '-' ? -1 : 1
  return { sign, whole, fraction }
}

function orderDecimals(a: Decimal, b: Decimal): number {
  if (a.sign !== b.sign) return a.sign - b.sign
  return a.sign * orderMagnitudes(a, b)
}

function orderMagnitudes(a: Decimal, b: Decimal): number {
  if (a.whole.length !== b.whole.length) return a.whole.length - b.whole.length
  if (a.whole !== b.whole) return a.whole < b.whole ? -1 : 1
  // without trailing zeros a prefix is the smaller fraction, which is how strings are ordered
  return a.fraction === b.fraction ? 0 : a.fraction < b.fraction ? -1 : 1
}

function stripLeadingZeros(digits: string): string {
  let from = 0
  while (digits[from] === '0') from++
  return digits.slice(from)
}

function stripTrailingZeros(digits: string): string {
  let to = digits.length
  while (digits[to - 1] === '0') to--
  return digits.slice(0, to)
}

export const numericOperators: readonly Operator[] = orderings('Numeric', parseDecimal, orderDecimals)
