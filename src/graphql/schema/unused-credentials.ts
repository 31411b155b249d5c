import { everything } from '../../access/declaration.ts'
import { userArn } from '../../authn/arn.ts'
import { unusedAccessKeys, unusedPasswords } from '../../iam/reports/unused-credentials.ts'
import { builder } from '../builder.ts'

type Rows<Read extends (...args: never[]) => Promise<{ edges: { node: unknown }[] }>> = Awaited<
  ReturnType<Read>
>['edges'][number]['node']

const UnusedAccessKey = builder.objectRef<Rows<typeof unusedAccessKeys>>('UnusedAccessKey').implement({
  fields: (t) => ({
    accessKeyId: t.exposeString('id'),
    userName: t.string({ resolve: ({ user }) => user.name }),
    userArn: t.field({ type: 'ARN', resolve: ({ user }) => userArn(user) }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'Null: never.' }),
  }),
})

const UnusedPassword = builder.objectRef<Rows<typeof unusedPasswords>>('UnusedPassword').implement({
  fields: (t) => ({
    userName: t.exposeString('name'),
    userArn: t.field({ type: 'ARN', resolve: (user) => userArn(user) }),
    passwordChangedAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ loginProfile }) => loginProfile?.passwordChangedAt,
    }),
    passwordLastUsedAt: t.expose('passwordLastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Null: never.',
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
      description: 'ACTIVE keys that were not used for so many days; one never used counts from its creation.',
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
      description: 'Users whose password was not used for so many days; one never used counts from when it was set.',
      args: { days: t.arg.int({ required: true }) },
      access: { action: 'iam:GetCredentialReport', resource: () => everything() },
      resolve: (_parent, args, context) => unusedPasswords(context, context.principal.accountId, args),
    },
    UnusedPasswordConnection,
  ),
)
