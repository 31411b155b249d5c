import { X509Certificate } from 'node:crypto'
import { IamError } from '../errors.ts'
import { isSoundExponent, keyFacts } from '../../authn/key-facts.ts'

/** What a certificate says. */
export interface CertificateFacts {
  /** Parts from the largest to the smallest, as in `O=Example, CN=alice`. */
  readonly subject: string
  readonly expiresAt: Date
  /** SHA-256 of the certificate, which tells certificates apart however their PEM is laid out. */
  readonly digest: string
}

/** One certificate and nothing beside it: neither a chain nor, by accident, a private key. */
const PEM = /^-----BEGIN CERTIFICATE-----\r?\n([\w+/=\r\n]+)-----END CERTIFICATE-----$/
/** Controls, and marks that change the direction of what is read after them. */
const UNREADABLE = /[\p{Cc}\p{Cf}]/gu
const SMALLEST_RSA = 2048
const CURVES: ReadonlySet<string | undefined> = new Set(['prime256v1', 'secp384r1', 'secp521r1'])

/** Reads a certificate that was accepted once: what it says, whether or not it is still good. Throws MalformedCertificate. */
export function readCertificate(body: string): CertificateFacts {
  return factsOf(parsed(body))
}

/**
 * Reads a certificate that somebody uploads: X.509 in PEM format, good at `now`, with an RSA key of 2048 bits or more, a key on a
 * curve of NIST, or one of Ed25519. Throws MalformedCertificate (not readable, expired), InvalidCertificate (not good yet, a
 * weak key, a signature of its own that is wrong).
 */
export function acceptCertificate(body: string, now: Date): CertificateFacts {
  const certificate = parsed(body)
  const facts = factsOf(certificate)
  if (!(facts.expiresAt > now)) throw malformed('The certificate has expired.')
  if (!(new Date(certificate.validFrom) <= now)) throw invalid('The certificate is not valid yet.')
  if (!isStrong(certificate)) {
    throw invalid(
      `The key of the certificate must be RSA of at least ${SMALLEST_RSA} bits, Ed25519, or ECDSA on P-256, P-384 or P-521.`,
    )
  }
  const selfSigned = certificate.subject === certificate.issuer
  if (selfSigned && !certificate.verify(certificate.publicKey)) {
    throw invalid('The signature of the certificate is wrong.')
  }
  return facts
}

function parsed(body: string): X509Certificate {
  const encoded = PEM.exec(body.trim())?.[1]?.replaceAll(/[\r\n]/g, '') ?? ''
  const der = Buffer.from(encoded, 'base64')
  try {
    const certificate = new X509Certificate(der)
    // OpenSSL reads the key only when it is asked for; and what is behind a certificate it does not read at all.
    if (keyFacts(() => certificate.publicKey) !== null && certificate.raw.toString('base64') === encoded)
      return certificate
  } catch {
    // Told below.
  }
  throw malformed('The certificate must be one X.509 certificate in PEM format.')
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  const { validTo, fingerprint256 } = certificate
  // Node gives none for an empty one.
  const subject: string | undefined = certificate.subject
  return {
    subject: (subject ?? '').replaceAll('\n', ', ').replaceAll(UNREADABLE, '\uFFFD'),
    expiresAt: new Date(validTo),
    digest: fingerprint256.replaceAll(':', '').toLowerCase(),
  }
}

function isStrong(certificate: X509Certificate): boolean {
  const facts = keyFacts(() => certificate.publicKey)
  switch (facts?.type) {
    case 'rsa':
    case 'rsa-pss':
      return facts.bits >= SMALLEST_RSA && isSoundExponent(facts)
    case 'ec':
      return CURVES.has(facts.curve)
    default:
      return facts?.type === 'ed25519'
  }
}

function malformed(message: string): IamError {
  return new IamError('MalformedCertificate', message)
}

function invalid(message: string): IamError {
  return new IamError('InvalidCertificate', message)
}
