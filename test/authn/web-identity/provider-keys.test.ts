import { generateKeyPairSync } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { createProviderKeys, type ProviderKeys } from '../../../src/authn/web-identity/index.ts'
import { jwkOf, newPair, type SigningPair } from '../../support/identity-provider.ts'
import { type TestClock, testClock } from '../../support/services.ts'

const ISSUER = 'https://idp.example.com/realms/staff'
const CONFIGURATION = `${ISSUER}/.well-known/openid-configuration`
const KEYS = 'https://keys.example.com/all'
const [first, second, elliptic] = [newPair(), newPair(), newPair('ES256')]

let clock: TestClock
let documents: Map<string, unknown>
let asked: string[]
let warned: object[]
let keys: ProviderKeys

const publish = (...published: readonly object[]) => documents.set(KEYS, { keys: published })
const tokenOf = ({ kid, alg }: SigningPair) => ({ keyId: kid, algorithm: alg })
const find = (keyId: string, algorithm: SigningPair['alg']) => keys.find(ISSUER, { keyId, algorithm })
const found = async (pair: SigningPair) => (await keys.find(ISSUER, tokenOf(pair))).length

/** RFC 7518 §2: Base64urlUInt. */
const numberOf = (value: bigint) => {
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url')
}
const modulus = (bits: bigint) => ({ ...jwkOf(first), n: numberOf(2n ** (bits - 1n) + 1n) })

beforeEach(() => {
  clock = testClock()
  asked = []
  warned = []
  documents = new Map([[CONFIGURATION, { issuer: ISSUER, jwks_uri: KEYS }]])
  publish(jwkOf(first))
  keys = createProviderKeys({
    clock,
    log: { warn: (details) => void warned.push(details) },
    fetchDocument: async (url) => {
      asked.push(url)
      await Promise.resolve()
      if (!documents.has(url)) throw new Error('nobody is there')
      return documents.get(url)
    },
  })
})

describe('how often a provider is asked', () => {
  test('once for all tokens of ten minutes, and then again', async () => {
    for (let n = 0; n < 3; n++) expect(await found(first)).toBe(1)
    expect(asked).toEqual([CONFIGURATION, KEYS])
    clock.advance(599_999)
    await found(first)
    expect(asked).toHaveLength(2)
    clock.advance(1)
    await found(first)
    expect(asked).toHaveLength(4)
  })

  test('once at a time', async () => {
    expect(await Promise.all([found(first), found(first), found(second)])).toEqual([1, 1, 0])
    expect(asked).toHaveLength(2)
  })

  test('once in half a minute for keys that it does not have, whatever their names', async () => {
    await found(first)
    clock.advance(30_000)
    for (let n = 0; n < 10; n++) await keys.find(ISSUER, { keyId: `made up ${n}`, algorithm: 'RS256' })
    expect(asked).toHaveLength(4)
    clock.advance(29_999)
    await found(second)
    expect(asked).toHaveLength(4)
  })

  test('once in half a minute while it is away', async () => {
    documents.clear()
    for (let n = 0; n < 10; n++) expect(await found(first)).toBe(0)
    expect(asked).toEqual([CONFIGURATION])
    expect(warned).toMatchObject([{ issuer: ISSUER, err: { message: 'nobody is there' } }])
    documents.set(CONFIGURATION, { issuer: ISSUER, jwks_uri: KEYS })
    publish(jwkOf(first))
    clock.advance(30_000)
    expect(await found(first)).toBe(1)
  })
})

describe('keys that change', () => {
  test('are found when a token names one that is new', async () => {
    await found(first)
    publish(jwkOf(first), jwkOf(second))
    clock.advance(30_000)
    expect(await found(second)).toBe(1)
    expect(await found(first)).toBe(1)
  })

  test('are forgotten at the latest ten minutes after they were taken back', async () => {
    await found(first)
    publish(jwkOf(second))
    clock.advance(600_000)
    expect(await found(first)).toBe(0)
  })

  test('are not believed any longer because the provider went away', async () => {
    await found(first)
    documents.clear()
    clock.advance(600_000)
    expect(await found(first)).toBe(0)
  })

  test('stay when a provider that is asked for another one does not answer', async () => {
    await found(first)
    documents.clear()
    clock.advance(30_000)
    expect(await found(second)).toBe(0)
    expect(await found(first)).toBe(1)
  })
})

describe('a key is taken', () => {
  test('only for the kind of signature that it is for', async () => {
    publish(jwkOf(elliptic), { ...jwkOf(first), alg: undefined })
    expect(await find(elliptic.kid, 'ES256')).toHaveLength(1)
    expect(await find(elliptic.kid, 'ES384')).toEqual([])
    expect(await find(elliptic.kid, 'RS256')).toEqual([])
    expect(await find(first.kid, 'RS256')).toHaveLength(1)
    expect(await find(first.kid, 'RS512')).toHaveLength(1)
    expect(await find(first.kid, 'ES256')).toEqual([])
  })

  test('without a name only when there is no other', async () => {
    publish(jwkOf(first), jwkOf(elliptic))
    expect(await keys.find(ISSUER, { keyId: null, algorithm: 'RS256' })).toHaveLength(1)
    publish(jwkOf(first), jwkOf(second))
    clock.advance(600_000)
    expect(await keys.find(ISSUER, { keyId: null, algorithm: 'RS256' })).toEqual([])
  })

  test.each([
    ['is for encryption', () => ({ ...jwkOf(first), use: 'enc' })],
    ['is a secret', () => ({ kty: 'oct', k: 'c2VjcmV0', kid: first.kid })],
    ['is broken', () => ({ kty: 'RSA', n: '!', kid: first.kid })],
    [
      'is too short',
      () => ({
        ...generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' }),
        kid: first.kid,
      }),
    ],
  ])('not when it %s, and others are taken all the same', async (_what, bad) => {
    publish(bad(), jwkOf(second))
    expect(await found(first)).toBe(0)
    expect(await found(second)).toBe(1)
  })
})

test.each([
  ['of another issuer', { issuer: 'https://idp.example.com/realms/other', jwks_uri: KEYS }],
  ['whose keys are not behind https', { issuer: ISSUER, jwks_uri: 'http://keys.example.com/all' }],
  ['without keys', { issuer: ISSUER }],
  ['that is no configuration', ['hello']],
])('a configuration %s is not followed', async (_what, document) => {
  documents.set(CONFIGURATION, document)
  expect(await found(first)).toBe(0)
  expect(asked).toEqual([CONFIGURATION])
})

test('a slash at the end of an issuer is not doubled', async () => {
  documents.set('https://idp.example.com/.well-known/openid-configuration', {
    issuer: 'https://idp.example.com/',
    jwks_uri: KEYS,
  })
  expect(await keys.find('https://idp.example.com/', tokenOf(first))).toHaveLength(1)
})

describe('a hostile key set costs no more than an honest one', () => {
  test.each([
    ['1', 1n],
    ['even', 65_536n],
    ['of 33 bits', 2n ** 32n + 1n],
    ['of 2,000 bits', 2n ** 2000n + 1n],
    ['of 80,000 bits', 2n ** 80_000n + 1n],
  ])('because an RSA exponent that is %s makes it no key', async (_what, e) => {
    publish({ ...jwkOf(first), e: numberOf(e) }, jwkOf(second))
    expect(await found(first)).toBe(0)
    expect(await found(second)).toBe(1)
  })

  test.each([3n, 65_537n, 2n ** 32n - 1n])('while the exponent %s is taken', async (e) => {
    publish({ ...jwkOf(first), e: numberOf(e) })
    expect(await found(first)).toBe(1)
  })

  test('because a modulus of other than 2,048 to 8,192 bits makes it no key', async () => {
    for (const [bits, taken] of [
      [2_047n, 0],
      [2_048n, 1],
      [8_192n, 1],
      [8_193n, 0],
      [1_000_000n, 0],
    ] as const) {
      publish(modulus(bits))
      clock.advance(600_000)
      expect([bits, await found(first)]).toEqual([bits, taken])
    }
  })

  test('because a set of more than a hundred keys is none, and few keys of one id are tried', async () => {
    publish(...Array.from({ length: 100 }, () => jwkOf(first)))
    expect(await found(first)).toBe(4)
    publish(...Array.from({ length: 101 }, () => jwkOf(second)))
    clock.advance(600_000)
    expect(await found(second)).toBe(0)
  })
})
