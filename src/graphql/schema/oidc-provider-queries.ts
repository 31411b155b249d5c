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
    args: { arn: t.arg({ type: 'ARN', required: true }) },
    access: { action: 'iam:GetOpenIDConnectProvider', resource: (_parent, { arn }) => oidcProvider(arn) },
    resolve: (query, _parent, { arn }, context) =>
      getOpenIdConnectProvider(context, { openIdConnectProviderArn: arn }, query),
  }),
)

builder.queryField('openIdConnectProviders', (t) =>
  t.prismaField({
    type: [OpenIdConnectProvider],
    nullable: true,
    description: 'All of the account, at most 100, by address.',
    access: { action: 'iam:ListOpenIDConnectProviders', resource: () => everything() },
    resolve: (query, _parent, _args, context) => listOpenIdConnectProviders(context, query),
  }),
)

builder.queryField('openIdConnectProviderTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of an identity provider by key.',
    args: { arn: t.arg({ type: 'ARN', required: true }) },
    access: { action: 'iam:ListOpenIDConnectProviderTags', resource: (_parent, { arn }) => oidcProvider(arn) },
    resolve: (_parent, { arn }, context) => listOpenIdConnectProviderTags(context, { openIdConnectProviderArn: arn }),
  }),
)
