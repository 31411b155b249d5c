import { isSignedIn, type Principal } from '../../authn/principal.ts'
import { eventOf, recordAlong } from '../audit/record.ts'
import type { RequestInfo, Services } from '../call.ts'
import { inTransaction } from '../recorded.ts'

/** A call that may come from a browser. */
export interface BrowserCall {
  /**
   * Whose session the browser sent along while another credential, or nothing, says who is calling; null when it is good for nothing.
   * It ends once a new one stands.
   */
  readonly cookieSession: () => Promise<Principal | null>
}

/** The session that a browser's cookie held, and what its end is recorded with. */
export interface Leaving {
  readonly replaced: Principal | null
  readonly request: RequestInfo
  /** The decision that let the new session begin; null when nobody was signed in to be decided about. */
  readonly decisionId: string | null
}

/**
 * Ends the session of a browser that has signed in to another: it loses the cookie of the former, so nobody could sign out of it
 * any more, and a token that leaked before must not outlive the sign-in (OWASP Session Management Cheat Sheet, "Renew the
 * Session ID After Any Privilege Level Change"). Recorded as the sign-out of its owner.
 */
export async function leaveSession(services: Services, { replaced, request, decisionId }: Leaving): Promise<void> {
  if (replaced === null || !isSignedIn(replaced) || replaced.sessionId === null) return
  const { accountId, id: userId, sessionId, arn } = replaced
  const decision = { id: decisionId, action: 'signin:SignOut', resource: arn }
  await inTransaction(services.db, async (tx) => {
    const where = { accountId, id: sessionId, userId, revokedAt: null }
    const { count } = await tx.session.updateMany({ where, data: { revokedAt: services.clock() } })
    if (count === 0) return
    const event = eventOf({ principal: replaced, request, decision })
    await recordAlong(tx, services, [{ ...event, result: 'SUCCESS', detail: { sessionId } }])
  })
}
