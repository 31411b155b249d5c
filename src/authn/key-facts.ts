import { createPublicKey, type KeyObject } from 'node:crypto'

/** What decides whether a key is good enough, and what using it costs. */
export interface KeyFacts {
  /** As node:crypto names it: `rsa`, `ec`, `ed25519` and so on. */
  readonly type: string | undefined
  /** Of an RSA modulus; 0 for other keys. */
  readonly bits: number
  /** Of an RSA key; 0 for others. */
  readonly exponent: bigint
  /** As OpenSSL names it; undefined for a curve that is spelt out, and for other keys. */
  readonly curve: string | undefined
}

/**
 * The public facts of a key that a caller sent; null when it cannot be read. Node aborts the process when it is asked for the
 * details of a key that is the point at infinity, where writing the key out throws: so that comes first.
 */
export function keyFacts(read: () => KeyObject): KeyFacts | null {
  try {
    const given = read()
    const key = given.type === 'private' ? createPublicKey(given) : given
    key.export({ type: 'spki', format: 'der' })
    const { modulusLength: bits = 0, publicExponent: exponent = 0n, namedCurve: curve } = key.asymmetricKeyDetails ?? {}
    return { type: key.asymmetricKeyType, bits, exponent, curve }
  } catch {
    return null
  }
}

/** An exponent of one makes every message its own signature, and a long one makes checking a signature as dear as making one. */
export function isSoundExponent({ exponent }: KeyFacts): boolean {
  return exponent >= 3n && exponent % 2n === 1n && exponent < 1n << 64n
}
