import { createPublicKey, type KeyObject } from 'node:crypto'

/** The curves of RFC 5656 by the last part of an algorithm's name, as JOSE (RFC 7518 §6.2.1.1) and OpenSSL call them. */
const CURVES = [
  { ssh: 'nistp256', jose: 'P-256', openssl: 'prime256v1', bytes: 32 },
  { ssh: 'nistp384', jose: 'P-384', openssl: 'secp384r1', bytes: 48 },
  { ssh: 'nistp521', jose: 'P-521', openssl: 'secp521r1', bytes: 66 },
] as const

/** Names of the algorithms whose keys are read. */
export const SSH_ALGORITHMS: readonly string[] = [
  'ssh-rsa',
  'ssh-ed25519',
  ...CURVES.map(({ ssh }) => `ecdsa-sha2-${ssh}`),
]

/**
 * Reads a public key in the wire format of SSH (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4); null when it is none of
 * `SSH_ALGORITHMS`, or not written in the one way that a key can be: two spellings of one key would be two keys.
 */
export function readSshBlob(blob: Buffer): { readonly algorithm: string; readonly key: KeyObject } | null {
  const [name, ...fields] = fieldsOf(blob) ?? []
  const algorithm = name?.toString('latin1') ?? ''
  const key = keyOf(algorithm, fields)
  return key !== null && sshBlobOf(key)?.equals(blob) ? { algorithm, key } : null
}

/** A public key in the wire format of SSH; null for one that no algorithm of `SSH_ALGORITHMS` is for. */
export function sshBlobOf(key: KeyObject): Buffer | null {
  const { namedCurve } = key.asymmetricKeyDetails ?? {}
  const member = (name: string) => Buffer.from(String(Reflect.get(key.export({ format: 'jwk' }), name)), 'base64url')
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return blobOf('ssh-rsa', mpint(member('e')), mpint(member('n')))
    case 'ed25519':
      return blobOf('ssh-ed25519', member('x'))
    case 'ec': {
      const curve = CURVES.find(({ openssl }) => openssl === namedCurve)
      if (curve === undefined) return null
      const point = Buffer.concat([Buffer.of(UNCOMPRESSED), member('x'), member('y')])
      return blobOf(`ecdsa-sha2-${curve.ssh}`, Buffer.from(curve.ssh), point)
    }
    default:
      return null
  }
}

/** How a point begins that is written with both of its coordinates (SEC 1 §2.3.3). */
const UNCOMPRESSED = 4

function keyOf(algorithm: string, fields: readonly Buffer[]): KeyObject | null {
  const [first, second] = fields
  if (algorithm === 'ssh-rsa' && first && second) return imported({ kty: 'RSA', e: text(first), n: text(second) })
  if (algorithm === 'ssh-ed25519' && first) return imported({ kty: 'OKP', crv: 'Ed25519', x: text(first) })
  const curve = CURVES.find(({ ssh }) => algorithm === `ecdsa-sha2-${ssh}`)
  if (curve === undefined || second === undefined) return null
  const [x, y] = [second.subarray(1, 1 + curve.bytes), second.subarray(1 + curve.bytes)]
  return imported({ kty: 'EC', crv: curve.jose, x: text(x), y: text(y) })
}

/** OpenSSL refuses what is no key, such as a point beside its curve. */
function imported(jwk: Readonly<Record<string, string>>): KeyObject | null {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return null
  }
}

/** Each field is preceded by its length in four bytes (RFC 4251 §5); null when the last one is cut off. */
function fieldsOf(blob: Buffer): Buffer[] | null {
  const fields: Buffer[] = []
  for (let at = 0; at < blob.length; ) {
    if (at + 4 > blob.length) return null
    const end = at + 4 + blob.readUInt32BE(at)
    if (end > blob.length) return null
    fields.push(blob.subarray(at + 4, end))
    at = end
  }
  return fields
}

function blobOf(algorithm: string, ...fields: readonly Buffer[]): Buffer {
  return Buffer.concat(
    [Buffer.from(algorithm), ...fields].flatMap((field) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(field.length)
      return [length, field]
    }),
  )
}

/** A positive number: a first byte of zero keeps the highest bit from meaning a sign (RFC 4251 §5). */
function mpint(magnitude: Buffer): Buffer {
  return (magnitude[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), magnitude]) : magnitude
}

function text(bytes: Buffer): string {
  return bytes.toString('base64url')
}
