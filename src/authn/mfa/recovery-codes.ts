import { createHmac } from 'node:crypto'

/** As many as a person gets at a time. */
const RECOVERY_CODES = 10

/** 80 bits of each code are random: no counter of attempts has to hold for them to be out of reach of guessing. */
const CODE_BYTES = 10

/** Crockford's base32: none of the letters that are read for another. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const WRITTEN = /^[0-9a-z]{4}(?:[ -]?[0-9a-z]{4}){3}$/i

/**
 * New recovery codes, as people write them down: `xxxx-xxxx-xxxx-xxxx`.
 *
 * @param random that many random bytes, from a cryptographic source
 */
export function generateRecoveryCodes(random: (size: number) => Uint8Array): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    let bits = 0n
    for (const byte of random(CODE_BYTES)) bits = (bits << 8n) | BigInt(byte)
    const characters = Array.from({ length: 16 }, (_, i) => ALPHABET[Number((bits >> BigInt(5 * i)) & 31n)] ?? '')
    return (characters.join('').match(/.{4}/g) ?? []).join('-')
  })
}

/** Whether a text has the form of a recovery code, hence cannot be the six digits of a device. */
export function isRecoveryCode(text: string): boolean {
  return WRITTEN.test(text)
}

/**
 * What is kept of a code: HMAC-SHA256 of its 16 characters, without regard to how they were written, under a key of 32 bytes that is
 * this person's. No slow hash as of passwords: nobody chose the code, all 80 bits of it would have to be tried, and without the key,
 * which is sealed under the master key, not even that can begin.
 */
export function hashRecoveryCode(key: Uint8Array, code: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHmac('sha256', key).update(plain(code)).digest())
}

/** Crockford's reading: o is 0, i and l are 1, and separators are nothing. */
function plain(code: string): string {
  return code.toLowerCase().replaceAll(/[ -]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1')
}
