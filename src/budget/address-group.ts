import { isIPv6 } from 'node:net'

/**
 * The part of a client address that one party controls: an IPv4 address, or the /64 network of an IPv6 address, since every
 * IPv6 customer has at least 2^64 addresses and would otherwise have as many counters (RFC 6177).
 */
export function addressGroup(sourceIp: string | null): string {
  return groupOf(sourceIp, 4)
}

/** The same, but the /48 of an IPv6 address: what a site is given (RFC 6177), with 65,536 networks of /64 in it. */
export function networkGroup(sourceIp: string | null): string {
  return groupOf(sourceIp, 3)
}

function groupOf(sourceIp: string | null, groups: number): string {
  if (sourceIp === null) return 'unknown'
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(sourceIp)?.[1]
  if (mapped !== undefined) return mapped
  const [address = ''] = sourceIp.split('%')
  if (!isIPv6(address)) return sourceIp
  return `${expandIpv6(address).slice(0, groups).join(':')}::/${groups * 16}`
}

/** The eight groups of an IPv6 address, without leading zeros. An embedded IPv4 tail is two groups, and never among the first four. */
function expandIpv6(address: string): string[] {
  const [head = '', tail] = address.split('::')
  const before = groupsOf(head)
  if (tail === undefined) return before
  const after = groupsOf(tail)
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after]
}

function groupsOf(part: string): string[] {
  if (part === '') return []
  return part
    .split(':')
    .flatMap((group) => (group.includes('.') ? ['0', '0'] : [Number.parseInt(group, 16).toString(16)]))
}
