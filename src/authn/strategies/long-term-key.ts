import { userArn } from '../arn.ts'
import { AuthenticationError, invalidClientToken, invalidSessionToken } from '../authentication-error.ts'
import { ownerPrincipal } from '../owner-principal.ts'
import { verifySignature } from '../sigv4/index.ts'
import { signatureOf, TEMPORARY } from './signature.ts'
import type { Strategy } from './strategy.ts'

/** SigV4 with a long-term key (`AKIA…`). */
export const longTermKey: Strategy = {
  read(context) {
    const signature = signatureOf(context)
    if (signature === null || signature.accessKeyId.startsWith(TEMPORARY)) return null
    // A session token belongs to temporary credentials only.
    if (signature.sessionToken !== undefined) throw invalidSessionToken()
    const { accessKeyId } = signature
    const { sourceIp = null } = context.request
    let verified = false
    return async (credentials) => {
      // What cannot be a key id is not asked of the database, which would choke on some of it.
      const key = /^\w{16,128}$/.test(accessKeyId) ? await credentials.findAccessKey(accessKeyId) : null
      // AWS answers for an unknown or inactive key before it looks at the signature; so the two differ in time as in text.
      if (key === null || !key.active) {
        if (!verified) context.signatureLimits.unknownKey(sourceIp)
        throw invalidClientToken()
      }
      if (!verified) {
        const { accountId, path, userName: name, root } = key
        // Nothing is waited for from here to the end: parallel guesses are counted one by one.
        const tell = context.signatureLimits.admit({
          accountId,
          accessKeyId,
          ownerArn: userArn({ accountId, path, name, root }),
          sourceIp,
        })
        const result = verifySignature(signature, key.secretAccessKey, context.signingKeys)
        tell(result === true)
        if (result instanceof AuthenticationError) throw result
        // The secret of a key id never changes: asking again is asking for the key, not for the signature.
        verified = true
      }
      return ownerPrincipal(key, {
        credential: 'ACCESS_KEY',
        accessKeyId,
        sessionId: null,
        issuedAt: null,
        expiresAt: null,
        mfaAuthenticatedAt: null,
        sourceIdentity: null,
        passwordResetPending: false,
        signedFor: { region: signature.scope.region, service: signature.scope.service },
      })
    }
  },
}
