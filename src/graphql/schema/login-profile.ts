import { passwordExpiresAt } from '../../iam/password-policy/password-age.ts'
import { loginProfileOf } from '../../iam/login-profiles/read-login-profiles.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, stillThere } from '../operation.ts'

export const LoginProfile = builder.prismaObject('LoginProfile', {
  description: 'The password of a user: its dates, never the password itself.',
  // Explicit: the hash is never read here.
  select: {
    accountId: true,
    userId: true,
    passwordChangedAt: true,
    user: { select: { name: true, root: true, account: { select: { passwordPolicy: true } } } },
  },
  fields: (t) => ({
    userName: t.string({ resolve: ({ user }) => user.name }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When the user was given a password. Later changes of the password do not change it.',
    }),
    passwordChangedAt: t.expose('passwordChangedAt', {
      type: 'DateTime',
      description: 'When the password was last set.',
    }),
    passwordExpiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: "When the password expires by the account's password policy; null when it does not expire.",
      resolve: ({ passwordChangedAt, user }) => passwordExpiresAt({ ...user, loginProfile: { passwordChangedAt } }),
    }),
    passwordResetRequired: t.exposeBoolean('passwordResetRequired', {
      description: 'Whether the user must change the password before anything else.',
    }),
  }),
})

/** The password, without its hash, that a mutation changed: read again, with just what the client asked for. */
export function changedLoginProfile<Row extends object>(t: PayloadFields<Row>, userIdOf: (row: Row) => string) {
  return t.prismaField({
    type: LoginProfile,
    access: 'parent',
    resolve: async (query, row, _args, context) => stillThere(await loginProfileOf(context, userIdOf(row), query)),
  })
}
