import { cutMark, cutText } from './storable-text.ts'

/** How long a text may be while something is made small; and a list may have an item, an object a member, per so many bytes. */
const STEPS = [4_096, 1_024, 256, 64]
const BYTES_PER_ITEM = 16
const LONGEST_KEY = 128
const DEEPEST = 8

/**
 * Plain data as JSON in the database can take it, of at most so many bytes as compact JSON. What is too long is cut where it is
 * long, with a mark in its place, so that the rest can still be read: texts to `abc…[cut: 81920 bytes]`, lists to their first
 * items and `…[cut: 17 more]`.
 */
export function storableJson(value: unknown, bytes: number): unknown {
  for (const longest of [bytes, ...STEPS.filter((step) => step < bytes)]) {
    const small = shortened(value, longest, 0)
    if (bytesOfJson(small) <= bytes) return small
  }
  return { cut: cutMark(`${bytesOfJson(value)} bytes`) }
}

/** How many bytes of UTF-8 a value takes as compact JSON. */
export function bytesOfJson(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '')
}

function shortened(value: unknown, longest: number, depth: number): unknown {
  if (typeof value === 'string') return cutText(value, longest)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value.toISOString()
  if (depth === DEEPEST) return cutMark(Array.isArray(value) ? 'a list' : 'an object')
  const most = Math.ceil(longest / BYTES_PER_ITEM)
  if (Array.isArray(value)) {
    const items: unknown[] = value.slice(0, most).map((item: unknown) => shortened(item, longest, depth + 1))
    return value.length > most ? [...items, cutMark(`${value.length - most} more`)] : items
  }
  const members = Object.entries(value)
  const kept = members
    .slice(0, most)
    .map(([key, member]): [string, unknown] => [cutText(key, LONGEST_KEY), shortened(member, longest, depth + 1)])
  if (members.length > most) kept.push(['…', cutMark(`${members.length - most} more`)])
  return Object.fromEntries(kept)
}
