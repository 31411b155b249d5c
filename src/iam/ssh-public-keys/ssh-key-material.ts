import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { IamError } from '../errors.ts'
import { readSshBlob, SSH_ALGORITHMS, sshBlobOf } from './ssh-wire-format.ts'

/** How a public key is written: as a line of `authorized_keys`, or as PEM. */
export type SshKeyEncoding = 'SSH' | 'PEM'

/** A public key that was read from a text. */
export interface SshKeyMaterial {
  /** How the text has it. */
  readonly encoding: SshKeyEncoding
  readonly algorithm: string
  readonly key: KeyObject
  /** In the wire format, which is the same however the text has it. */
  readonly blob: Buffer
}

const LINE = /^(\S+)[ \t]+(\S+)(?:[ \t][^\r\n]*)?$/
/** Of all that PEM is used for, these two: a private key must not get here by accident, and OpenSSL would read it. */
const PEM = /^-----BEGIN (PUBLIC KEY|RSA PUBLIC KEY)-----\r?\n([\w+/=\r\n]+)-----END \1-----$/
const RSA_BITS = { from: 2048, to: 16_384 }

/**
 * Reads a public key: a line of OpenSSH with or without a comment, or PEM (SubjectPublicKeyInfo; PKCS #1 for RSA). RSA keys have
 * 2048 to 16384 bits; Ed25519 and the curves of NIST go beyond IAM. Throws UnrecognizedPublicKeyEncoding when the text is
 * neither, InvalidPublicKey when it is one of them and no such key. White space around the text does not count.
 */
export function readSshKey(body: string): SshKeyMaterial {
  const text = body.trim()
  const [, label, encoded] = PEM.exec(text) ?? []
  if (label !== undefined && encoded !== undefined) return fromPem(label, encoded)
  const [, algorithm, blob] = LINE.exec(text) ?? []
  if (algorithm !== undefined && blob !== undefined && SSH_ALGORITHMS.includes(algorithm)) {
    return fromLine(algorithm, blob)
  }
  throw new IamError(
    'UnrecognizedPublicKeyEncoding',
    `The public key must be a line of OpenSSH (${SSH_ALGORITHMS.join(', ')}) or a public key in PEM format.`,
  )
}

/** The key as it is asked for: the text itself where that has it so already, its comment included. */
export function sshKeyBody(body: string, encoding: SshKeyEncoding): string {
  const { algorithm, blob, key, ...read } = readSshKey(body)
  if (encoding === read.encoding) return body
  return encoding === 'SSH'
    ? `${algorithm} ${blob.toString('base64')}`
    : key.export({ type: 'spki', format: 'pem' }).toString()
}

/** The MD5 of the key in the wire format, as IAM and `ssh-keygen -E md5 -l` print it: 16 pairs of digits with colons between. */
export function sshFingerprint(body: string): string {
  return createHash('md5')
    .update(readSshKey(body).blob)
    .digest('hex')
    .replace(/..(?!$)/g, '$&:')
}

/** Tells keys apart whatever their encoding and comment. MD5 would not: two keys can be made to have one. */
export function sshKeyDigest({ blob }: SshKeyMaterial): string {
  return createHash('sha256').update(blob).digest('hex')
}

function fromLine(algorithm: string, encoded: string): SshKeyMaterial {
  const blob = bytesOf(encoded)
  const read = blob && readSshBlob(blob)
  if (!blob || read?.algorithm !== algorithm) throw invalid('It is malformed.')
  checkStrength(read.key)
  return { encoding: 'SSH', algorithm, key: read.key, blob }
}

function fromPem(label: string, encoded: string): SshKeyMaterial {
  const type = label === 'PUBLIC KEY' ? 'spki' : 'pkcs1'
  const der = bytesOf(encoded.replaceAll(/[\r\n]/g, ''))
  const key = der && publicKey(der, type)
  if (!key) throw invalid('It is malformed.')
  const blob = sshBlobOf(key)
  const read = blob && readSshBlob(blob)
  if (!read) throw invalid(`It must be for one of ${SSH_ALGORITHMS.join(', ')}.`)
  checkStrength(key)
  return { encoding: 'PEM', algorithm: read.algorithm, key, blob }
}

function publicKey(key: Buffer, type: 'spki' | 'pkcs1'): KeyObject | null {
  try {
    const read = createPublicKey({ key, format: 'der', type })
    // Written again it is the same, or there was something behind it; no point at infinity can be written.
    return read.export({ type, format: 'der' }).equals(key) ? read : null
  } catch {
    return null
  }
}

/** An exponent of one would make every message its own signature. */
function checkStrength({
  asymmetricKeyType,
  asymmetricKeyDetails: { modulusLength = 0, publicExponent = 0n } = {},
}: KeyObject) {
  if (asymmetricKeyType !== 'rsa') return
  if (modulusLength < RSA_BITS.from || modulusLength > RSA_BITS.to) {
    throw invalid(`An RSA key must have ${RSA_BITS.from} to ${RSA_BITS.to} bits.`)
  }
  if (publicExponent < 3n || publicExponent % 2n === 0n) throw invalid('Its exponent must be odd and at least 3.')
}

/** Base64 as an encoder writes it, padding included; null for anything else. */
function bytesOf(encoded: string): Buffer | null {
  const bytes = Buffer.from(encoded, 'base64')
  return bytes.toString('base64') === encoded ? bytes : null
}

function invalid(reason: string): IamError {
  return new IamError('InvalidPublicKey', `The public key is invalid. ${reason}`)
}
