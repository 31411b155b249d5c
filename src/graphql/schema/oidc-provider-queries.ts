import { everything, oidcProvider } from '../../access/declaration.ts'
import {
  getOpenIdConnectProvider,
  listOpenIdConnectProviders,
  listOpenIdConnectProviderTags,
} from '../../iam/oidc-providers/read-oidc-providers.ts'
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
    resolve: (query, _parent, { arn }, context) =>
      getOpenIdConnectProvider(context, { openIdConnectProviderArn: arn }, query),
  }),
)

builder.queryField('openIdConnectProviders', (t) =>
  t.prismaField({
    type: [OpenIdConnectProvider],
    nullable: true,
    description: 'The OpenID Connect identity providers of the account, at most 100, ordered by address.',
    access: { action: 'iam:ListOpenIDConnectProviders', resource: () => everything() },
    resolve: (query, _parent, _args, context) => listOpenIdConnectProviders(context, query),
  }),
)

builder.queryField('openIdConnectProviderTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of an OpenID Connect identity provider, ordered by key.',
    args: { arn: t.arg({ type: 'ARN', required: true, description: 'ARN of the identity provider.' }) },
    access: { action: 'iam:ListOpenIDConnectProviderTags', resource: (_parent, { arn }) => oidcProvider(arn) },
    resolve: (_parent, { arn }, context) => listOpenIdConnectProviderTags(context, { openIdConnectProviderArn: arn }),
  }),
)
