import type { AuditEvent, AuditResult, Prisma } from '../../generated/prisma/client.ts'
import { checkConstraints } from '../constraints.ts'
import { firstUuidOf } from '../identifiers.ts'

/** What an event must be like; all that is given must hold. */
export interface AuditEventFilter {
  readonly requestId?: string | null
  readonly decisionId?: string | null
  readonly principalArn?: string | null
  readonly accessKeyId?: string | null
  readonly sourceIdentity?: string | null
  readonly mfa?: boolean | null
  readonly sourceIp?: string | null
  readonly action?: string | null
  readonly resource?: string | null
  readonly result?: AuditResult | null
  /** From this moment on. */
  readonly since?: Date | null
  /** Up to this moment, which is in it. */
  readonly until?: Date | null
}

const TEXTS = [
  'requestId',
  'decisionId',
  'principalArn',
  'accessKeyId',
  'sourceIdentity',
  'sourceIp',
  'action',
  'resource',
] as const

/** Throws ValidationError for a text that no event can have. */
export function checkFilter(filter: AuditEventFilter): void {
  for (const name of TEXTS) checkConstraints({ auditFilter: filter[name] })
}

/** The filter as the database applies it. Times are ranges of ids, since ids rise with time: they cost no sorting. */
export function whereOf(filter: AuditEventFilter): Prisma.AuditEventWhereInput[] {
  const { mfa, result, since, until } = filter
  const conditions: Prisma.AuditEventWhereInput[] = []
  for (const name of TEXTS) {
    const value = filter[name]
    if (value != null) conditions.push({ [name]: value })
  }
  if (mfa != null) conditions.push({ mfa })
  if (result != null) conditions.push({ result })
  if (since != null) conditions.push({ id: { gte: firstUuidOf(since) } })
  if (until != null) conditions.push({ id: { lt: firstUuidOf(momentAfter(until)) } })
  return conditions
}

/** The same filter for an event that is at hand. */
export function matches(filter: AuditEventFilter, event: AuditEvent): boolean {
  const { mfa, result, since, until } = filter
  return (
    TEXTS.every((name) => filter[name] == null || filter[name] === event[name]) &&
    (mfa == null || mfa === event.mfa) &&
    (result == null || result === event.result) &&
    (since == null || event.at >= since) &&
    (until == null || event.at <= until)
  )
}

/** The last moment that a Date can be. */
const END_OF_TIME = 8.64e15

/** Moments are kept to the millisecond. */
function momentAfter(moment: Date): Date {
  return new Date(Math.min(moment.getTime() + 1, END_OF_TIME))
}
