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
  description: 'A session that began with a sign-in and is still open.',
  fields: (t) => ({
    sessionId: t.exposeString('id', { description: 'Id of the session, for `revokeSession` and `revokeUserSession`.' }),
    current: t.boolean({
      description: 'Whether this request came with the session.',
      resolve: ({ id }, _args, { principal }) => principal.sessionId === id,
    }),
    issuedAt: t.expose('issuedAt', { type: 'DateTime', description: 'When the session began.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the session ends at the latest.' }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the last request came with the session, some seconds late; null before the first.',
    }),
    mfaAuthenticatedAt: t.expose('mfaAuthenticatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the session was authenticated with MFA; null when it was not.',
    }),
    sourceIp: t.exposeString('sourceIp', { nullable: true, description: 'The IP address that the sign-in came from.' }),
    userAgent: t.exposeString('userAgent', { nullable: true, description: 'The header `user-agent` of the sign-in.' }),
    accessKeyId: t.exposeString('accessKeyId', {
      nullable: true,
      description:
        'The access key that the session began with; null when it began with a password. The session ends when the key is deactivated or deleted.',
    }),
  }),
})

builder.queryField('userSessions', (t) =>
  t.field({
    type: [Session],
    nullable: true,
    description: 'The open sessions of an IAM user that began with a sign-in, newest first; at most 200.',
    args: { userName: t.arg.string({ required: true }) },
    access: { action: 'latchkey:ListSessions', resource: (_parent, { userName }) => user(userName) },
    resolve: (_parent, args, context) => standingSessionsOfUser(context, args),
  }),
)
