import { isSignedIn, type Principal } from '../../authn/principal.ts'
import { type CredentialIssuer, signedInToken } from '../credential-issuer.ts'

/**
 * A browser that is left alone is signed out after an hour (OWASP Session Management Cheat Sheet, "Idle Timeout"): long enough to
 * read or to write a policy, short enough for a machine that somebody walked away from. Programs keep the bearer token, which
 * ends with the session only.
 */
const IDLE_MS = 3600_000
/** A token that is younger is kept: a page asks several things at once, and a new token costs an RSA signature. */
const RENEW_AFTER_MS = 5 * 60_000

/** What a browser's cookie holds: a token of its session that ends early, unless the browser asks for something before. */
export interface BrowserToken {
  readonly accessToken: string
  /** A whole second; never after the session itself. */
  readonly expiresAt: Date
}

/** The token of a session that began with signing in, for a browser that was heard of now; null for callers who have no such session. */
export async function browserToken(
  issuer: CredentialIssuer,
  principal: Principal,
  now: Date,
): Promise<BrowserToken | null> {
  const { accountId, id: userId, kind, sessionId, issuedAt, mfaAuthenticatedAt, accessKeyId } = principal
  if (!isSignedIn(principal) || (kind !== 'root' && kind !== 'user')) return null
  if (sessionId === null || issuedAt === null || principal.expiresAt === null) return null
  const end = Math.min(now.getTime() + IDLE_MS, principal.expiresAt.getTime())
  const expiresAt = new Date(Math.floor(end / 1000) * 1000)
  const session = { id: sessionId, accountId, userId, kind, issuedAt, expiresAt, mfaAuthenticatedAt, accessKeyId }
  return { accessToken: await signedInToken(issuer, session), expiresAt }
}

/** The next token of a browser that asks for something; null when the one that it has is young or cannot be outlived. */
export async function renewedBrowserToken(
  issuer: CredentialIssuer,
  principal: Principal,
  now: Date,
): Promise<BrowserToken | null> {
  const { idleExpiresAt, expiresAt } = principal
  if (idleExpiresAt === undefined || expiresAt === null || idleExpiresAt >= expiresAt) return null
  const age = IDLE_MS - (idleExpiresAt.getTime() - now.getTime())
  return age < RENEW_AFTER_MS ? null : await browserToken(issuer, principal, now)
}
