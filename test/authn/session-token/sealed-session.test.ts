import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  openSession,
  type SessionKeyring,
  type SessionPayload,
  sealSession,
} from '../../../src/authn/session-token/index.ts'

const ring: SessionKeyring = { currentKeyId: 'k1', keys: new Map([['k1', Buffer.alloc(32, 1)]]) }
const instant = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
const text = fc.string({ unit: 'binary', maxLength: 40 })
const nullable = fc.option(text)

const payloads: fc.Arbitrary<SessionPayload> = fc
  .record({
    kind: fc.constantFrom('root', 'user', 'role'),
    accessKeyId: fc.stringMatching(/^ASIA[A-Z2-7]{16}$/),
    secretAccessKey: fc.stringMatching(/^[A-Za-z0-9+/]{40}$/),
    accountId: fc.stringMatching(/^\d{12}$/),
    userId: text,
    issuingAccessKeyId: nullable,
    issuedAt: instant,
    expiresAt: instant,
    mfaAt: fc.option(instant),
    sourceIdentity: nullable,
    role: fc.record({
      roleId: text,
      sessionName: text,
      policies: fc.array(text, { maxLength: 2 }),
      policyArns: fc.array(text, { maxLength: 3 }),
      tags: fc.array(fc.record({ key: text, value: text, transitive: fc.boolean() }), { maxLength: 3 }),
    }),
  })
  .map(({ role, ...payload }) => (payload.kind === 'role' ? { ...payload, role } : payload))

const sample: SessionPayload = {
  kind: 'user',
  accessKeyId: 'ASIARZPUZDIKFABCDEF2',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  accountId: '123456789012',
  userId: 'AIDARZPUZDIKABCDEFGHI',
  issuingAccessKeyId: 'AKIARZPUZDIKFABCDEF2',
  issuedAt: new Date('2025-01-02T03:04:05Z'),
  expiresAt: new Date('2025-01-02T15:04:05Z'),
  mfaAt: null,
  sourceIdentity: null,
}

test('what was sealed opens to the same session', () => {
  fc.assert(
    fc.property(payloads, (payload) => {
      expect(openSession(sealSession(payload, ring, randomBytes), ring)).toEqual(payload)
    }),
  )
})

test('a token is plain base64 text without padding, whatever its length', () => {
  for (let length = 0; length < 6; length++) {
    const token = sealSession({ ...sample, userId: 'x'.repeat(length) }, ring, randomBytes)
    expect(token).toMatch(/^LKS1[A-Za-z0-9+/]+$/)
    expect(openSession(token, ring)?.userId).toBe('x'.repeat(length))
  }
})

test('a token shows nothing of what it carries, and two of one session differ', () => {
  const token = sealSession(sample, ring, randomBytes)
  const bytes = Buffer.from(token, 'base64').toString('latin1')
  for (const secret of [sample.secretAccessKey, sample.accessKeyId, sample.userId]) expect(bytes).not.toContain(secret)
  expect(sealSession(sample, ring, randomBytes)).not.toBe(token)
})

test('no bit of a token can be changed', () => {
  const token = sealSession(sample, ring, randomBytes)
  const bytes = Buffer.from(token, 'base64')
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes)
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    expect(openSession(flipped.toString('base64'), ring)).toBeNull()
  }
})

test('cut, lengthened and foreign texts are no tokens', () => {
  const token = sealSession(sample, ring, randomBytes)
  for (let length = 0; length < token.length; length++) expect(openSession(token.slice(0, length), ring)).toBeNull()
  for (const other of [
    `${token}AAAA`,
    `${token}=`,
    ` ${token}`,
    `${token}\n`,
    `${token}!`,
    token.replace('LKS1', 'LKS2'),
  ])
    expect(openSession(other, ring)).toBeNull()
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        fc.base64String(),
        fc.base64String().map((rest) => `LKS1${rest}`),
      ),
      (foreign) => {
        expect(openSession(foreign, ring)).toBeNull()
      },
    ),
  )
})

test('after a rotation old tokens open until their key is taken from the ring', () => {
  const old = sealSession(sample, ring, randomBytes)
  const rotated: SessionKeyring = { currentKeyId: 'k2', keys: new Map([...ring.keys, ['k2', Buffer.alloc(32, 2)]]) }
  const fresh = sealSession(sample, rotated, randomBytes)
  expect(openSession(old, rotated)).toEqual(sample)
  expect(openSession(fresh, rotated)).toEqual(sample)
  expect(openSession(fresh, ring)).toBeNull()
  expect(openSession(old, { currentKeyId: 'k2', keys: new Map([['k2', Buffer.alloc(32, 2)]]) })).toBeNull()
})

test('a key under the name of another opens nothing', () => {
  const token = sealSession(sample, ring, randomBytes)
  expect(openSession(token, { currentKeyId: 'k1', keys: new Map([['k1', Buffer.alloc(32, 9)]]) })).toBeNull()
  const renamed: SessionKeyring = { currentKeyId: 'k9', keys: new Map([['k9', Buffer.alloc(32, 1)]]) }
  const bytes = Buffer.from(token, 'base64')
  bytes.write('k9', 4)
  expect(openSession(bytes.toString('base64'), renamed)).toBeNull()
})

test('a ring without its current key, or with too long a key id, seals nothing', () => {
  expect(() => sealSession(sample, { currentKeyId: 'k1', keys: new Map() }, randomBytes)).toThrow(/No session key k1/)
  const long = 'k'.repeat(256)
  const tooLong: SessionKeyring = { currentKeyId: long, keys: new Map([[long, Buffer.alloc(32)]]) }
  expect(() => sealSession(sample, tooLong, randomBytes)).toThrow(/255 bytes/)
})
