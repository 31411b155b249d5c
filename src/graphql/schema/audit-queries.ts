import { everything } from '../../access/declaration.ts'
import { payerOf } from '../../budget/index.ts'
import { pageOfEvents } from '../../iam/audit/page-of-events.ts'
import { builder } from '../builder.ts'
import { AuditEvent, AuditEventConnection, AuditEventFilter } from './audit-event.ts'

builder.queryField('auditEvents', (t) =>
  t.connection(
    {
      type: AuditEvent,
      nullable: true,
      description:
        'The audit trail of the account, newest first. Changes, denials and sign-ins are there before their caller has the answer, reads within a second.',
      args: { filter: t.arg({ type: AuditEventFilter }) },
      access: { action: 'cloudtrail:LookupEvents', resource: () => everything() },
      resolve: async (_parent, args, { db, principal }) => {
        const page = pageOfEvents(principal.accountId, args)
        const { where, orderBy, take } = page
        return page.connection(await db.auditEvent.findMany({ where, orderBy, take }))
      },
    },
    AuditEventConnection,
  ),
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
