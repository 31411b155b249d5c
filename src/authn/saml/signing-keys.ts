import { type KeyObject, X509Certificate } from 'node:crypto'
import { isSoundExponent, type KeyFacts, keyFacts } from '../key-facts.ts'

/** What may sign assertions: RSA of 2,048 bits (NIST SP 800-131A) to 8,192, and the curves that XML Signature names. */
const RSA_BITS = { from: 2048, to: 8192 }
const LONGEST_EXPONENT = 2n ** 32n
const CURVES: ReadonlySet<string | undefined> = new Set(['prime256v1', 'secp384r1', 'secp521r1'])
/** DER of a certificate with a key of 8,192 bits and many names, base64. */
const LONGEST_CERTIFICATE = 20_000

/** A certificate whose key can be used. */
export interface SigningCertificate {
  readonly key: KeyObject
  readonly validFrom: Date
  readonly validUntil: Date
}

/**
 * Reads a certificate; null when it is none, or its key is of a kind, or of a size, that signs no assertions.
 *
 * @param base64 DER
 */
export function readSigningCertificate(base64: string): SigningCertificate | null {
  if (base64.length > LONGEST_CERTIFICATE || !/^[A-Za-z\d+/]+={0,2}$/.test(base64)) return null
  try {
    const certificate = new X509Certificate(Buffer.from(base64, 'base64'))
    const key = certificate.publicKey
    const [validFrom, validUntil] = [new Date(certificate.validFrom), new Date(certificate.validTo)]
    const dated = !Number.isNaN(validFrom.getTime()) && !Number.isNaN(validUntil.getTime())
    return dated && isUsable(() => key) ? { key, validFrom, validUntil } : null
  } catch {
    return null
  }
}

/** The keys of those certificates that are valid at a moment. */
export function keysAt(certificates: readonly string[], now: Date): KeyObject[] {
  return certificates
    .map(readSigningCertificate)
    .filter((one) => one !== null && one.validFrom <= now && now <= one.validUntil)
    .map((one) => one!.key)
}

function isUsable(read: () => KeyObject): boolean {
  const facts = keyFacts(read)
  if (facts?.type === 'ec') return CURVES.has(facts.curve)
  const { from, to } = RSA_BITS
  return facts?.type === 'rsa' && facts.bits >= from && facts.bits <= to && isShort(facts)
}

/** Nobody's exponent is longer, and a long one makes each check of a signature cost more. */
function isShort(facts: KeyFacts): boolean {
  return isSoundExponent(facts) && facts.exponent < LONGEST_EXPONENT
}
