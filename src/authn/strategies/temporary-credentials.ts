import { AuthenticationError, expiredToken, invalidSessionToken } from '../authentication-error.ts'
import { openSession } from '../session-token/index.ts'
import { verifySignature } from '../sigv4/index.ts'
import { signatureOf, TEMPORARY } from './signature.ts'
import type { Strategy } from './strategy.ts'
import { temporarySessionClaim } from './temporary-session-claim.ts'

/** SigV4 with temporary credentials (`ASIA…`): the sealed session token carries everything, also the secret to verify with. */
export const temporaryCredentials: Strategy = {
  read(context) {
    const signature = signatureOf(context)
    if (signature === null || !signature.accessKeyId.startsWith(TEMPORARY)) return null
    const session = signature.sessionToken ? openSession(signature.sessionToken, context.sessionKeyring) : null
    // The token must be the one that was issued with this very key.
    if (session === null || session.accessKeyId !== signature.accessKeyId) throw invalidSessionToken()
    if (context.now >= session.expiresAt) throw expiredToken()

    const { region, service } = signature.scope
    const claim = temporarySessionClaim(session, { signedFor: { region, service }, tokenKeyId: null })
    return async (credentials, now) => {
      // A session that ended is told before a wrong signature, in AWS's order.
      const principal = await claim(credentials, now)
      const result = verifySignature(signature, session.secretAccessKey, context.signingKeys)
      if (result instanceof AuthenticationError) throw result
      return principal
    }
  },
}
