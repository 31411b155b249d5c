import { expiredToken, invalidClientToken } from '../authentication-error.ts'
import { rolePrincipal } from '../owner-principal.ts'
import type { SessionPayload } from '../session-token/index.ts'
import { sessionClaim, type SessionFacts } from './session-claim.ts'
import type { Claim } from './strategy.ts'

/**
 * What an opened session token claims, whoever the credentials are for. Its own signature or seal was checked.
 *
 * @param use.tokenKeyId the key that signed the bearer token in which the session came; null when it signed a request itself
 */
export function temporarySessionClaim(
  session: SessionPayload,
  { signedFor, tokenKeyId }: Pick<SessionFacts, 'signedFor' | 'tokenKeyId'>,
): Claim {
  const { accountId, userId, issuingAccessKeyId, issuedAt, expiresAt, sourceIdentity, role, federated } = session
  if (session.kind === 'role') {
    if (role === undefined) throw invalidClientToken()
    return roleSessionClaim(session, role, { signedFor, tokenKeyId })
  }
  return sessionClaim({
    accountId,
    userId,
    sessionId: session.accessKeyId,
    issuingAccessKeyId,
    tokenKeyId,
    credential: 'SESSION',
    issuedAt,
    expiresAt,
    mfaAuthenticatedAt: session.mfaAt,
    sourceIdentity,
    signedFor,
    ...(session.kind === 'federated' && { federated }),
  })
}

/**
 * Holds a session of a role against the store: the very role must still be there, by its unique id, the session must not have
 * been signed out of, nor be older than the moment from which the role's sessions count. Who assumed the role, and with which
 * key, does not matter any more, as at AWS. The second factor of that moment is not carried over.
 */
function roleSessionClaim(
  { accountId, accessKeyId, issuedAt, expiresAt, sourceIdentity }: SessionPayload,
  { roleId, ...session }: NonNullable<SessionPayload['role']>,
  { signedFor, tokenKeyId }: Pick<SessionFacts, 'signedFor' | 'tokenKeyId'>,
): Claim {
  return async (credentials, now) => {
    if (now >= expiresAt) throw expiredToken()
    const role = await credentials.findRoleSession({ accountId, roleId, sessionId: accessKeyId, tokenKeyId })
    if (role === null || role.revoked || role.tokenKeyStands === false) throw invalidClientToken()
    if (role.sessionsValidFrom !== null && issuedAt < role.sessionsValidFrom) throw invalidClientToken()
    return rolePrincipal(role, session, {
      credential: 'SESSION',
      accessKeyId,
      sessionId: accessKeyId,
      issuedAt,
      expiresAt,
      mfaAuthenticatedAt: null,
      sourceIdentity,
      passwordResetPending: false,
      signedFor,
    })
  }
}
