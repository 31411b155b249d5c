import { oidcProviderRow } from '../../access/declaration.ts'
import { oidcProviderArn } from '../../authn/arn.ts'
import { oidcProviderAt } from '../../iam/oidc-providers/read-oidc-providers.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, there } from '../operation.ts'
import { Tag } from './tag.ts'

export const OpenIdConnectProvider = builder.prismaObject('OidcProvider', {
  name: 'OpenIdConnectProvider',
  description: 'An identity provider whose tokens open roles, where the trust policy of a role says so.',
  select: { accountId: true, url: true },
  fields: (t) => ({
    arn: t.field({ type: 'ARN', resolve: ({ accountId, url }) => oidcProviderArn(accountId, url) }),
    url: t.exposeString('url', { description: 'Without `https://`, as condition keys have it.' }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      access: { action: 'iam:GetOpenIDConnectProvider', resource: oidcProviderRow },
      select: { createdAt: true },
      resolve: ({ createdAt }) => createdAt,
    }),
    clientIds: t.field({
      type: ['String'],
      nullable: true,
      description: 'Audiences that tokens may be for.',
      access: { action: 'iam:GetOpenIDConnectProvider', resource: oidcProviderRow },
      select: { clientIds: true },
      resolve: ({ clientIds }) => clientIds,
    }),
    thumbprints: t.field({
      type: ['String'],
      nullable: true,
      description: 'Kept, not used: certificates are checked against certificate authorities.',
      access: { action: 'iam:GetOpenIDConnectProvider', resource: oidcProviderRow },
      select: { thumbprints: true },
      resolve: ({ thumbprints }) => thumbprints,
    }),
    tags: t.field({
      type: [Tag],
      nullable: true,
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
    resolve: async (query, row, _args, context) => there(await oidcProviderAt(context, urlOf(row), query)),
  })
}
