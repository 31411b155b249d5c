import type { AuditEvent as AuditEventRow } from '../../generated/prisma/client.ts'
import type { FailedSignatures as FailedSignaturesShape } from '../../iam/audit/failed-signatures.ts'
import { builder } from '../builder.ts'

const AuditResult = builder.enumType('AuditResult', {
  values: {
    SUCCESS: { description: 'It was done.' },
    DENIED: { description: 'Policies did not allow it.' },
    FAILURE: { description: 'It was allowed and did not work; `errorCode` says why.' },
  } as const,
})

// Not a Prisma object: events of the subscription are whole already and must not be read again one by one.
export const AuditEvent = builder.objectRef<AuditEventRow>('AuditEvent')

builder.node(AuditEvent, {
  description: 'One call: who asked for what, by which credential, from where, and how it ended. Never holds a secret.',
  id: { resolve: ({ id }) => id },
  fields: (t) => ({
    eventId: t.exposeString('id', { description: 'A UUID of version 7: ids rise with time.' }),
    at: t.expose('at', { type: 'DateTime' }),
    requestId: t.exposeString('requestId', {
      description: 'The `x-request-id` of the answer. A request can make several calls.',
    }),
    decisionId: t.exposeString('decisionId', {
      nullable: true,
      description: 'The decision that let it through or denied it; an AccessDenied error names the same.',
    }),
    principalArn: t.expose('principalArn', { type: 'ARN' }),
    principalId: t.exposeString('principalId', { description: 'The unique id: names can be given again.' }),
    accessKeyId: t.exposeString('accessKeyId', { nullable: true }),
    sourceIdentity: t.exposeString('sourceIdentity', { nullable: true }),
    mfa: t.exposeBoolean('mfa', { nullable: true, description: 'Whether the caller had authenticated with MFA.' }),
    sourceIp: t.exposeString('sourceIp', { nullable: true }),
    userAgent: t.exposeString('userAgent', { nullable: true }),
    action: t.exposeString('action', { description: 'E.g. `iam:CreateAccessKey`.' }),
    resource: t.exposeString('resource', { description: 'The ARN that was decided on, or `*`.' }),
    result: t.expose('result', { type: AuditResult }),
    errorCode: t.exposeString('errorCode', { nullable: true }),
    detail: t.expose('detail', {
      type: 'JSON',
      nullable: true,
      description: 'What was asked, as far as it tells more.',
    }),
  }),
})

export const FailedSignatures = builder.objectRef<FailedSignaturesShape>('FailedSignatures').implement({
  description: 'Wrong signatures with one key from one address, within a time.',
  fields: (t) => ({
    accessKeyId: t.exposeString('accessKeyId', {
      nullable: true,
      description: 'Null for many keys or addresses that were counted together.',
    }),
    ownerArn: t.field({
      type: 'ARN',
      nullable: true,
      description: 'Whose key it is: a user, or a session of a role.',
      resolve: ({ ownerArn }) => ownerArn,
    }),
    sourceIp: t.exposeString('sourceIp', { nullable: true }),
    count: t.exposeInt('count'),
    firstAt: t.expose('firstAt', { type: 'DateTime' }),
    lastAt: t.expose('lastAt', { type: 'DateTime' }),
  }),
})

export const AuditEventConnection = builder.connectionObject(
  { type: AuditEvent, name: 'AuditEventConnection' },
  { name: 'AuditEventEdge' },
)

export const AuditEventFilter = builder.inputType('AuditEventFilter', {
  description: 'All that is given must hold, to the letter.',
  fields: (t) => ({
    requestId: t.string(),
    decisionId: t.string(),
    principalArn: t.field({ type: 'ARN' }),
    accessKeyId: t.string(),
    sourceIdentity: t.string(),
    mfa: t.boolean(),
    sourceIp: t.string(),
    action: t.string(),
    resource: t.string(),
    result: t.field({ type: AuditResult }),
    since: t.field({ type: 'DateTime', description: 'From this moment on.' }),
    until: t.field({ type: 'DateTime', description: 'Up to this moment, which is in it.' }),
  }),
})
