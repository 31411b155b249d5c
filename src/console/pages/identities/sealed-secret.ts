/** What a device keeps of a secret access key. Salt and ciphertext are base64. */
export interface SealedSecret {
  readonly iterations: number
  readonly salt: string
  readonly ciphertext: string
}

/** For PBKDF2 with SHA-256 (OWASP Password Storage Cheat Sheet); kept with each secret, because it will have to grow. */
const ITERATIONS = 600_000
const SALT_BYTES = 16
/** 30 random bytes in base64. */
const SECRET = /^[A-Za-z0-9+/]{40}$/

/** The shortest PIN that is taken. */
export const PIN_LENGTH = 6

/** Whether it can be a secret access key: 40 characters of base64, which are 30 bytes, neither more nor less. */
export function isSecretAccessKey(text: string): boolean {
  return SECRET.test(text)
}

/**
 * Encrypts a secret access key under a PIN, on purpose without anything that tells a right PIN from a wrong one: a PIN has a
 * million values and could be tried out in no time. All that is random about the secret are its 30 bytes; they are encrypted by
 * AES in counter mode without an authentication tag, so that every PIN opens them, each to another secret of the same form. Who
 * has a copy of the browser's storage learns which one is right from the server only, which sees each try. The counter may begin
 * at zero: the salt is new for every secret, and with it the key.
 */
export async function sealSecret(
  secret: string,
  pin: string,
  salt: Uint8Array<ArrayBuffer> = crypto.getRandomValues(new Uint8Array(SALT_BYTES)),
): Promise<SealedSecret> {
  if (!isSecretAccessKey(secret)) throw new TypeError('A secret access key is 40 characters of base64.')
  const key = await keyOf(pin, salt, ITERATIONS)
  const ciphertext = await crypto.subtle.encrypt(COUNTER, key, bytesOf(secret))
  return { iterations: ITERATIONS, salt: base64(salt), ciphertext: base64(new Uint8Array(ciphertext)) }
}

/** The secret access key, or with a wrong PIN something that looks like one. */
export async function openSecret({ iterations, salt, ciphertext }: SealedSecret, pin: string): Promise<string> {
  const key = await keyOf(pin, bytesOf(salt), iterations)
  return base64(new Uint8Array(await crypto.subtle.decrypt(COUNTER, key, bytesOf(ciphertext))))
}

const COUNTER = { name: 'AES-CTR', counter: new Uint8Array(16), length: 64 }

async function keyOf(pin: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  // The same characters may be typed in several ways: é is one code point, or two.
  const typed = new TextEncoder().encode(pin.normalize('NFKC'))
  const material = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey'])
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return await crypto.subtle.deriveKey(derivation, material, { name: 'AES-CTR', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
