import type { Verdict } from '../../access/verdict.ts'
import type { RequestInfo, Services } from '../call.ts'
import { recordDecisions } from './record-decisions.ts'
import { recordEvents } from './record.ts'

/** Writes the denied attempts of one request, with what explains them. Nothing is written when nothing was denied. */
export async function recordDenials(
  services: Services,
  request: RequestInfo,
  denials: readonly Verdict[],
): Promise<void> {
  if (denials.length === 0) return
  await recordDecisions(services.db, services, denials)
  await recordEvents(
    services.db,
    services,
    denials.map(({ id, principal, action, resource, decision, mfaRequired }) => ({
      accountId: principal.accountId,
      requestId: request.id,
      decisionId: id,
      principalArn: principal.arn,
      principalId: principal.id,
      accessKeyId: principal.accessKeyId,
      sourceIdentity: principal.sourceIdentity,
      mfa: principal.mfaAuthenticatedAt !== null,
      sourceIp: request.sourceIp,
      userAgent: request.userAgent,
      action,
      resource,
      result: 'DENIED',
      errorCode: 'AccessDenied',
      detail: { effect: decision.effect, reason: decision.reason, mfaRequired },
    })),
  )
}
