import type { AuditDetail } from '../audit/audit-entry.ts'
import { recordEvents } from '../audit/record.ts'
import { recordStranger } from '../audit/record-within.ts'
import { userArn } from '../../authn/arn.ts'
import type { RequestInfo, Services, Tx } from '../call.ts'
import type { SignInSubject } from './sign-in-subject.ts'

/** The name that AWS CloudTrail gives to signing in. */
const ACTION = 'signin:ConsoleLogin'

/** People type passwords into the field for the name. CloudTrail writes this instead of a name that does not exist. */
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'

export interface SignInOutcome {
  readonly mfa: boolean
  readonly errorCode: string | null
  readonly detail: AuditDetail
}

/** Records a sign-in or the failure of one. What concerns no existing account belongs to no trail. */
export async function recordSignIn(
  db: Tx,
  services: Services,
  {
    accountId,
    user,
  }: Pick<SignInSubject, 'accountId'> & { user: (Parameters<typeof userArn>[0] & { id: string }) | null },
  request: RequestInfo,
  { mfa, errorCode, detail }: SignInOutcome,
): Promise<void> {
  if (accountId === null) return
  const arn = userArn(user ?? { accountId, path: '/', name: HIDDEN })
  const entry = {
    accountId,
    requestId: request.id,
    principalArn: arn,
    principalId: user?.id ?? HIDDEN,
    mfa,
    sourceIp: request.sourceIp,
    userAgent: request.userAgent,
    action: ACTION,
    resource: arn,
    errorCode,
    detail,
  }
  if (errorCode === null) await recordEvents(db, services, [{ ...entry, result: 'SUCCESS' }])
  else await recordStranger(db, services, { ...entry, result: 'FAILURE' })
}
