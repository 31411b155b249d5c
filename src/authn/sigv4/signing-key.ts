import { createHash, createHmac } from 'node:crypto'
import { BoundedCache } from '../bounded-cache.ts'
import { type CredentialScope, scopeText, terminator } from './credential-scope.ts'

/** Task 3 of SigV4: the key that signs for one day, region and service. */
export function deriveSigningKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const date = hmac(`AWS4${secretAccessKey}`, scope.date)
  const region = hmac(date, scope.region)
  const service = hmac(region, scope.service)
  return hmac(service, terminator)
}

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest()

/** About 300 bytes each. */
const MAX_KEYS = 4096

/**
 * Keeps derived signing keys, since a client uses one for a whole day.
 *
 * An entry answers only for the very secret it was derived from: the secret is given at every look-up and its SHA-256
 * is part of the entry's name, so a key whose secret changed, or another key of the same id, can never hit. The secret
 * itself is not kept. Only keys that verified a signature are remembered, so strangers cannot push others out.
 */
export class SigningKeyCache {
  readonly #keys = new BoundedCache<string, Buffer>(MAX_KEYS)

  find(accessKeyId: string, secretAccessKey: string, scope: CredentialScope): Buffer | undefined {
    return this.#keys.get(entryName(accessKeyId, secretAccessKey, scope))
  }

  remember(accessKeyId: string, secretAccessKey: string, scope: CredentialScope, key: Buffer): void {
    this.#keys.set(entryName(accessKeyId, secretAccessKey, scope), key)
  }
}

function entryName(accessKeyId: string, secretAccessKey: string, scope: CredentialScope): string {
  const identity = createHash('sha256').update(secretAccessKey).digest('base64')
  return `${accessKeyId}/${scopeText(scope)}/${identity}`
}
