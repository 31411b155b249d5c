import type { SigningKey } from './signing-key.ts'

/** RFC 7517 §5. */
export interface JsonWebKeySet {
  keys: PublishedKey[]
}

interface PublishedKey {
  kty: 'RSA'
  use: 'sig'
  alg: 'RS256'
  kid: string
  n: string
  e: string
}

/**
 * Whether tokens that this key signed can still be valid: always for a key in use, and for a retired one until the
 * longest-lived token of its last moment has expired.
 */
export function isPublished(key: SigningKey, now: Date, tokenLifetimeSeconds: number): boolean {
  return !key.retiredAt || now.getTime() < key.retiredAt.getTime() + tokenLifetimeSeconds * 1000
}

/**
 * The document for `/.well-known/jwks.json`: the public halves only, so that other services can verify tokens.
 *
 * @param options.tokenLifetimeSeconds the longest lifetime that a token is ever given
 */
export function jwks(
  keys: Iterable<SigningKey>,
  { now, tokenLifetimeSeconds }: { now: Date; tokenLifetimeSeconds: number },
): JsonWebKeySet {
  return {
    keys: [...keys]
      .filter((key) => isPublished(key, now, tokenLifetimeSeconds))
      .map(({ kid, publicKey }) => {
        const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
        return { kty: 'RSA', use: 'sig', alg: 'RS256', kid, n, e }
      }),
  }
}
