import { oidcProviderRow } from '../../access/declaration.ts'
import { oidcProviderArn } from '../../authn/arn.ts'
import { oidcProviderAt } from '../../iam/oidc-providers/read-oidc-providers.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, stillThere } from '../operation.ts'
import { Tag } from './tag.ts'

export const OpenIdConnectProvider = builder.prismaObject('OidcProvider', {
  name: 'OpenIdConnectProvider',
  description:
    'An OpenID Connect identity provider. Holders of its tokens can assume the roles whose trust policies name it.',
  select: { accountId: true, url: true },
  fields: (t) => ({
    arn: t.field({ type: 'ARN', resolve: ({ accountId, url }) => oidcProviderArn(accountId, url) }),
    url: t.exposeString('url', {
      description: 'Address of the provider without `https://`, as condition keys have it.',
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the provider was registered.',
      access: { action: 'iam:GetOpenIDConnectProvider', resource: oidcProviderRow },
      select: { createdAt: true },
      resolve: ({ createdAt }) => createdAt,
    }),
    clientIds: t.field({
      type: ['String'],
      nullable: true,
      description: 'The audiences (`aud`, client ids) that tokens may be issued for.',
      access: { action: 'iam:GetOpenIDConnectProvider', resource: oidcProviderRow },
      select: { clientIds: true },
      resolve: ({ clientIds }) => clientIds,
    }),
    thumbprints: t.field({
      type: ['String'],
      nullable: true,
      description:
        'Thumbprints of certificates. They are stored and not used: certificates are checked against certificate authorities.',
      access: { action: 'iam:GetOpenIDConnectProvider', resource: oidcProviderRow },
      select: { thumbprints: true },
      resolve: ({ thumbprints }) => thumbprints,
    }),
    tags: t.field({
      type: [Tag],
      nullable: true,
      description: 'The tags of the provider, by key.',
      access: {
        anyOf: [
          { action: 'iam:ListOpenIDConnectProviderTags', resource: oidcProviderRow },
          { action: 'iam:GetOpenIDConnectProvider', resource: oidcProviderRow },
        ],
      },
      select: { tags: { select: { key: true, value: true }, orderBy: { key: 'asc' } } },
      resolve: ({ tags }) => tags,
    }),
  }),
})

/** The identity provider that a mutation changed: read again, with just what the client asked for. */
export function changedOidcProvider<Row extends object>(t: PayloadFields<Row>, urlOf: (row: Row) => string) {
  return t.prismaField({
    type: OpenIdConnectProvider,
    access: 'parent',
    resolve: async (query, row, _args, context) => stillThere(await oidcProviderAt(context, urlOf(row), query)),
  })
}
