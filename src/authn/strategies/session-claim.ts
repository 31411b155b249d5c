import { expiredToken, invalidClientToken } from '../authentication-error.ts'
import type { SessionQuery } from '../credential-source.ts'
import { federatedPrincipal, ownerPrincipal, type Proof } from '../owner-principal.ts'
import type { Principal } from '../principal.ts'
import type { FederatedSession } from '../session-token/index.ts'
import type { Claim } from './strategy.ts'

/** What a session says about itself: a password session, or temporary credentials in either of their two forms. */
export interface SessionFacts extends SessionQuery, Pick<Principal, 'sourceIdentity' | 'signedFor'> {
  readonly credential: 'PASSWORD' | 'SESSION'
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** Password sessions of a browser: the cookie ends then, and may be renewed before. */
  readonly idleExpiresAt?: Date | undefined
  /** Temporary credentials only; that of a password session is in its row. */
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

    const proof: Proof = {
      credential: facts.credential,
      accessKeyId: facts.credential === 'SESSION' ? sessionId : null,
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

    // A password session is its row: without one it never was, or was cleared away after its end.
    if (stored.row === null) throw invalidClientToken()
    if (now >= stored.row.expiresAt) throw expiredToken()
    return ownerPrincipal(stored, {
      ...proof,
      expiresAt: stored.row.expiresAt,
      ...(facts.idleExpiresAt && { idleExpiresAt: facts.idleExpiresAt }),
      mfaAuthenticatedAt: stored.row.mfaAuthenticatedAt,
      passwordResetPending:
        stored.passwordResetRequired || (stored.passwordExpiresAt !== null && now >= stored.passwordExpiresAt),
    })
  }
}
