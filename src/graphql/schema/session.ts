import { user } from '../../access/declaration.ts'
import { standingSessionsOfUser } from '../../iam/sessions/standing-sessions.ts'
import { builder } from '../builder.ts'

interface SessionRow {
  id: string
  issuedAt: Date
  expiresAt: Date
  lastSeenAt: Date | null
  mfaAuthenticatedAt: Date | null
  sourceIp: string | null
  userAgent: string | null
  accessKeyId: string | null
}

export const Session = builder.objectRef<SessionRow>('Session').implement({
  description: 'A session that began with signing in and still stands.',
  fields: (t) => ({
    sessionId: t.exposeString('id'),
    current: t.boolean({
      description: 'Whether it is the session of this request.',
      resolve: ({ id }, _args, { principal }) => principal.sessionId === id,
    }),
    issuedAt: t.expose('issuedAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a request last came with it, some seconds late; null before the first.',
    }),
    mfaAuthenticatedAt: t.expose('mfaAuthenticatedAt', { type: 'DateTime', nullable: true }),
    sourceIp: t.exposeString('sourceIp', { nullable: true }),
    userAgent: t.exposeString('userAgent', { nullable: true }),
    accessKeyId: t.exposeString('accessKeyId', {
      nullable: true,
      description: 'The access key that it began with, and ends with; null when it began with a password.',
    }),
  }),
})

builder.queryField('userSessions', (t) =>
  t.field({
    type: [Session],
    nullable: true,
    description: 'The sessions of a user that began with signing in and still stand, newest first; at most 200.',
    args: { userName: t.arg.string({ required: true }) },
    access: { action: 'latchkey:ListSessions', resource: (_parent, { userName }) => user(userName) },
    resolve: (_parent, args, context) => standingSessionsOfUser(context, args),
  }),
)
