import type { KeyObject } from 'node:crypto'
import jsonwebtoken from 'jsonwebtoken'
import { z } from 'zod'
import { readTokenClaims, type TokenClaims, UnreadableClaims } from './token-claims.ts'

/**
 * What tokens of identity providers may be signed with: public keys only. `none` and the HMACs are not among them, or anybody
 * could sign with the published key as if it were a secret (RFC 8725 §2.1).
 */
const algorithm = z.enum(['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'])

export type WebIdentityAlgorithm = z.infer<typeof algorithm>

/** A token as its holder presents it: nothing in it is trusted before its signature was checked. */
export interface WebIdentityToken {
  readonly text: string
  readonly algorithm: WebIdentityAlgorithm
  /** Null when the token does not say which key signed it. */
  readonly keyId: string | null
  readonly claims: WebIdentityClaims
}

/** Times are NumericDate: seconds since the epoch (RFC 7519 §2). */
export interface WebIdentityClaims extends TokenClaims {
  readonly issuer: string
  readonly subject: string
  /** Whom the token is for: never empty. */
  readonly audiences: readonly string[]
  /** The client that the token was given to, when that is said apart from the audiences. */
  readonly authorizedParty: string | null
  readonly expiresAt: number
  readonly issuedAt: number
  readonly notBefore: number | null
  /** How its subject was authenticated (RFC 8176); empty when nothing is said. */
  readonly methods: readonly string[]
}

export type ReadToken =
  | { readonly ok: true; readonly token: WebIdentityToken }
  /**
   * `missing`: the claim that every ID token must have (OpenID Connect Core §2) and this one lacks; null when it is no JWT.
   * `unreadable`: what is wrong with its other claims.
   */
  | { readonly ok: false; readonly missing: string | null; readonly unreadable?: string }

const REQUIRED = ['iss', 'sub', 'aud', 'exp', 'iat']

// RFC 7515 §4.1.11: extensions that are marked critical and not understood must be refused; we know none.
const header = z.object({ alg: algorithm, kid: z.string().max(1024).optional(), crit: z.undefined().optional() })

const text = z.string().min(1).max(2048)
const numericDate = z.number().nonnegative()

const claims = z.object({
  iss: text,
  // OpenID Connect Core §2: at most 255 characters.
  sub: z.string().min(1).max(255),
  aud: z.union([text.transform((one) => [one]), z.array(text).min(1).max(100)]),
  azp: text.optional(),
  exp: numericDate,
  iat: numericDate,
  nbf: numericDate.optional(),
  amr: z.union([text.transform((one) => [one]), z.array(text).max(100)]).optional(),
})

/** Takes a token apart. */
export function readWebIdentityToken(token: string): ReadToken {
  const decoded = decode(token)
  const parsedHeader = header.safeParse(decoded?.header)
  const payload: unknown = decoded?.payload
  if (!parsedHeader.success || typeof payload !== 'object' || payload === null) return { ok: false, missing: null }
  const missing = REQUIRED.find((claim) => !Object.hasOwn(payload, claim))
  if (missing !== undefined) return { ok: false, missing }
  const parsed = claims.safeParse(payload)
  if (!parsed.success) return { ok: false, missing: null }
  const { iss, sub, aud, azp, exp, iat, nbf, amr } = parsed.data
  const more = otherClaims(payload)
  if (typeof more === 'string') return { ok: false, missing: null, unreadable: more }
  return {
    ok: true,
    token: {
      text: token,
      algorithm: parsedHeader.data.alg,
      keyId: parsedHeader.data.kid ?? null,
      claims: {
        issuer: iss,
        subject: sub,
        audiences: aud,
        authorizedParty: azp ?? null,
        expiresAt: exp,
        issuedAt: iat,
        notBefore: nbf ?? null,
        methods: amr ?? [],
        ...more,
      },
    },
  }
}

/** The claims, or what is wrong with them. */
function otherClaims(payload: object): TokenClaims | string {
  try {
    return readTokenClaims({ ...payload })
  } catch (error) {
    if (error instanceof UnreadableClaims) return error.message
    throw error
  }
}

/** Whether one of the keys signed the token. Times and audience are not looked at. */
export function isSignedByOneOf(
  keys: readonly KeyObject[],
  { text: token, algorithm: alg }: WebIdentityToken,
): boolean {
  return keys.some((key) => {
    try {
      jsonwebtoken.verify(token, key, { algorithms: [alg], ignoreExpiration: true, ignoreNotBefore: true })
      return true
    } catch {
      return false
    }
  })
}

function decode(token: string): jsonwebtoken.Jwt | null {
  try {
    return jsonwebtoken.decode(token, { complete: true })
  } catch {
    return null
  }
}
