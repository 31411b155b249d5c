import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

/** The longest that an access token may live: that of temporary credentials (GetSessionToken, 36 hours). */
export const LONGEST_TOKEN_MS = 36 * 3600 * 1000

/**
 * Gateways on several machines hand over to a new key by their own clocks, which may differ by that much. What a key signed that
 * early is forgiven, nothing else.
 */
const CLOCK_SKEW_MS = 60_000

/** A key pair that signs access tokens, or once signed them. */
export interface SigningKey {
  /** RFC 7638 thumbprint of the public key: a kid never stands for two keys. */
  readonly kid: string
  readonly publicKey: KeyObject
  /** Absent where tokens are only verified. */
  readonly privateKey?: KeyObject
  readonly createdAt: Date
  /** It is published before that, and vouches for nothing. */
  readonly signsFrom: Date
  /** From then on it signs nothing new, and stays published until the last token that it signed has expired. */
  readonly retiredAt?: Date
}

/** Keys that tokens may be signed with, by kid. */
export type Keyring = ReadonlyMap<string, SigningKey>

/** A signing key as it is stored; the private key is encrypted by whoever stores it. */
export interface SerializedSigningKey {
  kid: string
  /** SPKI in PEM. */
  publicKey: string
  /** PKCS #8 in DER. */
  privateKey?: Uint8Array
  createdAt: Date
  signsFrom: Date
  retiredAt?: Date | null
}

/**
 * Whether tokens that this key signed can still be valid: always for a key in use, and for a retired one until the
 * longest-lived token of its last moment has expired.
 */
export function isPublished({ retiredAt }: Pick<SigningKey, 'retiredAt'>, now: Date): boolean {
  return !retiredAt || now.getTime() < retiredAt.getTime() + LONGEST_TOKEN_MS
}

/** Whether a key can have signed, honestly, what says that it was issued then. */
export function vouchesFor(key: SigningKey, issuedAt: Date, now: Date): boolean {
  if (now.getTime() < key.signsFrom.getTime() - CLOCK_SKEW_MS) return false
  return isPublished(key, now) && (!key.retiredAt || issuedAt <= key.retiredAt)
}

const generate = promisify(generateKeyPair)

/** A new RSA key of 2048 bits: RS256, because verifying is cheap and every client library knows it (RFC 7518 §3.3). */
export async function createSigningKey(createdAt: Date, signsFrom = createdAt): Promise<SigningKey> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 })
  return { kid: thumbprint(publicKey), publicKey, privateKey, createdAt, signsFrom }
}

export function createKeyring(keys: Iterable<SigningKey>): Keyring {
  return new Map([...keys].map((key) => [key.kid, key]))
}

/** @throws when the key has no private half */
export function serializeSigningKey(key: SigningKey): SerializedSigningKey & { privateKey: Uint8Array } {
  if (!key.privateKey) throw new Error(`Signing key ${key.kid} has no private key`)
  return {
    kid: key.kid,
    publicKey: key.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: key.privateKey.export({ type: 'pkcs8', format: 'der' }),
    createdAt: key.createdAt,
    signsFrom: key.signsFrom,
    retiredAt: key.retiredAt,
  }
}

/** @throws when the text is no key, or the kid is not that of the key */
export function deserializeSigningKey(stored: SerializedSigningKey): SigningKey {
  const publicKey = createPublicKey(stored.publicKey)
  if (thumbprint(publicKey) !== stored.kid) throw new Error(`Signing key ${stored.kid} does not match its kid`)
  return {
    kid: stored.kid,
    publicKey,
    privateKey:
      stored.privateKey && createPrivateKey({ key: Buffer.from(stored.privateKey), format: 'der', type: 'pkcs8' }),
    createdAt: stored.createdAt,
    signsFrom: stored.signsFrom,
    retiredAt: stored.retiredAt ?? undefined,
  }
}

/** RFC 7638 §3: SHA-256 of the required members in the order of their names. */
function thumbprint(publicKey: KeyObject): string {
  const { e, kty, n } = publicKey.export({ format: 'jwk' })
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url')
}
