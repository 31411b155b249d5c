import { AuthenticationError, missingAuthenticationToken } from './authentication-error.ts'
import type { CredentialSource } from './credential-source.ts'
import { createVerifiedTokens, type Keyring, type SealKeyring } from './jwt/index.ts'
import { isSignedIn, type Principal } from './principal.ts'
import type { SessionKeyring } from './session-token/index.ts'
import { type SignatureLimits, UNLIMITED } from './signature-limits.ts'
import { SigningKeyCache } from './sigv4/index.ts'
import type { SignedRequest } from './sigv4/index.ts'
import { readHeaders } from './sigv4/request-headers.ts'
import { accessTokenClaim } from './strategies/access-token-claim.ts'
import { bearerToken } from './strategies/bearer-token.ts'
import { sessionClaim } from './strategies/session-claim.ts'
import { browserCookie } from './strategies/browser-cookie.ts'
import { longTermKey } from './strategies/long-term-key.ts'
import type { AccessTokenVerification, AuthenticationContext, Claim, Strategy } from './strategies/strategy.ts'
import { type ShownCredentials, shownCredentials } from './strategies/shown-credentials.ts'
import { temporaryCredentials } from './strategies/temporary-credentials.ts'

export interface AuthenticatorOptions {
  readonly credentials: CredentialSource
  /** Public keys of access tokens, as this process knows them now. */
  readonly keyring: () => Keyring
  /** Loads the keys again when a token names one that is unknown here, because another process may have made it. */
  readonly reloadKeyring?: (kid: string) => Promise<Keyring>
  /** What access tokens are sealed with, beside their signature. */
  readonly tokenSeals: SealKeyring
  readonly sessionKeyring: SessionKeyring
  readonly clock: () => Date
  /** Issuer and audience of access tokens. */
  readonly issuer: string
  readonly audience: string
  /** Scheme, host and port under which browsers reach the service. */
  readonly publicOrigin: string
  /** Bounds how often secrets can be tried at; without it nothing is bounded. */
  readonly signatureLimits?: SignatureLimits
  /** Service names that signatures may be scoped to; the first is named in errors. */
  readonly services?: readonly string[]
  /** Told after every request that a long-term key signed, also when it is denied later. Must neither throw nor wait. */
  readonly onKeyUsed?: (principal: Principal, at: Date) => void
}

/** Asks the database for a request, in whose log line its time is told. */
export type Charge = <T>(ask: () => T) => T

export interface Authenticator {
  /**
   * Who is calling; null when the request carries no credentials at all. Costs one statement.
   *
   * Throws AuthenticationError with the code, status, message and precedence of AWS: faults of the signature's form first,
   * then its session token, then the key, then the signature itself.
   */
  authenticate(request: SignedRequest, charge?: Charge): Promise<Principal | null>
  /**
   * The same for requests of the AWS protocols: only a signature counts, and its scope must name this service. Without one
   * it is MissingAuthenticationToken.
   */
  authenticateSignature(request: SignedRequest, service: string, charge?: Charge): Promise<Principal>
  /**
   * Whose session is in the browser's cookie, also where another credential says who is calling; null when there is none that
   * stands.
   */
  authenticateCookie(request: SignedRequest, charge?: Charge): Promise<Principal | null>
  /** Who an access token stands for that this process has just issued. Throws AuthenticationError when it is not good. */
  authenticateToken(accessToken: string, charge?: Charge): Promise<Principal>
  /** Who temporary credentials stand for that are shown whole. Throws AuthenticationError. */
  authenticateShown(shown: ShownCredentials, sourceIp: string | null, charge?: Charge): Promise<Principal>
  /**
   * Asks again whether the credential of a principal still stands and returns the principal as it is now, with the account's
   * present policy epoch; throws AuthenticationError when the credential ended. For principals of this authenticator, and
   * those that signing in or renewing a browser's session has just made.
   */
  reauthenticate(principal: Principal, charge?: Charge): Promise<Principal>
}

/** Every way of saying who is calling. The first that finds its credential in the request answers, or refuses, for all. */
const STRATEGIES: readonly Strategy[] = [bearerToken, temporaryCredentials, longTermKey, browserCookie]
const SIGNATURES: readonly Strategy[] = [temporaryCredentials, longTermKey]

export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { credentials, keyring, reloadKeyring, tokenSeals: seals, sessionKeyring, clock } = options
  const { issuer, audience, publicOrigin } = options
  const signingKeys = new SigningKeyCache()
  const verified = createVerifiedTokens()
  const services = options.services ?? ['iam', 'sts']
  /** How to ask again; what a claim knows, such as the key behind temporary credentials, is nobody else's business. */
  const claims = new WeakMap<Principal, Claim>()

  async function present(claim: Claim, charge: Charge | undefined): Promise<Principal> {
    const principal = await claim(charge === undefined ? credentials : charged(credentials, charge), clock())
    claims.set(principal, claim)
    return principal
  }

  const tokens: AccessTokenVerification = { keyring, reloadKeyring, issuer, audience, seals, verified }

  async function firstOf(
    strategies: readonly Strategy[],
    request: SignedRequest,
    accepted: readonly string[],
    charge: Charge | undefined,
  ): Promise<Principal | null> {
    const context: AuthenticationContext = {
      request,
      headers: readHeaders(request.rawHeaders),
      now: clock(),
      tokens,
      sessionKeyring,
      signingKeys,
      signatureLimits: options.signatureLimits ?? UNLIMITED,
      services: accepted,
      publicOrigin,
    }
    for (const strategy of strategies) {
      const claim = await strategy.read(context)
      if (claim === null) continue
      try {
        const principal = await present(claim, charge)
        if (principal.credential === 'ACCESS_KEY') options.onKeyUsed?.(principal, context.now)
        return principal
      } catch (error) {
        if (strategy.optional && error instanceof AuthenticationError) continue
        throw error
      }
    }
    return null
  }

  return {
    authenticate: (request, charge) => firstOf(STRATEGIES, request, services, charge),

    authenticateCookie: (request, charge) => firstOf([browserCookie], request, services, charge),

    async authenticateSignature(request, service, charge) {
      const principal = await firstOf(SIGNATURES, request, [service], charge)
      if (principal === null) throw missingAuthenticationToken()
      return principal
    },

    async authenticateToken(accessToken, charge) {
      const claim = await accessTokenClaim(accessToken, { tokens, sessionKeyring, now: clock() })
      if (claim instanceof AuthenticationError) throw claim
      return await present(claim, charge)
    },

    authenticateShown(shown, sourceIp, charge) {
      const { signatureLimits = UNLIMITED } = options
      return present(shownCredentials(shown, { sessionKeyring, signatureLimits, now: clock(), sourceIp }), charge)
    },

    async reauthenticate(principal, charge) {
      const claim = claims.get(principal) ?? signedInClaim(principal)
      if (claim === null) throw new TypeError('The principal was not authenticated here.')
      return await present(claim, charge)
    },
  }
}

/** The same questions, asked for a request. */
function charged(credentials: CredentialSource, charge: Charge): CredentialSource {
  return {
    findAccessKey: (accessKeyId) => charge(() => credentials.findAccessKey(accessKeyId)),
    findSession: (query) => charge(() => credentials.findSession(query)),
    findRoleSession: (query) => charge(() => credentials.findRoleSession(query)),
  }
}

/** The claim of a principal that signing in or renewing made: its session is known by its row, and by the key that it began with. */
function signedInClaim(principal: Principal): Claim | null {
  const { accountId, id: userId, sessionId, issuedAt, expiresAt } = principal
  if (!isSignedIn(principal) || sessionId === null || issuedAt === null || expiresAt === null) return null
  return sessionClaim({
    accountId,
    userId,
    sessionId,
    issuingAccessKeyId: principal.accessKeyId,
    tokenKeyId: null,
    credential: principal.credential,
    issuedAt,
    expiresAt: principal.idleExpiresAt ?? expiresAt,
    idleExpiresAt: principal.idleExpiresAt,
    mfaAuthenticatedAt: principal.mfaAuthenticatedAt,
    sourceIdentity: principal.sourceIdentity,
    signedFor: null,
  })
}
