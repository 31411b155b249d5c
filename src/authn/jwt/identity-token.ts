import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type JsonWebKey } from 'node:crypto'
import { promisify } from 'node:util'
import jsonwebtoken from 'jsonwebtoken'

/** What identity tokens for others are signed with (AWS STS API reference, GetWebIdentityToken). */
export const IDENTITY_TOKEN_ALGORITHMS = ['RS256', 'ES384'] as const
export type IdentityTokenAlgorithm = (typeof IDENTITY_TOKEN_ALGORITHMS)[number]

/** A key pair that signs identity tokens, as it is stored; the private key is encrypted by whoever stores it. */
export interface IdentityKey {
  /** RFC 7638 thumbprint of the public key: a kid never stands for two keys. */
  readonly kid: string
  readonly algorithm: IdentityTokenAlgorithm
  /** SPKI in PEM. */
  readonly publicKey: string
  /** PKCS #8 in DER. */
  readonly privateKey: Uint8Array
}

/** RFC 7517 §4: what a verifier needs of a key. */
export type IdentityJwk = JsonWebKey & { readonly kid: string; readonly alg: string; readonly use: 'sig' }

const generate = promisify(generateKeyPair)

/** RSA of 2048 bits (RFC 7518 §3.3), or the curve P-384, which ES384 is for (RFC 7518 §3.4). */
export async function createIdentityKey(algorithm: IdentityTokenAlgorithm): Promise<IdentityKey> {
  const pair =
    algorithm === 'RS256'
      ? await generate('rsa', { modulusLength: 2048 })
      : await generate('ec', { namedCurve: 'P-384' })
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  return {
    kid: thumbprint(pair.publicKey.export({ format: 'jwk' })),
    algorithm,
    publicKey,
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }),
  }
}

/** The public half of a key, for a JWKS document. */
export function identityJwk({ kid, algorithm, publicKey }: Omit<IdentityKey, 'privateKey'>): IdentityJwk {
  return { ...createPublicKey(publicKey).export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' }
}

/** Signs a token that says exactly these claims (RFC 7519). */
export function signIdentityToken(key: Omit<IdentityKey, 'publicKey'>, claims: object): string {
  const { kid, algorithm, privateKey: der } = key
  const privateKey = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
  return jsonwebtoken.sign(claims, privateKey, { algorithm, keyid: kid })
}

/** RFC 7638 §3: SHA-256 of the required members in the order of their names. */
function thumbprint({ crv, e, kty, n, x, y }: JsonWebKey): string {
  const required = kty === 'EC' ? { crv, kty, x, y } : { e, kty, n }
  return createHash('sha256').update(JSON.stringify(required)).digest('base64url')
}
