import { createPublicKey, type JsonWebKeyInput, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { BoundedCache } from '../bounded-cache.ts'
import type { FetchDocument } from './fetch-document.ts'
import type { WebIdentityAlgorithm, WebIdentityToken } from './web-identity-token.ts'

/** The published keys of identity providers. */
export interface ProviderKeys {
  /**
   * The keys of an issuer that a token may have been signed with. Empty when the issuer publishes none, or cannot be asked.
   *
   * @param issuer a registered address with `https://`
   */
  find(issuer: string, token: Pick<WebIdentityToken, 'keyId' | 'algorithm'>): Promise<readonly KeyObject[]>
}

export interface ProviderKeysParts {
  readonly fetchDocument: FetchDocument
  readonly clock: () => Date
  readonly log: { warn(details: object, message: string): void }
}

/** A key that a provider takes back is believed for at most this long. */
const FRESH_MS = 10 * 60_000
/** How often a provider is asked at most, whatever tokens claim: nobody can make us hammer it, nor wait for it each time. */
const INTERVAL_MS = 30_000
const MOST_ISSUERS = 1000
const MOST_KEYS = 100
/** Keys under one id that a token is verified with: ids are meant to tell keys apart (RFC 7517 §4.5). */
const MOST_TRIED = 4
const RSA_BITS = { from: 2048, to: 8192 }
/** NIST SP 800-56B §6.2.1 asks for odd exponents from 65,537 on; old keys have 3. A long one makes each verification cost seconds. */
const RSA_EXPONENT = { from: 3n, below: 2n ** 32n }

/** Base64url of 8,192 bits, with some room. */
const LONGEST_MEMBER = 1500
const MEMBERS = ['n', 'e', 'x', 'y'] as const

/** Names that OpenSSL has for the curves of RFC 7518 §3.4. */
const CURVES: Readonly<Partial<Record<WebIdentityAlgorithm, string>>> = {
  ES256: 'prime256v1',
  ES384: 'secp384r1',
  ES512: 'secp521r1',
}

interface PublishedKey {
  readonly keyId: string | undefined
  readonly algorithm: string | undefined
  readonly key: KeyObject
}

interface Issuer {
  keys: readonly PublishedKey[]
  fetchedAt: number
  askedAt: number
  asking: Promise<void> | null
}

// OpenID Connect Discovery §4.2.
const configuration = z.object({ issuer: z.string(), jwks_uri: z.string().startsWith('https://').max(2048) })

// RFC 7517 §5; what else a key has is for `createPublicKey` to judge.
const keySet = z.object({
  keys: z
    .array(
      z.looseObject({
        kty: z.string(),
        kid: z.string().optional(),
        alg: z.string().optional(),
        use: z.string().optional(),
      }),
    )
    .max(MOST_KEYS),
})

/**
 * Reads keys where OpenID Connect Discovery says that they are, and remembers them. A key that is not known is looked for once
 * more, because providers rotate their keys, but never sooner than half a minute after the last time.
 */
export function createProviderKeys({ fetchDocument, clock, log }: ProviderKeysParts): ProviderKeys {
  const issuers = new BoundedCache<string, Issuer>(MOST_ISSUERS)

  async function ask(address: string, issuer: Issuer): Promise<void> {
    try {
      issuer.keys = await fetchKeys(address, fetchDocument)
      issuer.fetchedAt = issuer.askedAt
    } catch (error) {
      log.warn({ err: error, issuer: address }, 'the keys of an identity provider cannot be read')
    } finally {
      issuer.asking = null
    }
  }

  return {
    async find(address, token) {
      const now = clock().getTime()
      const issuer = issuers.get(address) ?? { keys: [], fetchedAt: -Infinity, askedAt: -Infinity, asking: null }
      issuers.set(address, issuer)
      const known = () => (now - issuer.fetchedAt < FRESH_MS ? keysFor(issuer.keys, token) : [])
      if (known().length > 0) return known()
      if (issuer.asking === null && now - issuer.askedAt >= INTERVAL_MS) {
        issuer.askedAt = now
        issuer.asking = ask(address, issuer)
      }
      await issuer.asking
      return known()
    },
  }
}

async function fetchKeys(issuer: string, fetchDocument: FetchDocument): Promise<PublishedKey[]> {
  // OpenID Connect Discovery §4.1: a slash at the end is left out.
  const found = await fetchDocument(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  const { issuer: itself, jwks_uri: address } = configuration.parse(found)
  if (itself !== issuer) throw new Error('The configuration is that of another issuer.')
  const { keys } = keySet.parse(await fetchDocument(address))
  return keys.flatMap(({ kid, alg, use, ...jwk }) => {
    if (use !== undefined && use !== 'sig') return []
    const key = publicKeyOf(jwk)
    return key === null ? [] : [{ keyId: kid, algorithm: alg, key }]
  })
}

/** Null for a key of a kind that nobody here can use, or that costs more than a verification should. */
function publicKeyOf(jwk: JsonWebKeyInput['key']): KeyObject | null {
  // Looked at before OpenSSL sees them: it builds numbers of any length.
  if (MEMBERS.some((name) => typeof jwk[name] === 'string' && jwk[name].length > LONGEST_MEMBER)) return null
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    return key.asymmetricKeyType === 'rsa' && !isUsableRsa(key) ? null : key
  } catch {
    return null
  }
}

function isUsableRsa({ asymmetricKeyDetails: details }: KeyObject): boolean {
  const { modulusLength: bits = 0, publicExponent: exponent = 0n } = details ?? {}
  const bounded = exponent >= RSA_EXPONENT.from && exponent < RSA_EXPONENT.below
  return bits >= RSA_BITS.from && bits <= RSA_BITS.to && bounded && exponent % 2n === 1n
}

function keysFor(
  keys: readonly PublishedKey[],
  { keyId, algorithm }: Pick<WebIdentityToken, 'keyId' | 'algorithm'>,
): KeyObject[] {
  const fitting = keys.filter(
    (one) => (one.algorithm === undefined || one.algorithm === algorithm) && fits(one.key, algorithm),
  )
  // OpenID Connect Core §10.1: without a key id there must be only one to choose from.
  const chosen = keyId === null ? (fitting.length === 1 ? fitting : []) : fitting.filter((one) => one.keyId === keyId)
  return chosen.slice(0, MOST_TRIED).map(({ key }) => key)
}

function fits(
  { asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject,
  alg: WebIdentityAlgorithm,
): boolean {
  if (alg.startsWith('ES')) return type === 'ec' && details?.namedCurve === CURVES[alg]
  return type === 'rsa'
}
