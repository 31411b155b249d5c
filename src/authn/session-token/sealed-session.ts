import { createCipheriv, createDecipheriv } from 'node:crypto'
import { decodePayload, encodePayload, type SessionPayload } from './session-payload.ts'

/** Keys for session tokens. New tokens are sealed with the current one; tokens of the others stay good until they go. */
export interface SessionKeyring {
  readonly currentKeyId: string
  /** Key id (1–255 bytes) → 32 bytes. */
  readonly keys: ReadonlyMap<string, Uint8Array>
}

/** Every token begins with `LKS1`: the format and its version, easy to find for a scanner that looks for leaks. */
const magic = Buffer.from('LKS1', 'base64')
const cipher = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

/**
 * Seals a session into a token that only holders of the key can read or make, so that temporary credentials need no
 * row: `magic ‖ length of key id ‖ key id ‖ nonce ‖ AES-256-GCM(payload) ‖ tag` in base64. The part before the nonce
 * is authenticated as associated data. Blanks after the payload bring the whole to a multiple of three bytes: the text
 * needs no `=`, which headers, query strings and shells would each treat in their own way.
 *
 * Nonces are random (NIST SP 800-38D §8.2.2): rotate a key before it has sealed 2^32 tokens.
 *
 * @param random that many random bytes, from a cryptographic source
 * @throws when the current key is not in the ring or its id is too long
 */
export function sealSession(
  payload: SessionPayload,
  ring: SessionKeyring,
  random: (size: number) => Uint8Array,
): string {
  const key = ring.keys.get(ring.currentKeyId)
  if (!key) throw new Error(`No session key ${ring.currentKeyId}`)
  const keyId = Buffer.from(ring.currentKeyId, 'utf8')
  if (keyId.length > 255) throw new Error('The id of a session key may have 255 bytes at most')
  const head = Buffer.concat([magic, Buffer.from([keyId.length]), keyId])
  const plain = Buffer.from(encodePayload(payload), 'utf8')
  const length = head.length + nonceLength + plain.length + tagLength
  const padding = Buffer.alloc((3 - (length % 3)) % 3, ' ')

  const nonce = random(nonceLength)
  const seal = createCipheriv(cipher, key, nonce, { authTagLength: tagLength }).setAAD(head)
  const sealed = Buffer.concat([seal.update(plain), seal.update(padding), seal.final()])
  return Buffer.concat([head, nonce, sealed, seal.getAuthTag()]).toString('base64')
}

/**
 * Opens a session token. Null for everything that this ring did not seal, down to the last bit. Does not look at the
 * clock: an expired session opens, and the caller answers ExpiredToken.
 */
export function openSession(token: string, ring: SessionKeyring): SessionPayload | null {
  const bytes = Buffer.from(token, 'base64')
  // Node's decoder skips what is not base64 and takes other alphabets: only the very text that was issued is a token.
  if (bytes.toString('base64') !== token) return null
  const headLength = magic.length + 1 + (bytes[magic.length] ?? 0)
  if (bytes.length < headLength + nonceLength + tagLength) return null
  const head = bytes.subarray(0, headLength)
  if (!head.subarray(0, magic.length).equals(magic)) return null
  const key = ring.keys.get(head.toString('utf8', magic.length + 1))
  if (!key) return null

  const nonce = bytes.subarray(headLength, headLength + nonceLength)
  const open = createDecipheriv(cipher, key, nonce, { authTagLength: tagLength })
    .setAAD(head)
    .setAuthTag(bytes.subarray(bytes.length - tagLength))
  try {
    const plain = open.update(bytes.subarray(headLength + nonceLength, bytes.length - tagLength), undefined, 'utf8')
    return decodePayload(plain + open.final('utf8'))
  } catch {
    return null
  }
}
