import type { AuditDetail } from '../audit-entry.ts'
import { recordAlong } from '../audit/record.ts'
import { noteStranger } from '../audit/record-within.ts'
import { userArn } from '../../authn/arn.ts'
import type { RequestInfo, Services, Tx } from '../call.ts'
import type { SignInSubject } from './sign-in-subject.ts'

/** The name that AWS CloudTrail gives to signing in. */
const ACTION = 'signin:ConsoleLogin'

/** People type passwords into the field for the name. CloudTrail writes this instead of a name that does not exist. */
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'

/** Whom an event of signing in is about, as far as there is such a user. */
type Subject = Pick<SignInSubject, 'accountId'> & {
  readonly user: (Parameters<typeof userArn>[0] & { id: string }) | null
}

/** Records a sign-in, in the transaction of its session. */
export async function recordSignIn(
  tx: Tx,
  services: Services,
  user: NonNullable<Subject['user']>,
  request: RequestInfo,
  { mfa, detail }: { readonly mfa: boolean; readonly detail: AuditDetail },
): Promise<void> {
  const entry = entryOf(user.accountId, user, request)
  await recordAlong(tx, services, [{ ...entry, mfa, detail, result: 'SUCCESS' }])
}

/**
 * Records the failure of a sign-in, which is written when nobody waits for it any more. What concerns no existing account belongs
 * to no trail, and must not be told by the time of the answer.
 */
export function noteFailedSignIn(
  services: Services,
  { accountId, user }: Subject,
  request: RequestInfo,
  { errorCode, detail }: { readonly errorCode: string; readonly detail: AuditDetail },
): void {
  if (accountId === null) return
  const entry = entryOf(accountId, user, request)
  noteStranger(services, { ...entry, mfa: false, errorCode, detail, result: 'FAILURE' })
}

function entryOf(accountId: string, user: Subject['user'], request: RequestInfo) {
  const arn = userArn(user ?? { accountId, path: '/', name: HIDDEN })
  return {
    accountId,
    requestId: request.id,
    principalArn: arn,
    principalId: user?.id ?? HIDDEN,
    sourceIp: request.sourceIp,
    userAgent: request.userAgent,
    action: ACTION,
    resource: arn,
  }
}
