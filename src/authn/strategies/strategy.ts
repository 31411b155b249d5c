import type { CredentialSource } from '../credential-source.ts'
import type { Keyring, SealKeyring, VerifiedTokens } from '../jwt/index.ts'
import type { Principal } from '../principal.ts'
import type { SessionKeyring } from '../session-token/index.ts'
import type { SignedRequest, SigningKeyCache } from '../sigv4/index.ts'
import type { RequestHeaders } from '../sigv4/request-headers.ts'

/** One request and everything that a strategy may check it with. */
export interface AuthenticationContext {
  readonly request: SignedRequest
  readonly headers: RequestHeaders
  readonly now: Date
  readonly tokens: AccessTokenVerification
  readonly sessionKeyring: SessionKeyring
  readonly signingKeys: SigningKeyCache
  readonly services: readonly string[]
  readonly publicOrigin: string
}

export interface AccessTokenVerification {
  readonly keyring: () => Keyring
  readonly reloadKeyring: ((kid: string) => Promise<Keyring>) | undefined
  readonly issuer: string
  readonly audience: string
  readonly seals: SealKeyring
  readonly verified: VerifiedTokens
}

/**
 * What a credential claims, ready to be held against the store: one question, asked at this moment. Asked again later it tells
 * whether the credential still stands. Throws AuthenticationError.
 */
export type Claim = (credentials: CredentialSource, now: Date) => Promise<Principal>

/** One way of saying who is calling. */
export interface Strategy {
  /** A credential that is refused counts as none: the request goes on without a caller. */
  readonly optional?: true
  /** Finds the credential in the request and checks all of it that needs no store; null when there is none of this kind. */
  read(context: AuthenticationContext): Promise<Claim | null> | Claim | null
}
