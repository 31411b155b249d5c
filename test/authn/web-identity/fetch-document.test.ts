import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDocumentFetcher } from '../../../src/authn/web-identity/index.ts'
import { type IdentityProvider, LOOPBACK, openIdentityProvider } from '../../support/identity-provider.ts'

let provider: IdentityProvider

beforeAll(async () => {
  provider = await openIdentityProvider()
})

afterAll(() => provider.stop())

beforeEach(() => provider.requests.splice(0))

const careful = () => createDocumentFetcher({ privateNetworks: null, certificateAuthority: provider.certificate })
const at = (path: string) => `${provider.origin}${path}`

test('a document is read', async () => {
  provider.answerJson('/document', { keys: [] })
  expect(await provider.fetchDocument(at('/document'))).toEqual({ keys: [] })
})

describe('what is not public', () => {
  test.each([
    ['a name', () => provider.origin],
    ['an IPv4 address', () => provider.origin.replace('localhost', '127.0.0.1')],
    ['an IPv4 address in other notations', () => provider.origin.replace('localhost', '0x7f.1')],
    ['an IPv6 address', () => provider.origin.replace('localhost', '[::1]')],
    ['an IPv4 address in the clothes of IPv6', () => provider.origin.replace('localhost', '[::ffff:127.0.0.1]')],
  ])('is not connected to by %s, and the operator learns what to do', async (_by, origin) => {
    await expect(careful()(`${origin()}/document`)).rejects.toThrow(
      /is no public address.*LATCHKEY_OIDC_PRIVATE_NETWORKS/,
    )
    expect(provider.requests).toEqual([])
  })

  test('is connected to by name and address where its network is named', async () => {
    provider.answerJson('/document', 'here')
    expect(await provider.fetchDocument(at('/document'))).toBe('here')
    expect(await provider.fetchDocument(at('/document').replace('localhost', '127.0.0.1'))).toBe('here')
    expect(provider.requests).toHaveLength(2)
  })
})

test('a certificate that nobody vouches for is refused', async () => {
  await expect(createDocumentFetcher({ privateNetworks: LOOPBACK })(at('/document'))).rejects.toThrow(/self-signed/)
  expect(provider.requests).toEqual([])
})

test('nothing but https is spoken', async () => {
  await expect(provider.fetchDocument('http://localhost/document')).rejects.toThrow('does not begin with https://')
})

test('redirects are not followed', async () => {
  provider.answerJson('/elsewhere', { keys: [] })
  provider.answer('/moved', (response) => response.writeHead(302, { location: at('/elsewhere') }).end())
  await expect(provider.fetchDocument(at('/moved'))).rejects.toThrow('answered with status 302')
  expect(provider.requests).toEqual(['/moved'])
})

test('an answer that does not end is left', async () => {
  provider.answer('/endless', (response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    }
    response.on('drain', more)
    more()
  })
  await expect(provider.fetchDocument(at('/endless'))).rejects.toThrow('more than 262144 bytes')
})

test('what is no JSON is no document', async () => {
  provider.answer('/page', (response) => response.end('<html>'))
  await expect(provider.fetchDocument(at('/page'))).rejects.toThrow('no JSON')
})
