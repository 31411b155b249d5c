import type { AuditEvent as AuditEventRow } from '../../generated/prisma/client.ts'
import type { FailedSignatures as FailedSignaturesShape } from '../../iam/audit/failed-signatures.ts'
import { builder } from '../builder.ts'

const AuditResult = builder.enumType('AuditResult', {
  description: 'How a call ended.',
  values: {
    SUCCESS: { description: 'The call was carried out.' },
    DENIED: { description: 'Policies did not allow the call.' },
    FAILURE: { description: 'The call was allowed and failed; `errorCode` says why.' },
  } as const,
})

// Not a Prisma object: events of the subscription are whole already and must not be read again one by one.
export const AuditEvent = builder.objectRef<AuditEventRow>('AuditEvent')

builder.node(AuditEvent, {
  description:
    'One call: who asked for what, with which credential, from where, and how it ended. It contains no secrets.',
  id: { resolve: ({ id }) => id },
  fields: (t) => ({
    eventId: t.exposeString('id', { description: 'A UUID of version 7. Later events have greater ids.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When the call was made.' }),
    requestId: t.exposeString('requestId', {
      description:
        'Id of the HTTP request, from the header `x-request-id` of its answer. One request can make several calls.',
    }),
    decisionId: t.exposeString('decisionId', {
      nullable: true,
      description:
        'Id of the decision that allowed or denied the call, for `decision`. An AccessDenied error contains the same id. Null when no decision was recorded.',
    }),
    principalArn: t.expose('principalArn', { type: 'ARN', description: 'ARN of the caller at the time of the call.' }),
    principalId: t.exposeString('principalId', {
      description: 'Unique id of the caller. A name can later belong to another principal, a unique id cannot.',
    }),
    accessKeyId: t.exposeString('accessKeyId', {
      nullable: true,
      description: 'The access key that the call was made with; null when it was made without one.',
    }),
    sourceIdentity: t.exposeString('sourceIdentity', {
      nullable: true,
      description: 'The source identity of the session of a role; null when it has none.',
    }),
    mfa: t.exposeBoolean('mfa', {
      nullable: true,
      description: 'Whether the caller had authenticated with MFA. Null when that is not known.',
    }),
    sourceIp: t.exposeString('sourceIp', { nullable: true, description: 'The IP address that the call came from.' }),
    userAgent: t.exposeString('userAgent', { nullable: true, description: 'The header `user-agent` of the request.' }),
    action: t.exposeString('action', { description: 'The action, for example `iam:CreateAccessKey`.' }),
    resource: t.exposeString('resource', { description: 'The ARN that the permission was checked on, or `*`.' }),
    result: t.expose('result', { type: AuditResult }),
    errorCode: t.exposeString('errorCode', {
      nullable: true,
      description: 'The code of the error, for example `NoSuchEntity`; null for success.',
    }),
    detail: t.expose('detail', {
      type: 'JSON',
      nullable: true,
      description: 'Parameters of the call, without secrets. Null when there is nothing to add.',
    }),
  }),
})

export const FailedSignatures = builder.objectRef<FailedSignaturesShape>('FailedSignatures').implement({
  description: 'Requests with a wrong signature, of one access key and from one address.',
  fields: (t) => ({
    accessKeyId: t.exposeString('accessKeyId', {
      nullable: true,
      description:
        'The access key id that the requests named. Null when requests of many keys or addresses were counted together.',
    }),
    ownerArn: t.field({
      type: 'ARN',
      nullable: true,
      description: 'ARN of the owner of the key, a user or a session of a role. Null when it is not known.',
      resolve: ({ ownerArn }) => ownerArn,
    }),
    sourceIp: t.exposeString('sourceIp', {
      nullable: true,
      description: 'The IP address. Null when requests of many keys or addresses were counted together.',
    }),
    count: t.exposeInt('count', { description: 'How many requests.' }),
    firstAt: t.expose('firstAt', { type: 'DateTime', description: 'When the first of them came.' }),
    lastAt: t.expose('lastAt', { type: 'DateTime', description: 'When the last of them came.' }),
  }),
})

export const AuditEventConnection = builder.connectionObject(
  { type: AuditEvent, name: 'AuditEventConnection' },
  { name: 'AuditEventEdge' },
)

export const AuditEventFilter = builder.inputType('AuditEventFilter', {
  description:
    'Which events to show: those that meet all conditions that are given. Texts must be equal, letter by letter, and have 1 to 2048 characters. A condition that is left out or null holds for every event.',
  fields: (t) => ({
    requestId: t.string({
      description:
        'Id of the HTTP request, from the header `x-request-id` of its answer. Left out or null: all events.',
    }),
    decisionId: t.string({ description: 'Id of the decision on the call. Left out or null: all events.' }),
    principalArn: t.field({ type: 'ARN', description: 'ARN of the caller. Left out or null: all events.' }),
    accessKeyId: t.string({ description: 'The access key that the call was made with. Left out or null: all events.' }),
    sourceIdentity: t.string({
      description: 'Source identity of the session of a role. Left out or null: all events.',
    }),
    mfa: t.boolean({ description: 'Whether the caller had authenticated with MFA. Left out or null: either.' }),
    sourceIp: t.string({ description: 'The IP address that the call came from. Left out or null: all events.' }),
    action: t.string({ description: 'The action, for example `iam:CreateAccessKey`. Left out or null: all events.' }),
    resource: t.string({
      description: 'The ARN that the permission was checked on, or `*`. Left out or null: all events.',
    }),
    result: t.field({ type: AuditResult, description: 'How the call ended. Left out or null: all events.' }),
    since: t.field({
      type: 'DateTime',
      description: 'Only events at this moment or later. Left out or null: since the beginning of the audit trail.',
    }),
    until: t.field({
      type: 'DateTime',
      description: 'Only events at this moment or earlier. Left out or null: no end.',
    }),
  }),
})
