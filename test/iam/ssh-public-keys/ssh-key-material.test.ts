import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  readSshKey,
  sshFingerprint,
  sshKeyBody,
  sshKeyDigest,
} from '../../../src/iam/ssh-public-keys/ssh-key-material.ts'
import { INFINITE_PUBLIC_KEY } from '../../support/hostile-certificates.ts'
import { refusal } from '../../support/call.ts'
import { DSA, RSA_PKCS1, SHORT_RSA, SSH_KEYS } from '../../support/ssh-keys.ts'

const codeOf = async (body: string) => (await refusal(() => readSshKey(body))).code
const digestOf = (body: string) => sshKeyDigest(readSshKey(body))
const [algorithm = '', encoded = ''] = SSH_KEYS.rsa.line.split(' ')
const blob = Buffer.from(encoded, 'base64')
const line = (bytes: Buffer, of = algorithm) => `${of} ${bytes.toString('base64')}`

/** A field of the wire format. */
function field(content: Buffer | string): Buffer {
  const bytes = Buffer.from(content)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

const fields = (...contents: readonly (Buffer | string)[]) => Buffer.concat(contents.map(field))
/** A modulus of so many bits. */
const modulus = (bits: number) => Buffer.concat([Buffer.of(0), Buffer.alloc(bits / 8, 0xff)])

describe.each(Object.entries(SSH_KEYS))('a key of the kind %s', (_kind, key) => {
  test('has the fingerprint that ssh-keygen prints', () => {
    expect(sshFingerprint(key.line)).toBe(key.fingerprint)
  })

  test('comes back as it was uploaded, with its comment', () => {
    expect(sshKeyBody(key.line, 'SSH')).toBe(key.line)
  })

  test('is the same key in PEM, and back again without a comment', () => {
    const pem = sshKeyBody(key.line, 'PEM')
    if (key.pem !== null) expect(pem).toBe(key.pem)
    expect(digestOf(pem)).toBe(digestOf(key.line))
    expect(sshFingerprint(pem)).toBe(key.fingerprint)
    expect(sshKeyBody(pem, 'PEM')).toBe(pem)
    expect(sshKeyBody(pem, 'SSH')).toBe(key.line.split(' ').slice(0, 2).join(' '))
  })
})

describe('reading a public key', () => {
  test('takes PKCS #1 for RSA, and keeps it as it is', () => {
    expect(digestOf(RSA_PKCS1)).toBe(digestOf(SSH_KEYS.rsa.line))
    expect(sshKeyBody(RSA_PKCS1, 'PEM')).toBe(RSA_PKCS1)
  })

  test.each([
    ['without a comment', `${algorithm} ${encoded}`],
    ['with a comment of several words', `${algorithm} ${encoded} Ünal at home`],
    ['with white space around it', `\n ${SSH_KEYS.rsa.line}\r\n`],
    ['with tabs', `${algorithm}\t${encoded}\tcomment`],
  ])('takes a line %s as the same key', (_, body) => {
    expect(digestOf(body)).toBe(digestOf(SSH_KEYS.rsa.line))
  })

  test.each([
    ['nothing that is known', 'hello'],
    ['an algorithm alone', 'ssh-rsa'],
    ['DSA', DSA],
    ['options of authorized_keys before it', `command="ls" ${SSH_KEYS.rsa.line}`],
    ['a second line', `${SSH_KEYS.rsa.line}\n${SSH_KEYS.p256.line}`],
    ['the format of RFC 4716', `---- BEGIN SSH2 PUBLIC KEY ----\n${encoded}\n---- END SSH2 PUBLIC KEY ----`],
    ['PEM of two kinds', RSA_PKCS1.replace('END RSA PUBLIC', 'END PUBLIC')],
    ['a private key', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
  ])('does not recognize %s', async (_, body) => {
    expect(await codeOf(body)).toBe('UnrecognizedPublicKeyEncoding')
  })

  test.each([
    ['too short an RSA key', SHORT_RSA],
    ['too long an RSA key', line(fields('ssh-rsa', Buffer.of(1, 0, 1), modulus(16_392)))],
    ['an RSA key whose exponent is one', line(fields('ssh-rsa', Buffer.of(1), modulus(2048)))],
    ['an RSA key whose exponent is even', line(fields('ssh-rsa', Buffer.of(4), modulus(2048)))],
    ['a cut off key', line(blob.subarray(0, -1))],
    ['something behind the key', line(Buffer.concat([blob, field('more')]))],
    ['a length beyond the end', line(Buffer.concat([blob, Buffer.of(255, 255, 255, 255)]))],
    ['a key of another algorithm than it says', line(blob, 'ssh-ed25519')],
    ['a number with zeros before it', line(fields('ssh-rsa', Buffer.of(0, 1, 0, 1), modulus(2048)))],
    ['a negative number', line(fields('ssh-rsa', Buffer.of(1, 0, 1), modulus(2048).subarray(1)))],
    [
      'a point beside the curve',
      line(fields('ecdsa-sha2-nistp256', 'nistp256', Buffer.alloc(65, 4)), 'ecdsa-sha2-nistp256'),
    ],
    [
      'a point of another curve',
      line(fields('ecdsa-sha2-nistp256', 'nistp384', Buffer.alloc(97, 4)), 'ecdsa-sha2-nistp256'),
    ],
    ['half of an Ed25519 key', line(fields('ssh-ed25519', Buffer.alloc(16)), 'ssh-ed25519')],
    ['base64 without padding', SSH_KEYS.p256.line.replace('= ', ' ')],
    ['what is no base64', 'ssh-rsa !!!!'],
    ['PEM with nothing in it', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
    ['something behind the key in PEM', trailing(SSH_KEYS.p256.pem)],
    ['a curve that SSH has not', pemOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey)],
    ['a key that cannot sign', pemOf(generateKeyPairSync('x25519').publicKey)],
  ])('refuses %s', async (_, body) => {
    expect(await codeOf(body)).toBe('InvalidPublicKey')
  })
})

function pemOf(key: ReturnType<typeof generateKeyPairSync>['publicKey']): string {
  return key.export({ type: 'spki', format: 'pem' }).toString()
}

function trailing(pem: string): string {
  const [begin = '', ...rest] = pem.trim().split('\n')
  const end = rest.pop() ?? ''
  const longer = Buffer.concat([Buffer.from(rest.join(''), 'base64'), Buffer.of(0, 0, 0)]).toString('base64')
  return [begin, longer, end].join('\n')
}

test('a key that is the point at infinity is refused, and does not end the process', async () => {
  expect(await codeOf(INFINITE_PUBLIC_KEY)).toBe('InvalidPublicKey')
})
