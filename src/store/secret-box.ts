import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { SecretBox } from '../iam/call.ts'

/** AES-256 keys by key id. The current one seals, all of them open: that is how a master key is rotated. */
export interface KeyRing {
  readonly current: string
  readonly keys: ReadonlyMap<string, Uint8Array>
}

const FORMAT_VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM (NIST SP 800-38D). A ciphertext is version byte, 96-bit random nonce, encrypted text, 128-bit tag. Version, key
 * id and owner are authenticated with it: moved to another row, or under another key's id, it does not open.
 */
export function createSecretBox(ring: KeyRing, random: (bytes: number) => Buffer): SecretBox {
  const currentKey = ring.keys.get(ring.current)
  if (currentKey === undefined) throw new TypeError('The current key is not in the ring.')

  return {
    seal(plaintext, owner) {
      const nonce = random(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', currentKey, nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(associatedData(ring.current, owner))
      const sealed = Buffer.concat([
        Buffer.of(FORMAT_VERSION),
        nonce,
        cipher.update(plaintext),
        cipher.final(),
        cipher.getAuthTag(),
      ])
      return { ciphertext: new Uint8Array(sealed), keyId: ring.current }
    },

    open({ ciphertext, keyId }, owner) {
      const key = ring.keys.get(keyId)
      if (key === undefined)
        throw new SecretBoxError(`sealed under master key ${keyId}, which this process does not have`)
      if (ciphertext[0] !== FORMAT_VERSION || ciphertext.length < 1 + NONCE_BYTES + TAG_BYTES) {
        throw new SecretBoxError('not in the format of a sealed secret')
      }
      const nonce = ciphertext.subarray(1, 1 + NONCE_BYTES)
      const tag = ciphertext.subarray(ciphertext.length - TAG_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(associatedData(keyId, owner))
      decipher.setAuthTag(tag)
      const opened = decipher.update(ciphertext.subarray(1 + NONCE_BYTES, ciphertext.length - TAG_BYTES))
      try {
        return Buffer.concat([opened, decipher.final()])
      } catch {
        throw new SecretBoxError('changed, or sealed for another owner')
      }
    },
  }
}

/** A sealed secret does not open. The message names neither the secret nor its owner. */
export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError'

  constructor(reason: string) {
    super(`A secret in the database cannot be opened: ${reason}.`)
  }
}

function associatedData(keyId: string, owner: string): Buffer {
  return Buffer.from(`${FORMAT_VERSION}|${keyId}|${owner}`)
}
