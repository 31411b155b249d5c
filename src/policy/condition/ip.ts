import { NEVER, type Operator, pair } from './operator.ts'

/** An address as 16-bit groups: two for IPv4, eight for IPv6. */
type Groups = readonly number[]

const OCTET = /^(?:0|[1-9]\d{0,2})$/
const GROUP = /^[0-9A-Fa-f]{1,4}$/
const PREFIX = /^\d{1,3}$/

/**
 * An IPv4 or IPv6 address (RFC 4291 §2.2). IPv4 in its IPv6-mapped form becomes IPv4: a dual-stack socket reports
 * `::ffff:10.0.0.1`, and a rule about 10.0.0.0/8 must not be escaped that way.
 */
function parseAddress(text: string): Groups | undefined {
  const groups = text.includes(':') ? parseV6(text) : parseV4(text)
  return groups !== undefined && isMapped(groups) ? groups.slice(6) : groups
}

function isMapped(groups: Groups): boolean {
  return groups.length === 8 && groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)
}

function parseV4(text: string): Groups | undefined {
  const octets = text.split('.')
  if (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet) && Number(octet) < 256)) return undefined
  const octet = (i: number): number => Number(octets[i])
  return [(octet(0) << 8) | octet(1), (octet(2) << 8) | octet(3)]
}

function parseV6(text: string): Groups | undefined {
  if (text.length > 45) return undefined
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const left = parseGroups(halves[0]!, halves.length === 1)
  if (left === undefined) return undefined
  if (halves.length === 1) return left.length === 8 ? left : undefined
  const right = parseGroups(halves[1]!, true)
  if (right === undefined || left.length + right.length > 7) return undefined
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right]
}

/** Groups between colons; the last may be a dotted IPv4 address where the text ends (`last`). */
function parseGroups(text: string, last: boolean): number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  const parts = text.split(':')
  for (const [i, part] of parts.entries()) {
    if (GROUP.test(part)) groups.push(Number.parseInt(part, 16))
    else {
      const v4 = last && i === parts.length - 1 ? parseV4(part) : undefined
      if (v4 === undefined) return undefined
      groups.push(...v4)
    }
  }
  return groups
}

interface Range {
  readonly groups: Groups
  readonly bits: number
}

/** An address with or without a prefix length (RFC 4632); without one it is that single address. */
function parseRange(text: string): Range | undefined {
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  const raw = address.includes(':') ? parseV6(address) : parseV4(address)
  if (raw === undefined) return undefined
  let bits = raw.length * 16
  if (slash >= 0) {
    const prefix = text.slice(slash + 1)
    if (!PREFIX.test(prefix) || Number(prefix) > bits) return undefined
    bits = Number(prefix)
  }
  return isMapped(raw) && bits >= 96 ? { groups: raw.slice(6), bits: bits - 96 } : { groups: raw, bits }
}

function inRange(address: Groups, range: Range): boolean {
  if (address.length !== range.groups.length) return false
  for (let i = 0, bits = range.bits; bits > 0; i++, bits -= 16) {
    const mask = bits >= 16 ? 0xffff : (0xffff << (16 - bits)) & 0xffff
    if (((address[i]! ^ range.groups[i]!) & mask) !== 0) return false
  }
  return true
}

export const ipOperators: readonly Operator[] = pair('IpAddress', 'NotIpAddress', {
  variables: false,
  wildcards: false,
  compare: ({ text }) => {
    const range = parseRange(text)
    if (range === undefined) return NEVER
    return (value) => {
      const address = parseAddress(value)
      return address !== undefined && inRange(address, range)
    }
  },
})
