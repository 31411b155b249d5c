import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { clientAddress, normalizeIp, parseTrustProxy } from '../../src/http/client-address.ts'

function from(remoteAddress: string, headers: Record<string, string>, encrypted = false): IncomingMessage {
  const socket = Object.defineProperties(new Socket(), {
    remoteAddress: { value: remoteAddress },
    encrypted: { value: encrypted },
  })
  return Object.assign(new IncomingMessage(socket), { headers })
}

function trusting(text: string) {
  const trust = parseTrustProxy(text)
  if (!trust) throw new Error(`not a trust rule: ${text}`)
  return trust
}

describe('the source address', () => {
  test.each([
    ['nobody is trusted: headers count for nothing', '0', '198.51.100.9', '192.0.2.1', '198.51.100.9'],
    ['one hop: what the nearest proxy saw', '1', '10.0.0.1', '6.6.6.6, 192.0.2.1', '192.0.2.1'],
    ['two hops: one further', '2', '10.0.0.1', '6.6.6.6, 192.0.2.1, 10.0.0.2', '192.0.2.1'],
    ['more hops than entries: the leftmost', '5', '10.0.0.1', '192.0.2.1', '192.0.2.1'],
    ['no header: the socket', '1', '10.0.0.1', '', '10.0.0.1'],
    [
      'a trusted network: the first address outside of it',
      '10.0.0.0/8',
      '10.0.0.1',
      '6.6.6.6, 192.0.2.1, 10.1.2.3',
      '192.0.2.1',
    ],
    ['a stranger cannot claim to be a proxy', '10.0.0.0/8', '198.51.100.9', '192.0.2.1', '198.51.100.9'],
    ['all of them trusted: the outermost', '10.0.0.0/8', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['rubbish ends the chain', '9', '10.0.0.1', '192.0.2.1, <script>', '10.0.0.1'],
    ['a port is cut off', '1', '10.0.0.1', '192.0.2.1:4711', '192.0.2.1'],
    ['IPv6 in brackets with a port', '1', '10.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
    ['IPv4 on an IPv6 socket is IPv4', '10.0.0.0/8', '::ffff:10.0.0.1', '::FFFF:192.0.2.1', '192.0.2.1'],
    ['IPv6 networks', 'fd00::/8', 'fd00::1', '2001:DB8::1', '2001:db8::1'],
  ])('%s', (_what, trust, remote, forwarded, expected) => {
    const request = from(remote, forwarded === '' ? {} : { 'x-forwarded-for': forwarded })
    expect(clientAddress(request, trusting(trust)).sourceIp).toBe(expected)
  })

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::1', '::1'],
    ['somewhere', null],
    [undefined, null],
  ])('%s is written %s', (address, expected) => {
    expect(normalizeIp(address)).toBe(expected)
  })
})

describe('secure transport', () => {
  test.each([
    ['a claim that nobody may make', '0', '198.51.100.9', { 'x-forwarded-proto': 'https' }, false],
    ['the word of a trusted proxy', '1', '10.0.0.1', { 'x-forwarded-proto': 'https' }, true],
    ['a trusted proxy that was reached without TLS', '1', '10.0.0.1', { 'x-forwarded-proto': 'http' }, false],
    [
      'what the client wrote itself, left of it',
      '1',
      '10.0.0.1',
      { 'x-forwarded-proto': 'https, http', 'x-forwarded-for': '192.0.2.1' },
      false,
    ],
    [
      'the word of the outermost of two',
      '2',
      '10.0.0.1',
      { 'x-forwarded-proto': 'https, http', 'x-forwarded-for': '192.0.2.1, 10.0.0.2' },
      true,
    ],
  ])('%s', (_what, trust, remote, headers, expected) => {
    expect(clientAddress(from(remote, headers as Record<string, string>), trusting(trust)).secureTransport).toBe(
      expected,
    )
  })

  test('TLS on our own socket', () => {
    expect(clientAddress(from('192.0.2.1', {}, true), { kind: 'none' }).secureTransport).toBe(true)
  })
})

test.each(['', 'yes', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '-1', '1000', 'proxy.example.com', '10.0.0.1,'])(
  '%j is no trust rule',
  (text) => {
    expect(parseTrustProxy(text)).toBeNull()
  },
)
