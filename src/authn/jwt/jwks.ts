import { isPublished, type SigningKey } from './signing-key.ts'

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

/** The document for `/.well-known/jwks.json`: the public halves only, so that other services can verify tokens. */
export function jwks(keys: Iterable<SigningKey>, now: Date): JsonWebKeySet {
  return {
    keys: [...keys]
      .filter((key) => isPublished(key, now))
      .map(({ kid, publicKey }) => {
        const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
        return { kty: 'RSA', use: 'sig', alg: 'RS256', kid, n, e }
      }),
  }
}
