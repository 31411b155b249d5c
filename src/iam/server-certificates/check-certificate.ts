import { createPrivateKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import type { ErrorCode } from '../../errors/index.ts'
import { IamError } from '../errors.ts'
import { isSoundExponent, keyFacts } from '../../authn/key-facts.ts'

/** PEM, as it was sent. */
export interface CertificateTexts {
  readonly certificateBody: string
  readonly privateKey: string
  readonly certificateChain?: string | null
}

export interface CheckedCertificate {
  readonly expiresAt: Date
  /** PKCS #8, PEM: whatever else was in the text is gone. */
  readonly privateKey: string
}

const BLOCK = /-----BEGIN CERTIFICATE-----\s[A-Za-z\d+/=\s]+-----END CERTIFICATE-----/g
/** One key, unencrypted, and the parameters that OpenSSL writes before keys of elliptic curves. */
const KEY =
  /^\s*(?:-----BEGIN EC PARAMETERS-----\s[A-Za-z\d+/=\s]+-----END EC PARAMETERS-----\s+)?-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----\s[A-Za-z\d+/=\s]+-----END \1-----\s*$/
/** Nobody's chain is longer, and checking signatures takes time that others wait for. */
const LONGEST_CHAIN = 10
/** What AWS takes (AWS IAM user guide, "Manage server certificates in IAM"). Larger keys would keep the server busy. */
const RSA_BITS = { from: 1024, to: 4096 }
const CURVES: ReadonlySet<string | undefined> = new Set(['prime256v1', 'secp384r1', 'secp521r1'])
const PROOF = Buffer.from('latchkey')

const signInBackground = promisify(sign)

/**
 * Checks a certificate, its private key and its chain with each other: the certificate is valid now, the key signs what the
 * certificate verifies, and each certificate of the chain has issued and signed the one before it. Throws MalformedCertificate,
 * InvalidCertificate (not valid now), KeyPairMismatch. No message repeats what was sent: it may hold the key.
 */
export async function checkCertificate(texts: CertificateTexts, now: Date): Promise<CheckedCertificate> {
  const [certificate, ...others] = certificatesIn(texts.certificateBody) ?? []
  if (certificate === undefined || others.length > 0 || !isSupported(() => certificate.publicKey))
    throw malformed('Unable to parse certificate. Please ensure the certificate is in PEM format.')
  const expiresAt = checkValidity(certificate, now)
  const privateKey = privateKeyIn(texts.privateKey)
  if (!(await belongs(privateKey, certificate)))
    throw refused('KeyPairMismatch', 'The private key does not belong to the public key of the certificate.')
  if (texts.certificateChain) checkChain(certificate, certificatesIn(texts.certificateChain))
  return { expiresAt, privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) }
}

/** All certificates of a text that has nothing else; null when it has, so that no private key is stored beside them. */
function certificatesIn(text: string): X509Certificate[] | null {
  if (text.replaceAll(BLOCK, '').trim() !== '') return null
  const blocks = (text.match(BLOCK) ?? []).slice(0, LONGEST_CHAIN + 1)
  try {
    return blocks.map((block) => new X509Certificate(block))
  } catch {
    return null
  }
}

function checkValidity(certificate: X509Certificate, now: Date): Date {
  const [from, until] = [certificate.validFrom, certificate.validTo].map((moment) => new Date(moment))
  if (from === undefined || until === undefined || Number.isNaN(from.getTime()) || Number.isNaN(until.getTime()))
    throw malformed('Unable to parse certificate. Please ensure the certificate is in PEM format.')
  if (now < from) throw refused('InvalidCertificate', 'The certificate is not valid yet.')
  if (now > until) throw refused('InvalidCertificate', 'The certificate has expired.')
  return until
}

function privateKeyIn(text: string): KeyObject {
  try {
    if (KEY.test(text)) {
      const key = createPrivateKey(text)
      if (isSupported(() => key) && hasOwnSize(key)) return key
    }
  } catch {
    // What OpenSSL says of it helps nobody.
  }
  throw malformed('Unable to parse private key. Please ensure the private key is in PEM format and not encrypted.')
}

/** The public half alone can be written into any key: it has to sign. */
async function belongs(privateKey: KeyObject, certificate: X509Certificate): Promise<boolean> {
  if (!certificate.checkPrivateKey(privateKey)) return false
  try {
    return verify('sha256', PROOF, certificate.publicKey, await signInBackground('sha256', PROOF, privateKey))
  } catch {
    return false
  }
}

function checkChain(certificate: X509Certificate, chain: readonly X509Certificate[] | null): void {
  if (chain === null || chain.length === 0)
    throw malformed('Unable to parse certificate chain. Please ensure the certificate chain is in PEM format.')
  if (chain.length > LONGEST_CHAIN)
    throw malformed(`The certificate chain must not have more than ${LONGEST_CHAIN} certificates.`)
  const broken = chain.findIndex((issuer, index) => !hasIssued(issuer, chain[index - 1] ?? certificate))
  if (broken < 0) return
  throw malformed(
    `Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: ${broken}`,
  )
}

function hasIssued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    // The size of the key first: it is what checking a signature costs.
    return (
      issuer.ca &&
      isSupported(() => issuer.publicKey) &&
      certificate.checkIssued(issuer) &&
      certificate.verify(issuer.publicKey)
    )
  } catch {
    return false
  }
}

function isSupported(read: () => KeyObject): boolean {
  const facts = keyFacts(read)
  if (facts?.type === 'ec') return CURVES.has(facts.curve)
  return facts?.type === 'rsa' && facts.bits >= RSA_BITS.from && facts.bits <= RSA_BITS.to && isSoundExponent(facts)
}

/** The numbers of a private RSA key take four and a half times its modulus; larger ones make signing last for minutes. */
function hasOwnSize(key: KeyObject): boolean {
  const { modulusLength } = key.asymmetricKeyDetails ?? {}
  return (
    modulusLength === undefined ||
    key.export({ type: 'pkcs8', format: 'der' }).length <= (modulusLength / 8) * 4.5 + 200
  )
}

function malformed(message: string): IamError {
  return refused('MalformedCertificate', message)
}

function refused(code: ErrorCode, message: string): IamError {
  return new IamError(code, message)
}
