import { everything, oidcProvider } from '../../access/declaration.ts'
import { checkConstraints } from '../../iam/constraints.ts'
import { findOidcProvider } from '../../iam/oidc-providers/find-oidc-provider.ts'
import { builder } from '../builder.ts'
import { OpenIdConnectProvider } from './oidc-provider.ts'
import { Tag } from './tag.ts'

builder.queryField('openIdConnectProvider', (t) =>
  t.prismaField({
    type: OpenIdConnectProvider,
    nullable: true,
    description: 'An OpenID Connect identity provider by ARN. NoSuchEntity when there is none.',
    args: { arn: t.arg({ type: 'ARN', required: true, description: 'ARN of the identity provider.' }) },
    access: { action: 'iam:GetOpenIDConnectProvider', resource: (_parent, { arn }) => oidcProvider(arn) },
    resolve: async (query, _parent, { arn }, { db, principal }) => {
      checkConstraints({ openIdConnectProviderArn: arn })
      const { accountId, url } = await findOidcProvider(db, principal.accountId, arn)
      return await db.oidcProvider.findUnique({ ...query, where: { accountId_url: { accountId, url } } })
    },
  }),
)

builder.queryField('openIdConnectProviders', (t) =>
  t.prismaField({
    type: [OpenIdConnectProvider],
    nullable: true,
    description: 'The OpenID Connect identity providers of the account, at most 100, ordered by address.',
    access: { action: 'iam:ListOpenIDConnectProviders', resource: () => everything() },
    resolve: (query, _parent, _args, { db, principal }) =>
      db.oidcProvider.findMany({ ...query, where: { accountId: principal.accountId }, orderBy: { url: 'asc' } }),
  }),
)

builder.queryField('openIdConnectProviderTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of an OpenID Connect identity provider, ordered by key.',
    args: { arn: t.arg({ type: 'ARN', required: true, description: 'ARN of the identity provider.' }) },
    access: { action: 'iam:ListOpenIDConnectProviderTags', resource: (_parent, { arn }) => oidcProvider(arn) },
    resolve: async (_parent, { arn }, { db, principal }) => {
      checkConstraints({ openIdConnectProviderArn: arn })
      const { accountId, url: providerUrl } = await findOidcProvider(db, principal.accountId, arn)
      return await db.oidcProviderTag.findMany({ where: { accountId, providerUrl }, orderBy: { key: 'asc' } })
    },
  }),
)
