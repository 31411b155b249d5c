const utf8 = new TextEncoder()

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return crypto.subtle.digest('SHA-256', bytes)
}

export function toHex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function hmacKey(bytes: BufferSource): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
}

/** The signature of a string to sign, in hexadecimal. */
export async function signatureOf(signingKey: CryptoKey, stringToSign: string): Promise<string> {
  return toHex(await crypto.subtle.sign('HMAC', signingKey, utf8.encode(stringToSign)))
}

/** Derives the signing key of a day, region and service, and keeps the last one: a client uses it until midnight. */
export class SigningKeys {
  readonly #secretAccessKey: string
  #scope = ''
  #key: Promise<CryptoKey> | undefined

  constructor(secretAccessKey: string) {
    this.#secretAccessKey = secretAccessKey
  }

  get(date: string, region: string, service: string): Promise<CryptoKey> {
    const scope = `${date}/${region}/${service}`
    if (this.#key === undefined || this.#scope !== scope) {
      this.#scope = scope
      this.#key = this.#derive([date, region, service, 'aws4_request'])
    }
    return this.#key
  }

  async #derive(parts: readonly string[]): Promise<CryptoKey> {
    let key = await hmacKey(utf8.encode(`AWS4${this.#secretAccessKey}`))
    for (const part of parts) key = await hmacKey(await crypto.subtle.sign('HMAC', key, utf8.encode(part)))
    return key
  }
}
