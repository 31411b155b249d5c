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
        'The audit trail of the account, newest first. Changes, denials and sign-ins are there before their caller has the answer, reads within a second, and what was counted instead of being written one by one within a minute. A page ends before `first` where its events take more than a megabyte.',
      args: { filter: t.arg({ type: AuditEventFilter }) },
      access: { action: 'cloudtrail:LookupEvents', resource: () => everything() },
      resolve: (_parent, args, { db, principal }) => lookUpEvents(db, principal.accountId, args),
    },
    AuditEventConnection,
  ),
)

builder.queryField('failedSignatures', (t) =>
  t.field({
    type: [FailedSignatures],
    nullable: true,
    description:
      'Wrong signatures with keys of the account since a moment, the latest first, at most 100 pairs of key and address. There within a minute.',
    args: { since: t.arg({ type: 'DateTime', required: true }) },
    access: { action: 'cloudtrail:LookupEvents', resource: () => everything() },
    resolve: (_parent, { since }, { db, principal }) => failedSignatures(db, principal.accountId, since),
  }),
)

builder.subscriptionField('auditEventAdded', (t) =>
  t.field({
    type: AuditEvent,
    nullable: true,
    description:
      'Events from now on, over server-sent events (`Accept: text/event-stream`). Ends with an error when the session ends or may no longer see them, or when they come faster than they are taken.',
    args: { filter: t.arg({ type: AuditEventFilter }) },
    access: { action: 'cloudtrail:LookupEvents', resource: () => everything() },
    subscribe: (_parent, { filter }, { eventFeed, principal }) =>
      eventFeed.subscribe(principal.accountId, filter ?? {}, payerOf(principal, null).id),
    resolve: (event) => event,
  }),
)
