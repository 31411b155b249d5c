import { ScureBase32Plugin } from 'otplib'

/** 320 bits: 64 characters of base32, without padding. */
const seedBytes = 40

const base32 = new ScureBase32Plugin()

/**
 * A new seed for a virtual MFA device: 64 base32 characters.
 *
 * @param random that many random bytes, from a cryptographic source
 */
export function generateSeed(random: (size: number) => Uint8Array): string {
  return base32.encode(random(seedBytes), { padding: false })
}
