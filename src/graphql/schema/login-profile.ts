import { passwordExpiresAt } from '../../iam/password-policy/password-age.ts'
import { loginProfileOf } from '../../iam/login-profiles/read-login-profiles.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, there } from '../operation.ts'

export const LoginProfile = builder.prismaObject('LoginProfile', {
  description: 'That a user has a password. The password itself is never returned.',
  // Explicit: the hash is never read here.
  select: {
    accountId: true,
    userId: true,
    passwordChangedAt: true,
    user: { select: { name: true, root: true, account: { select: { passwordPolicy: true } } } },
  },
  fields: (t) => ({
    userName: t.string({ resolve: ({ user }) => user.name }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    passwordChangedAt: t.expose('passwordChangedAt', { type: 'DateTime' }),
    passwordExpiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: "By the account's password policy; null when it never does.",
      resolve: ({ passwordChangedAt, user }) => passwordExpiresAt({ ...user, loginProfile: { passwordChangedAt } }),
    }),
    passwordResetRequired: t.exposeBoolean('passwordResetRequired'),
  }),
})

/** The password, without its hash, that a mutation changed: read again, with just what the client asked for. */
export function changedLoginProfile<Row extends object>(t: PayloadFields<Row>, userIdOf: (row: Row) => string) {
  return t.prismaField({
    type: LoginProfile,
    access: 'parent',
    resolve: async (query, row, _args, context) => there(await loginProfileOf(context, userIdOf(row), query)),
  })
}
