import jsonwebtoken from 'jsonwebtoken'
import { z } from 'zod'
import { type AuthenticationError, expiredToken, invalidClientToken } from '../authentication-error.ts'
import { BoundedCache } from '../bounded-cache.ts'
import { type Keyring, LONGEST_TOKEN_MS, type SigningKey, vouchesFor } from './signing-key.ts'
import { isSealed, type SealKeyring, seal } from './token-seal.ts'

const algorithm = 'RS256'

const numericDate = z.int().nonnegative()

const claimsShape = z.object({
  iss: z.string(),
  aud: z.string(),
  /** The caller's unique id, never its name: a new user under an old name is another principal. */
  sub: z.string(),
  /** The session: the id of one that began with signing in, or the `ASIA…` id of temporary credentials. */
  jti: z.string(),
  iat: numericDate,
  exp: numericDate,
  account: z.string(),
  kind: z.enum(['root', 'user', 'role', 'federated']),
  credential: z.enum(['PASSWORD', 'ACCESS_KEY_SIGN_IN', 'SESSION']),
  /** When a second factor was given; absent without one. */
  mfa_time: numericDate.optional(),
  /** The long-term key that temporary credentials were made with, or that somebody signed in with. */
  issuing_key: z.string().optional(),
  source_identity: z.string().optional(),
  /** Roles and federated users: the sealed session token, where session policies and tags stand. It tells its holder nothing. */
  session_token: z.string().optional(),
})

const sealedShape = claimsShape.extend({ seal: z.string() })

/** What an access token says. Times are NumericDate: whole seconds since the epoch (RFC 7519 §2). */
export type AccessTokenClaims = Readonly<z.infer<typeof claimsShape>>

const headerShape = z.object({ alg: z.literal(algorithm), kid: z.string(), crit: z.undefined().optional() })

/** Claims of verified tokens by the token's text, to save the RSA work of the same token's next request. */
export type VerifiedTokens = BoundedCache<string, VerifiedToken>

interface VerifiedToken {
  key: SigningKey
  claims: AccessTokenClaims
}

/** About 2 KB each. */
const MAX_TOKENS = 4096

export function createVerifiedTokens(): VerifiedTokens {
  return new BoundedCache(MAX_TOKENS)
}

export interface VerifyOptions {
  issuer: string
  audience: string
  now: Date
  seals: SealKeyring
  verified?: VerifiedTokens
}

export type AccessTokenResult =
  | { ok: true; claims: AccessTokenClaims; kid: string }
  /** `unknownKid`: set when the keyring lacks the key that the token names; it may be worth loading the keys again. */
  | { ok: false; error: AuthenticationError; unknownKid?: string }

/**
 * Signs and seals an access token.
 *
 * @throws when the key has no private half or is retired, or the token would live longer than any may
 */
export function signAccessToken(key: SigningKey, claims: AccessTokenClaims, seals: SealKeyring): string {
  if (!key.privateKey) throw new Error(`Signing key ${key.kid} has no private key`)
  if (key.retiredAt) throw new Error(`Signing key ${key.kid} is retired`)
  if (claims.exp - claims.iat > LONGEST_TOKEN_MS / 1000) throw new Error('A token would outlive its key')
  const sealed = { ...claims, seal: seal(textOf(claimsShape.parse(claims)), key.kid, seals) }
  return jsonwebtoken.sign(sealed, key.privateKey, { algorithm, keyid: key.kid })
}

/** What a seal is over: in the order of the shape, whoever wrote the token. */
function textOf(claims: AccessTokenClaims): string {
  return JSON.stringify(claims)
}

/**
 * Verifies an access token: RS256 only, by a key of the ring that signed at the time, sealed by this installation, for this
 * issuer and audience, not expired. No tolerance of clocks but at the hand-over to a new key.
 *
 * Answers ExpiredToken for a token that was good once and InvalidClientTokenId for everything else, without saying what
 * is wrong with it.
 */
export function verifyAccessToken(token: string, keyring: Keyring, options: VerifyOptions): AccessTokenResult {
  const known = options.verified?.get(token)
  if (known) {
    // The very key object that verified it must still be in the ring: removing or replacing a key ends its tokens.
    const key = keyring.get(known.key.kid)
    if (key?.publicKey === known.key.publicKey) return judge(key, known.claims, options)
    options.verified?.delete(token)
  }
  const read = readHeader(token)
  if (!read) return { ok: false, error: invalidClientToken() }
  const key = keyring.get(read.kid)
  if (!key) return { ok: false, error: invalidClientToken(), unknownKid: read.kid }
  const claims = verifySigned(token, key, options.seals)
  if (!claims) return { ok: false, error: invalidClientToken() }
  const result = judge(key, claims, options)
  if (result.ok) options.verified?.set(token, { key, claims })
  return result
}

/** What must be asked again at every request, also of a token whose signature is known to be good. */
function judge(
  key: SigningKey,
  claims: AccessTokenClaims,
  { issuer, audience, now }: VerifyOptions,
): AccessTokenResult {
  if (claims.iss !== issuer || claims.aud !== audience) return { ok: false, error: invalidClientToken() }
  if (!vouchesFor(key, new Date(claims.iat * 1000), now)) return { ok: false, error: invalidClientToken() }
  if (now.getTime() >= claims.exp * 1000) return { ok: false, error: expiredToken() }
  return { ok: true, claims, kid: key.kid }
}

/** The header of a token that is written as we write them; null for any other. Nothing in it is trusted yet. */
function readHeader(token: string): { kid: string } | null {
  const parts = token.split('.')
  if (parts.length !== 3 || !parts.every(isCanonicalBase64Url)) return null
  // RFC 7515 §4.1.11: extensions that are marked critical and not understood must be refused; we know none.
  const header = headerShape.safeParse(parseJson(Buffer.from(parts[0]!, 'base64url').toString('utf8')))
  return header.success ? header.data : null
}

/** Base64url has spare bits at the end: only one spelling of each token is accepted, so that texts can be compared. */
function isCanonicalBase64Url(text: string): boolean {
  return text !== '' && Buffer.from(text, 'base64url').toString('base64url') === text
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function verifySigned(token: string, key: SigningKey, seals: SealKeyring): AccessTokenClaims | null {
  let payload: unknown
  try {
    // The algorithm is pinned: with it, `none` and an HMAC keyed by the public key are refused (RFC 8725 §3.1).
    // Times are judged by `judge`, by the clock that was passed in.
    const times = { ignoreExpiration: true, ignoreNotBefore: true }
    payload = jsonwebtoken.verify(token, key.publicKey, { algorithms: [algorithm], ...times })
  } catch {
    return null
  }
  const read = sealedShape.safeParse(payload)
  if (!read.success) return null
  const { seal: sealed, ...claims } = read.data
  return isSealed(textOf(claims), key.kid, sealed, seals) ? Object.freeze(claims) : null
}
