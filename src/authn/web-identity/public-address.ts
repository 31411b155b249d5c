import { BlockList, isIP, isIPv4 } from 'node:net'

/** IANA's special-purpose registries (RFC 6890), and what is no single host. */
const SPECIAL = blockList('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])
/** All that has been given out for the Internet; but for tunnels, which lead to IPv4 addresses, and documentation. */
const GLOBAL = blockList('ipv6', ['2000::/3'])
const NOT_GLOBAL = blockList('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])

/** Whether an IP address is one of the Internet, so that nothing inside a company or a machine is behind it. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false
  if (isIPv4(address)) return !SPECIAL.check(address)
  // IPv4 addresses in the clothes of IPv6 (::ffff:10.0.0.1, 64:ff9b::a00:1) are outside of 2000::/3.
  return GLOBAL.check(address, 'ipv6') && !NOT_GLOBAL.check(address, 'ipv6')
}

function blockList(family: 'ipv4' | 'ipv6', networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return list
}
