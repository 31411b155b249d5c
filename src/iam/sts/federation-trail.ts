import type { RecordableVerdict } from '../../access/verdict.ts'
import { parseIamArn } from '../../authn/arn.ts'
import type { AuditDetail, AuditEntry } from '../audit-entry.ts'
import { recordAlong } from '../audit/record.ts'
import { recordDecision } from '../audit/record-decisions.ts'
import { recordStranger } from '../audit/record-within.ts'
import type { AnonymousCall, Services, Tx } from '../call.ts'
import { describeTags } from '../tags/tag-rules.ts'
import type { IssuedSession } from './role-session.ts'

/** What a token or an assertion states for the session that it opens. */
export interface StatedByProvider {
  readonly limits: {
    readonly tags: readonly { readonly key: string; readonly value: string }[]
    readonly transitiveTagKeys: readonly string[]
  }
  readonly sourceIdentity: string | null
}

/** Learns who asks while that is being found out, and records how it ended in the trail of the role's account. */
export interface FederationTrail {
  /** The provider is registered; whether the token is really of it is not known yet. */
  claimed(providerArn: string): void
  verified(identity: VerifiedIdentity): void
  stated(stated: StatedByProvider): void
  decided(verdict: RecordableVerdict): void
  succeeded(tx: Tx, issued: IssuedSession): Promise<void>
  failed(errorCode: string): Promise<void>
}

/** Whom a provider vouches for. */
export interface VerifiedIdentity {
  /** As AWS CloudTrail identifies one. */
  readonly principalId: string
  readonly detail: AuditDetail
}

/** Before a token was found to be good. Nobody is blamed for what a forged one claims. */
const UNKNOWN = 'anonymous'

/**
 * @param action e.g. `sts:AssumeRoleWithSAML`
 * @param asked what the request says, without the token
 */
export function openTrail(call: AnonymousCall, action: string, roleArn: string, asked: AuditDetail): FederationTrail {
  const accountId = parseIamArn(roleArn)?.accountId ?? ''
  let provider: string | null = null
  let identity: VerifiedIdentity | null = null
  let stated: StatedByProvider | null = null
  let verdict: RecordableVerdict | null = null

  function entry(
    result: 'SUCCESS' | 'DENIED' | 'FAILURE',
    errorCode: string | null,
    issued?: IssuedSession,
  ): AuditEntry {
    const known = provider !== null && identity !== null
    const detail: AuditDetail = {
      ...asked,
      provider,
      ...identity?.detail,
      ...(stated && describeStated(stated)),
      ...issued,
    }
    return {
      accountId,
      requestId: call.request.id,
      decisionId: verdict?.id ?? null,
      principalArn: known ? provider! : UNKNOWN,
      principalId: known ? identity!.principalId : UNKNOWN,
      sourceIp: call.request.sourceIp,
      userAgent: call.request.userAgent,
      sourceIdentity: stated?.sourceIdentity ?? null,
      action,
      resource: roleArn,
      result,
      errorCode,
      detail,
    }
  }

  return {
    claimed(found) {
      provider = found
    },
    verified(found) {
      identity = found
    },
    stated(found) {
      stated = found
    },
    decided(found) {
      verdict = found
    },
    async succeeded(tx, issued) {
      await recordAlong(tx, call, [entry('SUCCESS', null, issued)])
      if (verdict !== null) await recordDecision(tx, call, verdict)
    },
    async failed(errorCode) {
      // What concerns no existing account belongs to no trail.
      if (provider === null && !(await exists(call, accountId))) return
      const { db } = call
      if (verdict === null || verdict.decision.effect === 'ALLOW') {
        await recordStranger(db, call, entry('FAILURE', errorCode))
      } else if (await recordStranger(db, call, entry('DENIED', errorCode))) {
        await recordDecision(db, call, verdict)
      }
    },
  }
}

function describeStated({ limits: { tags, transitiveTagKeys }, sourceIdentity }: StatedByProvider): AuditDetail {
  return {
    ...(tags.length > 0 && { tags: describeTags(tags), transitiveTagKeys: [...transitiveTagKeys] }),
    ...(sourceIdentity !== null && { sourceIdentity }),
  }
}

async function exists({ db }: Services, accountId: string): Promise<boolean> {
  return /^\d{12}$/.test(accountId) && (await db.account.count({ where: { id: accountId } })) > 0
}
