import { expiredToken, invalidClientToken } from '../authentication-error.ts'
import type { SessionQuery, StoredSessionRow } from '../credential-source.ts'
import { federatedPrincipal, ownerPrincipal, type Proof } from '../owner-principal.ts'
import type { CredentialKind, Principal } from '../principal.ts'
import type { FederatedSession } from '../session-token/index.ts'
import type { Claim } from './strategy.ts'

/** What a session says about itself: one that began with signing in, or temporary credentials in either of their two forms. */
export interface SessionFacts extends SessionQuery, Pick<Principal, 'sourceIdentity' | 'signedFor'> {
  /** Whether it says that its owner is root; absent where it says nothing about that. */
  readonly root?: boolean
  readonly credential: Exclude<CredentialKind, 'ACCESS_KEY'>
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** Sessions of a browser: the cookie ends then, and may be renewed before. */
  readonly idleExpiresAt?: Date | undefined
  /** Of sessions that began with signing in, the row must say the same. */
  readonly mfaAuthenticatedAt: Date | null
  /** Credentials that the user made for somebody else. */
  readonly federated?: FederatedSession | undefined
}

/**
 * Holds a session against the store: it must not have been revoked, nor issued before its user ended all sessions; the key that
 * it was made with must still be active, the one that signed its token must not have been revoked, and what it says must be what
 * its row says. All of that answers with the one text for keys that do not exist.
 */
export function sessionClaim(facts: SessionFacts): Claim {
  return async (credentials, now) => {
    if (now >= facts.expiresAt) throw expiredToken()
    const { accountId, userId, sessionId, issuingAccessKeyId, tokenKeyId } = facts
    const stored = await credentials.findSession({ accountId, userId, sessionId, issuingAccessKeyId, tokenKeyId })
    if (stored === null || stored.row?.revoked === true) throw invalidClientToken()
    if (stored.tokenKeyStands === false) throw invalidClientToken()
    if (facts.root !== undefined && facts.root !== stored.root) throw invalidClientToken()
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
    if (stored.row === null || !isOfRow(facts, stored.row)) throw invalidClientToken()
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

/** Whether a token says what its session's row says. Its seconds are whole (RFC 7519 §2), those of the row need not be. */
function isOfRow(facts: SessionFacts, row: StoredSessionRow): boolean {
  return (
    facts.credential === row.kind &&
    facts.issuingAccessKeyId === row.accessKeyId &&
    secondOf(facts.issuedAt) === secondOf(row.issuedAt) &&
    secondOf(facts.mfaAuthenticatedAt) === secondOf(row.mfaAuthenticatedAt)
  )
}

function secondOf(at: Date | null): number | null {
  return at && Math.floor(at.getTime() / 1000)
}
