import { createPublicKey } from 'node:crypto'
import jsonwebtoken from 'jsonwebtoken'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  createSigningKey,
  deserializeSigningKey,
  isPublished,
  jwks,
  type SigningKey,
  serializeSigningKey,
} from '../../../src/authn/jwt/index.ts'

const now = new Date('2025-01-02T03:04:05Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
let key: SigningKey
beforeAll(async () => {
  key = await createSigningKey(now)
})

test('a new key is RSA of 2048 bits with a kid of its own', async () => {
  expect(key.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048)
  expect(key.createdAt).toBe(now)
  expect((await createSigningKey(now)).kid).not.toBe(key.kid)
})

test('a stored key comes back as it was', () => {
  const stored = serializeSigningKey({ ...key, retiredAt: later(5) })
  expect(stored.publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n/)
  const back = deserializeSigningKey(stored)
  expect(back).toMatchObject({ kid: key.kid, createdAt: now, retiredAt: later(5) })
  expect(back.publicKey.equals(key.publicKey)).toBe(true)
  expect(back.privateKey?.equals(key.privateKey!)).toBe(true)
  expect(deserializeSigningKey({ ...stored, privateKey: undefined, retiredAt: null })).toMatchObject({
    privateKey: undefined,
    retiredAt: undefined,
  })
})

test('a kid never stands for another key', async () => {
  const other = serializeSigningKey(await createSigningKey(now))
  expect(() => deserializeSigningKey({ ...other, kid: key.kid })).toThrow(/does not match its kid/)
})

const set = (keys: SigningKey[], at = now) => jwks(keys, at)
const LONGEST_SECONDS = 36 * 3600

describe('the published key set', () => {
  test('has the public half only, and verifies tokens in any JOSE library', () => {
    const document = set([key])
    expect(Object.keys(document.keys[0]!).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
    expect(document.keys[0]).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256', kid: key.kid, e: 'AQAB' })
    const published = createPublicKey({ key: { ...document.keys[0]! }, format: 'jwk' })
    const token = jsonwebtoken.sign({ sub: 'x' }, key.privateKey!, { algorithm: 'RS256' })
    expect(jsonwebtoken.verify(token, published, { algorithms: ['RS256'] })).toMatchObject({ sub: 'x' })
  })

  test('keeps a retired key until the last token that it signed has expired', () => {
    const retired = { ...key, retiredAt: now }
    expect(set([retired], later(LONGEST_SECONDS - 1)).keys).toHaveLength(1)
    expect(set([retired], later(LONGEST_SECONDS)).keys).toHaveLength(0)
    expect(isPublished(key, later(1e9))).toBe(true)
  })
})
