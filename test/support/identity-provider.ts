import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { BlockList } from 'node:net'
import jsonwebtoken from 'jsonwebtoken'
import { createDocumentFetcher, type WebIdentityToken } from '../../src/authn/web-identity/index.ts'
import { selfSignedCertificate } from './self-signed-certificate.ts'

export type IdentityProvider = Awaited<ReturnType<typeof openIdentityProvider>>

export interface SigningPair {
  readonly kid: string
  readonly alg: WebIdentityToken['algorithm']
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

export const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')

let pairs = 0

const CURVES: ReadonlyMap<string, string> = new Map([
  ['ES384', 'P-384'],
  ['ES512', 'P-521'],
])

/** A key pair of a provider, RSA or elliptic, with an id of its own. */
export function newPair(alg: SigningPair['alg'] = 'RS256'): SigningPair {
  const { publicKey, privateKey } = alg.startsWith('RS')
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: CURVES.get(alg) ?? 'P-256' })
  return { kid: `key-${++pairs}`, alg, publicKey, privateKey }
}

export function jwkOf({ kid, alg, publicKey }: SigningPair): object {
  return { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' }
}

/** An identity provider on loopback: TLS, discovery, keys. It signs what it is told. */
export async function openIdentityProvider({ path = '/realms/staff' } = {}) {
  const { key, certificate } = selfSignedCertificate()
  const requests: string[] = []
  const answers = new Map<string, (response: ServerResponse) => void>()
  const server = createServer({ key, cert: certificate }, (request: IncomingMessage, response) => {
    requests.push(request.url ?? '')
    const answer = answers.get(request.url ?? '')
    if (answer) answer(response)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port was bound')
  const origin = `https://localhost:${bound.port}`
  const issuer = `${origin}${path}`
  const configurationAt = `${path}/.well-known/openid-configuration`

  const pair = newPair()
  const answer = (at: string, say: (response: ServerResponse) => void) => void answers.set(at, say)
  const answerJson = (at: string, document: unknown) => answer(at, (response) => response.end(JSON.stringify(document)))
  const publish = (...published: readonly SigningPair[]) => answerJson('/keys', { keys: published.map(jwkOf) })
  const describe = (changes: object = {}) =>
    answerJson(configurationAt, { issuer, jwks_uri: `${origin}/keys`, ...changes })
  describe()
  publish(pair)

  return {
    origin,
    issuer,
    address: issuer.slice('https://'.length),
    certificate,
    configurationAt,
    pair,
    /** Paths that were asked for, in order. */
    requests,
    /** Reads documents of this provider, as Latchkey does where it is allowed to. */
    fetchDocument: createDocumentFetcher({ privateNetworks: LOOPBACK, certificateAuthority: certificate }),
    /** What it says at a path, other than what it says by itself. */
    answer,
    answerJson,
    publish,
    describe,
    /** An ID token that is good at `now`, but for the changes; a claim that is undefined is left out. */
    token: (now: Date, changes: object = {}, signer: SigningPair = pair) => idToken(issuer, signer, now, changes),
    async stop(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** An ID token of the issuer that is good at `now`, but for the changes; a claim that is undefined is left out. */
export function idToken(issuer: string, signer: SigningPair, now: Date, changes: object = {}): string {
  const iat = Math.floor(now.getTime() / 1000)
  const claims: Record<string, unknown> = { iss: issuer, sub: 'jane', aud: 'portal', iat, exp: iat + 600, ...changes }
  const given = Object.entries(claims).filter(([, value]) => value !== undefined)
  return jsonwebtoken.sign(Object.fromEntries(given), signer.privateKey, {
    algorithm: signer.alg,
    keyid: signer.kid,
    // Otherwise the library would take `iat` away, or write the time of the machine.
    noTimestamp: claims.iat === undefined,
  })
}
