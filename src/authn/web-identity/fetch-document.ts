import { lookup } from 'node:dns'
import { Agent, request } from 'node:https'
import { type BlockList, isIP, isIPv4, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** Reads a JSON document from an `https:` address that somebody else has chosen. Rejects with what the operator should know. */
export type FetchDocument = (url: string) => Promise<unknown>

export interface DocumentFetcherOptions {
  /** Networks that may be reached though they are not public; null for none. */
  readonly privateNetworks: BlockList | null
  /** A certificate authority, PEM, in place of those that Node trusts. */
  readonly certificateAuthority?: string
}

const TIMEOUT_MS = 5_000
const MOST_BYTES = 256 * 1024

/**
 * Makes requests that are safe to make for others: `https:` with a valid certificate, no redirects, a limit on time and size,
 * and no way into networks that are not public. Addresses are checked when they are connected to, not before, so that a name
 * cannot change its mind in between.
 */
export function createDocumentFetcher({
  privateNetworks,
  certificateAuthority,
}: DocumentFetcherOptions): FetchDocument {
  const mayReach = (address: string) =>
    isPublicAddress(address) || privateNetworks?.check(address, isIPv4(address) ? 'ipv4' : 'ipv6') === true

  const lookupAllowed: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, [])
      const allowed = addresses.filter(({ address }) => mayReach(address))
      if (allowed.length === 0) return callback(notPublic(hostname), [])
      if (options.all === true) return callback(null, allowed)
      return callback(null, allowed[0]!.address, allowed[0]!.family)
    })
  }

  return (url) => {
    const { protocol, hostname } = new URL(url)
    if (protocol !== 'https:') return Promise.reject(new Error(`${url} does not begin with https://.`))
    // An address in place of a name is not looked up.
    const address = hostname.replace(/^\[(.*)\]$/, '$1')
    if (isIP(address) !== 0 && !mayReach(address)) return Promise.reject(notPublic(address))
    return read(url, {
      agent: new Agent({ keepAlive: false }),
      lookup: lookupAllowed,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { accept: 'application/json', 'user-agent': 'Latchkey' },
      ...(certificateAuthority !== undefined && { ca: certificateAuthority }),
    })
  }
}

function read(url: string, options: Parameters<typeof request>[1]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      const fail = (reason: string) => {
        reject(new Error(`${url} ${reason}`))
        response.destroy()
      }
      if (response.statusCode !== 200) return fail(`answered with status ${response.statusCode}.`)
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > MOST_BYTES) fail(`answered with more than ${MOST_BYTES} bytes.`)
        else chunks.push(chunk)
      })
      response.on('error', reject)
      response.on('end', () => {
        try {
          resolve(JSON.parse(Buffer.concat(chunks).toString()))
        } catch {
          fail('answered with something that is no JSON.')
        }
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}

function notPublic(host: string): Error {
  return new Error(
    `${host} is no public address. If an identity provider is meant to be there, name its network in LATCHKEY_OIDC_PRIVATE_NETWORKS.`,
  )
}
