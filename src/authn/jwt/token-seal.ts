import { createHmac, timingSafeEqual } from 'node:crypto'

/** Keys for seals. New tokens are sealed with the current one; tokens of the others stay good until they go. */
export interface SealKeyring {
  readonly currentKeyId: string
  /** Key id → 32 bytes. */
  readonly keys: ReadonlyMap<string, Uint8Array>
}

/**
 * A code over all that a token claims, under a key that comes from the master key: whoever has the RSA key that signs tokens, and
 * nothing else, mints none. Others verify the signature (RS256, by the published keys) and let the seal be.
 *
 * @param text what is sealed, always written in the same way
 * @param kid the key that signs the token: a seal is worth nothing under another one
 * @returns `<id of the seal's key>.<HMAC-SHA256 in base64url>`
 * @throws when the current key is not in the ring
 */
export function seal(text: string, kid: string, { currentKeyId, keys }: SealKeyring): string {
  const key = keys.get(currentKeyId)
  if (!key) throw new Error(`No key ${currentKeyId} to seal tokens with`)
  return `${currentKeyId}.${codeOf(text, kid, key).toString('base64url')}`
}

/** Whether somebody who has a key of the ring sealed this very text for this very signing key. */
export function isSealed(text: string, kid: string, sealed: string, { keys }: SealKeyring): boolean {
  const [keyId = '', code = '', ...more] = sealed.split('.')
  const key = keys.get(keyId)
  if (!key || more.length > 0) return false
  const [given, right] = [Buffer.from(code, 'base64url'), codeOf(text, kid, key)]
  return given.length === right.length && timingSafeEqual(given, right)
}

function codeOf(text: string, kid: string, key: Uint8Array): Buffer {
  // A kid is base64url: the line break cannot be moved.
  return createHmac('sha256', key).update(`${kid}\n${text}`).digest()
}
