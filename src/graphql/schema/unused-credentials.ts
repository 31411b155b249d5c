import { everything } from '../../access/declaration.ts'
import { userArn } from '../../authn/arn.ts'
import { unusedAccessKeys, unusedPasswords } from '../../iam/reports/unused-credentials.ts'
import { builder } from '../builder.ts'

type Rows<Read extends (...args: never[]) => Promise<{ edges: { node: unknown }[] }>> = Awaited<
  ReturnType<Read>
>['edges'][number]['node']

const UnusedAccessKey = builder.objectRef<Rows<typeof unusedAccessKeys>>('UnusedAccessKey').implement({
  description: 'An access key that has not been used for some time.',
  fields: (t) => ({
    accessKeyId: t.exposeString('id', { description: 'The access key id, `AKIA…`.' }),
    userName: t.string({ description: 'Name of the user who owns the key.', resolve: ({ user }) => user.name }),
    userArn: t.field({
      type: 'ARN',
      description: 'ARN of the user who owns the key.',
      resolve: ({ user }) => userArn(user),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the key was last used; null when it never was.',
    }),
  }),
})

const UnusedPassword = builder.objectRef<Rows<typeof unusedPasswords>>('UnusedPassword').implement({
  description: 'A user whose password has not been used for some time.',
  fields: (t) => ({
    userName: t.exposeString('name'),
    userArn: t.field({ type: 'ARN', resolve: (user) => userArn(user) }),
    passwordChangedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the password was last set.',
      resolve: ({ loginProfile }) => loginProfile?.passwordChangedAt,
    }),
    passwordLastUsedAt: t.expose('passwordLastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the user last signed in with the password; null when that never happened.',
    }),
  }),
})

const UnusedAccessKeyConnection = builder.connectionObject(
  { type: UnusedAccessKey, name: 'UnusedAccessKeyConnection' },
  { name: 'UnusedAccessKeyEdge' },
)

const UnusedPasswordConnection = builder.connectionObject(
  { type: UnusedPassword, name: 'UnusedPasswordConnection' },
  { name: 'UnusedPasswordEdge' },
)

// What they tell is in the credential report, so they need what reading that needs.
builder.queryField('unusedAccessKeys', (t) =>
  t.connection(
    {
      type: UnusedAccessKey,
      nullable: true,
      description:
        'ACTIVE access keys that have not been used for some days, ordered by id. A key that was never used counts from its creation.',
      args: { days: t.arg.int({ required: true }) },
      access: { action: 'iam:GetCredentialReport', resource: () => everything() },
      resolve: (_parent, args, context) => unusedAccessKeys(context, context.principal.accountId, args),
    },
    UnusedAccessKeyConnection,
  ),
)

builder.queryField('unusedPasswords', (t) =>
  t.connection(
    {
      type: UnusedPassword,
      nullable: true,
      description:
        'IAM users whose password has not been used for some days, ordered by name. A password that was never used counts from when it was set.',
      args: { days: t.arg.int({ required: true }) },
      access: { action: 'iam:GetCredentialReport', resource: () => everything() },
      resolve: (_parent, args, context) => unusedPasswords(context, context.principal.accountId, args),
    },
    UnusedPasswordConnection,
  ),
)
