import { createHmac, createSign, type KeyObject } from 'node:crypto'
import * as fc from 'fast-check'
import jsonwebtoken from 'jsonwebtoken'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type AccessTokenClaims,
  createKeyring,
  createSigningKey,
  createVerifiedTokens,
  type Keyring,
  type SigningKey,
  signAccessToken,
  verifyAccessToken,
} from '../../../src/authn/jwt/index.ts'
import { seal } from '../../../src/authn/jwt/token-seal.ts'

const now = new Date('2025-01-02T03:04:05Z')
const issuedAt = now.getTime() / 1000
const issuer = 'https://iam.example.com'
const audience = 'latchkey'
const claims: AccessTokenClaims = {
  iss: issuer,
  aud: audience,
  sub: 'AIDARZPUZDIKABCDEFGHI',
  jti: 'session-1',
  iat: issuedAt,
  exp: issuedAt + 3600,
  account: '123456789012',
  kind: 'user',
  credential: 'PASSWORD',
}

const seals = { currentKeyId: 's', keys: new Map([['s', new Uint8Array(32).fill(3)]]) }

let key: SigningKey
let other: SigningKey
let keyring: Keyring
let token: string
beforeAll(async () => {
  key = await createSigningKey(now)
  other = await createSigningKey(now)
  keyring = createKeyring([key])
  token = signAccessToken(key, claims, seals)
})

const invalid = {
  ok: false,
  error: {
    code: 'InvalidClientTokenId',
    httpStatus: 403,
    message: 'The security token included in the request is invalid.',
  },
}
const expired = {
  ok: false,
  error: { code: 'ExpiredToken', httpStatus: 403, message: 'The security token included in the request is expired' },
}

const verify = (text: string, rest: Partial<Parameters<typeof verifyAccessToken>[2]> = {}, ring = keyring) =>
  verifyAccessToken(text, ring, { issuer, audience, now, seals, ...rest })
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The seal of these claims, which are in the order in which they are sealed. */
const sealed = <T extends object>(payload: T) => ({ ...payload, seal: seal(JSON.stringify(payload), key.kid, seals) })

/** A token with any header and payload, signed with RSA-SHA256 whatever the header says, and sealed when it is an object. */
function forge(header: unknown, payload: unknown, privateKey?: KeyObject): string {
  return signed(header, typeof payload === 'object' && payload !== null ? sealed(payload) : payload, privateKey)
}

function signed(header: unknown, payload: unknown, privateKey: KeyObject | undefined = key.privateKey): string {
  const text = `${base64(header)}.${base64(payload)}`
  return `${text}.${createSign('sha256').update(text).sign(privateKey!).toString('base64url')}`
}

test('a token carries its claims and the kid of the key that signed it', () => {
  expect(verify(token)).toEqual({ ok: true, claims, kid: key.kid })
  expect(jsonwebtoken.decode(token, { complete: true })?.header).toEqual({ alg: 'RS256', typ: 'JWT', kid: key.kid })
  const all: AccessTokenClaims = {
    ...claims,
    kind: 'root',
    credential: 'SESSION',
    mfa_time: issuedAt - 60,
    issuing_key: 'AKIA',
    source_identity: 'bob',
  }
  expect(verify(signAccessToken(key, all, seals))).toEqual({ ok: true, claims: all, kid: key.kid })
})

test('a token is good to the last second before its expiry, and then expired', () => {
  expect(verify(token, { now: later(3599) }).ok).toBe(true)
  expect(verify(token, { now: later(3600) })).toMatchObject(expired)
})

test('a token for another issuer or audience is refused', () => {
  expect(verify(token, { issuer: 'https://other.example.com' })).toMatchObject(invalid)
  expect(verify(token, { audience: 'other' })).toMatchObject(invalid)
  expect(verify(forge({ alg: 'RS256', kid: key.kid }, { ...claims, aud: [audience, 'other'] }))).toMatchObject(invalid)
})

test('an unknown kid is told apart, so that keys can be loaded again', () => {
  expect(verify(signAccessToken(other, claims, seals))).toMatchObject({ ...invalid, unknownKid: other.kid })
  expect(verify(token)).not.toHaveProperty('unknownKid')
  expect(verify('rubbish')).not.toHaveProperty('unknownKid')
})

const headerOf = () => ({ alg: 'RS256', kid: key.kid })
/** The claims of a token and their seal. */
const wholeOf = (text: string) => ({ ...Object(jsonwebtoken.decode(text)) })
const judged = (changes: Partial<SigningKey>, at: Date) =>
  verify(token, { now: at }, createKeyring([{ ...key, ...changes }]))

describe('a key that signs', () => {
  test('vouches, once it is retired, for nothing that was issued later, and for nothing at all after the longest lifetime', () => {
    const fresh = later(3599)
    expect(judged({ retiredAt: now }, fresh).ok).toBe(true)
    expect(judged({ retiredAt: later(-1) }, fresh)).toMatchObject(invalid)
    const old = { ...claims, exp: issuedAt + 36 * 3600 }
    const longest = signAccessToken(key, old, seals)
    const ring = createKeyring([{ ...key, retiredAt: now }])
    const verified = createVerifiedTokens()
    expect(verify(longest, { verified, now: later(36 * 3600 - 1) }, ring).ok).toBe(true)
    const gone = createKeyring([{ ...key, retiredAt: later(-1) }])
    expect(verify(longest, { verified, now: later(36 * 3600 - 1) }, gone)).toMatchObject(invalid)
    expect(() => signAccessToken(key, { ...old, exp: old.exp + 1 }, seals)).toThrow(/outlive/)
  })

  test('vouches for nothing before its time, but for what a clock may be ahead', () => {
    expect(judged({ signsFrom: later(61) }, now)).toMatchObject(invalid)
    expect(judged({ signsFrom: later(60) }, now).ok).toBe(true)
    const verified = createVerifiedTokens()
    verify(token, { verified })
    expect(verify(token, { verified }, createKeyring([{ ...key, signsFrom: later(600) }]))).toMatchObject(invalid)
  })
})

describe('whoever has the RSA key, and not what tokens are sealed with', () => {
  test('mints no token: neither without a seal nor with one of their own', () => {
    expect(verify(signed(headerOf(), claims))).toMatchObject(invalid)
    for (const made of ['', 's', 's.', 's.AAAA', `x.${'A'.repeat(43)}`, `s.${'A'.repeat(43)}`, 0, null])
      expect(verify(signed(headerOf(), { ...claims, seal: made }))).toMatchObject(invalid)
    const own = { currentKeyId: 's', keys: new Map([['s', new Uint8Array(32)]]) }
    expect(verify(signAccessToken(key, claims, own))).toMatchObject(invalid)
  })

  test('changes nothing in a token that was issued, and carries it under no other key', () => {
    expect(verify(signed(headerOf(), wholeOf(token))).ok).toBe(true)
    for (const change of [
      { exp: claims.exp + 1 },
      { iat: claims.iat - 1 },
      { jti: 'session-2' },
      { sub: '123456789012' },
      { account: '210987654321' },
      { kind: 'root' },
      { credential: 'SESSION' },
      { mfa_time: issuedAt },
      { issuing_key: 'AKIA' },
      { source_identity: 'eve' },
      { session_token: 'x' },
    ])
      expect(verify(signed(headerOf(), { ...wholeOf(token), ...change })), JSON.stringify(change)).toMatchObject(
        invalid,
      )
    const moved = signed({ alg: 'RS256', kid: other.kid }, wholeOf(token), other.privateKey)
    expect(verify(moved, {}, createKeyring([key, other]))).toMatchObject(invalid)
  })

  test('is told apart from a token under an older master key, which stays good', () => {
    const both = { currentKeyId: 'new', keys: new Map([...seals.keys, ['new', new Uint8Array(32).fill(4)]]) }
    expect(verify(token, { seals: both }).ok).toBe(true)
    expect(verify(token, { seals: { ...both, keys: new Map([['new', both.keys.get('new')!]]) } })).toMatchObject(
      invalid,
    )
  })
})

describe('attacks', () => {
  test('the forger of these tests can make a good token', () => {
    expect(verify(forge({ alg: 'RS256', kid: key.kid }, claims)).ok).toBe(true)
  })

  test('alg none, with and without a signature', () => {
    for (const alg of ['none', 'None', 'NONE', '']) {
      const text = `${base64({ alg, typ: 'JWT', kid: key.kid })}.${base64(claims)}`
      for (const signature of ['', 'AA', token.split('.')[2]])
        expect(verify(`${text}.${signature}`)).toMatchObject(invalid)
      expect(verify(text)).toMatchObject(invalid)
    }
  })

  test('HS256 keyed by the public key', () => {
    const text = `${base64({ alg: 'HS256', typ: 'JWT', kid: key.kid })}.${base64(claims)}`
    for (const secret of [
      key.publicKey.export({ type: 'spki', format: 'pem' }),
      key.publicKey.export({ type: 'spki', format: 'der' }),
      key.publicKey.export({ type: 'pkcs1', format: 'pem' }),
      JSON.stringify(key.publicKey.export({ format: 'jwk' })),
    ])
      expect(verify(`${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`)).toMatchObject(invalid)
  })

  test('another algorithm of the same key', () => {
    for (const algorithm of ['RS384', 'RS512', 'PS256'] as const)
      expect(verify(jsonwebtoken.sign(claims, key.privateKey!, { algorithm, keyid: key.kid }))).toMatchObject(invalid)
  })

  test('a stranger key under a known kid, in the header or in a link', () => {
    const header = { alg: 'RS256', kid: key.kid, jwk: other.publicKey.export({ format: 'jwk' }), jku: 'https://evil/' }
    expect(verify(forge(header, claims, other.privateKey))).toMatchObject(invalid)
  })

  test('headers without kid, with a kid that is no text, or with critical extensions', () => {
    for (const header of [
      { alg: 'RS256' },
      { alg: 'RS256', kid: 0 },
      { alg: 'RS256', kid: [key.kid] },
      { alg: ['RS256'], kid: key.kid },
      { alg: 'RS256', kid: key.kid, crit: ['exp'], exp: 1 },
      { alg: 'RS256', kid: key.kid, crit: null },
      null,
      'RS256',
    ])
      expect(verify(forge(header, claims))).toMatchObject(invalid)
    expect(verify(forge({ alg: 'RS256', kid: '__proto__' }, claims))).toMatchObject(invalid)
  })

  test('claims left out or of another type, though truly signed', () => {
    const header = { alg: 'RS256', kid: key.kid }
    for (const name of Object.keys(claims)) {
      expect(verify(forge(header, { ...claims, [name]: undefined })), name).toMatchObject(invalid)
      expect(verify(forge(header, { ...claims, [name]: { toString: 'x' } })), name).toMatchObject(invalid)
    }
    for (const wrong of [
      { exp: String(claims.exp) },
      { exp: claims.exp + 0.5 },
      { exp: -1 },
      { kind: 'admin' },
      { mfa_time: 'now' },
    ])
      expect(verify(forge(header, { ...claims, ...wrong }))).toMatchObject(invalid)
    for (const payload of [null, [], 'text', 1]) expect(verify(forge(header, payload))).toMatchObject(invalid)
  })

  test('what is not a token at all', () => {
    for (const text of [
      '',
      '.',
      '..',
      'a.b.c',
      `${token}.`,
      `.${token}`,
      ` ${token}`,
      `${token}=`,
      `${token}\n`,
      '漢.字.x',
    ])
      expect(verify(text)).toMatchObject(invalid)
  })

  test('any one character changed, the spare bits at the end included', () => {
    const last = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
    expect(last.filter((one) => verify(token.slice(0, -1) + one).ok)).toEqual([token.at(-1)])
    fc.assert(
      fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom(...last), (at, one) => {
        fc.pre(token[at] !== one)
        expect(verify(token.slice(0, at) + one + token.slice(at + 1)).ok).toBe(false)
      }),
    )
  })
})

describe('tokens that were verified before', () => {
  test('expire all the same', () => {
    const verified = createVerifiedTokens()
    expect(verify(token, { verified })).toEqual({ ok: true, claims, kid: key.kid })
    expect(verified.get(token)).toBeDefined()
    expect(verify(token, { verified, now: later(3599) }).ok).toBe(true)
    expect(verify(token, { verified, now: later(3600) })).toMatchObject(expired)
  })

  test('are asked for issuer and audience again', () => {
    const verified = createVerifiedTokens()
    verify(token, { verified })
    expect(verify(token, { verified, audience: 'other' })).toMatchObject(invalid)
    expect(verify(token, { verified, issuer: 'other' })).toMatchObject(invalid)
  })

  test('end when their key is taken from the ring, or another key stands under its kid', () => {
    const verified = createVerifiedTokens()
    verify(token, { verified })
    expect(verify(token, { verified }, createKeyring([other]))).toMatchObject({ ...invalid, unknownKid: key.kid })
    expect(verified.get(token)).toBeUndefined()
    verify(token, { verified })
    expect(verify(token, { verified }, createKeyring([{ ...other, kid: key.kid }]))).toMatchObject(invalid)
    expect(verify(token, { verified }).ok).toBe(true)
  })

  test('survive the retirement of their key', () => {
    const verified = createVerifiedTokens()
    const retired = createKeyring([{ ...key, retiredAt: now }, other])
    expect(verify(token, { verified }, retired).ok).toBe(true)
    expect(verify(token, { verified }, retired).ok).toBe(true)
  })

  test('are never tokens that failed', () => {
    const verified = createVerifiedTokens()
    const forged = `${token.slice(0, -2)}AA`
    verify(forged, { verified })
    verify(token, { verified, now: later(3600) })
    expect([verified.get(forged), verified.get(token)]).toEqual([undefined, undefined])
    verify(token, { verified })
    expect(verified.get(token)).toBeDefined()
  })

  test('cannot be changed by whoever was handed the claims', () => {
    const result = verify(token, { verified: createVerifiedTokens() })
    expect(result.ok && Object.isFrozen(result.claims)).toBe(true)
  })
})

test('a retired key, and one whose private half is elsewhere, sign nothing', () => {
  expect(() => signAccessToken({ ...key, retiredAt: now }, claims, seals)).toThrow(/retired/)
  expect(() => signAccessToken({ ...key, privateKey: undefined }, claims, seals)).toThrow(/no private key/)
})
