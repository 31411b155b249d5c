import { expiredToken, invalidClientToken } from '../authentication-error.ts'
import type { SessionQuery } from '../credential-source.ts'
import { federatedPrincipal, ownerPrincipal, type Proof } from '../owner-principal.ts'
import type { CredentialKind, Principal } from '../principal.ts'
import type { FederatedSession } from '../session-token/index.ts'
import type { Claim } from './strategy.ts'

/** What a session says about itself: one that began with signing in, or temporary credentials in either of their two forms. */
export interface SessionFacts extends SessionQuery, Pick<Principal, 'sourceIdentity' | 'signedFor'> {
  readonly credential: Exclude<CredentialKind, 'ACCESS_KEY'>
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** Sessions of a browser: the cookie ends then, and may be renewed before. */
  readonly idleExpiresAt?: Date | undefined
  /** Temporary credentials only; that of other sessions is in their row. */
  readonly mfaAuthenticatedAt: Date | null
  /** Credentials that the user made for somebody else. */
  readonly federated?: FederatedSession | undefined
}

/**
 * Holds a session against the store: it must not have been revoked, nor issued before its user ended all sessions, and the
 * key that it was made with must still be active. All of that answers with the one text for keys that do not exist.
 */
export function sessionClaim(facts: SessionFacts): Claim {
  return async (credentials, now) => {
    if (now >= facts.expiresAt) throw expiredToken()
    const { accountId, userId, sessionId, issuingAccessKeyId } = facts
    const stored = await credentials.findSession({ accountId, userId, sessionId, issuingAccessKeyId })
    if (stored === null || stored.row?.revoked === true) throw invalidClientToken()
    if (stored.sessionsValidFrom !== null && facts.issuedAt < stored.sessionsValidFrom) throw invalidClientToken()
    if (issuingAccessKeyId !== null && stored.issuingKeyActive !== true) throw invalidClientToken()
    // Closed by default: without its key such a session is none.
    if (facts.credential === 'ACCESS_KEY_SIGN_IN' && issuingAccessKeyId === null) throw invalidClientToken()

    const proof: Proof = {
      credential: facts.credential,
      accessKeyId: { PASSWORD: null, ACCESS_KEY_SIGN_IN: issuingAccessKeyId, SESSION: sessionId }[facts.credential],
      sessionId,
      issuedAt: facts.issuedAt,
      expiresAt: facts.expiresAt,
      mfaAuthenticatedAt: facts.mfaAuthenticatedAt,
      sourceIdentity: facts.sourceIdentity,
      passwordResetPending: false,
      signedFor: facts.signedFor,
    }
    if (facts.federated !== undefined) return federatedPrincipal(stored, facts.federated, proof)
    if (facts.credential === 'SESSION') return ownerPrincipal(stored, proof)

    // A session that began with signing in is its row: without one it never was, or was cleared away after its end.
    if (stored.row === null) throw invalidClientToken()
    if (now >= stored.row.expiresAt) throw expiredToken()
    return ownerPrincipal(stored, {
      ...proof,
      expiresAt: stored.row.expiresAt,
      ...(facts.idleExpiresAt && { idleExpiresAt: facts.idleExpiresAt }),
      mfaAuthenticatedAt: stored.row.mfaAuthenticatedAt,
      // Who signed in with a key never gave the password: its age says nothing about that key.
      passwordResetPending:
        facts.credential === 'PASSWORD' &&
        (stored.passwordResetRequired || (stored.passwordExpiresAt !== null && now >= stored.passwordExpiresAt)),
    })
  }
}
