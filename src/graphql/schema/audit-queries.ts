import { everything } from '../../access/declaration.ts'
import { payerOf } from '../../budget/index.ts'
import { failedSignatures } from '../../iam/audit/failed-signatures.ts'
import { lookUpEvents } from '../../iam/audit/page-of-events.ts'
import { builder } from '../builder.ts'
import { AuditEvent, AuditEventConnection, AuditEventFilter, FailedSignatures } from './audit-event.ts'

builder.queryField('auditEvents', (t) =>
  t.connection(
    {
      type: AuditEvent,
      nullable: true,
      description:
        'The audit trail of the account, newest first. Changes, denials and sign-ins are in it before their caller has the answer, reads within a second, and events that are counted instead of written one by one within a minute. A page can have fewer than `first` events when they take more than a megabyte together; `pageInfo.hasNextPage` tells whether there are more.',
      args: { filter: t.arg({ type: AuditEventFilter, description: 'Which events to show. Left out or null: all.' }) },
      access: { action: 'cloudtrail:LookupEvents', resource: () => everything() },
      resolve: (_parent, args, context) => lookUpEvents(context, args),
    },
    AuditEventConnection,
  ),
)

builder.queryField('failedSignatures', (t) =>
  t.field({
    type: [FailedSignatures],
    nullable: true,
    description:
      'Requests with a wrong signature that named access keys of the account, by key and address, the latest first; at most 100 pairs of key and address. They appear within a minute.',
    args: { since: t.arg({ type: 'DateTime', required: true, description: 'Only requests at this moment or later.' }) },
    access: { action: 'cloudtrail:LookupEvents', resource: () => everything() },
    resolve: (_parent, args, context) => failedSignatures(context, args),
  }),
)

builder.subscriptionField('auditEventAdded', (t) =>
  t.field({
    type: AuditEvent,
    nullable: true,
    description:
      'New events of the audit trail, as server-sent events (`Accept: text/event-stream`). The stream ends with an error when the session ends, when its permission ends, or when the client reads more slowly than events come.',
    args: { filter: t.arg({ type: AuditEventFilter, description: 'Which events to show. Left out or null: all.' }) },
    access: { action: 'cloudtrail:LookupEvents', resource: () => everything() },
    subscribe: (_parent, { filter }, { eventFeed, principal }) =>
      eventFeed.subscribe(principal.accountId, filter ?? {}, payerOf(principal, null).id),
    resolve: (event) => event,
  }),
)
