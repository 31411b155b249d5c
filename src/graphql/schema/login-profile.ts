import { builder } from '../builder.ts'

export const LoginProfile = builder.prismaObject('LoginProfile', {
  description: 'That a user has a password. The password itself is never returned.',
  // Explicit: the hash is never read here.
  select: { accountId: true, userId: true, user: { select: { name: true } } },
  fields: (t) => ({
    userName: t.string({ resolve: ({ user }) => user.name }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    passwordChangedAt: t.expose('passwordChangedAt', { type: 'DateTime' }),
    passwordResetRequired: t.exposeBoolean('passwordResetRequired'),
  }),
})
