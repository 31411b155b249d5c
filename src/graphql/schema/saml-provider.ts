import { samlProviderRow } from '../../access/declaration.ts'
import { samlProviderArn } from '../../authn/arn.ts'
import { samlProviderNamed } from '../../iam/saml-providers/read-saml-providers.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, stillThere } from '../operation.ts'
import { Tag } from './tag.ts'

export const SamlProvider = builder.prismaObject('SamlProvider', {
  name: 'SamlProvider',
  description:
    'An identity provider of SAML 2.0. Holders of its assertions can assume the roles whose trust policies name it.',
  select: { accountId: true, name: true },
  fields: (t) => ({
    arn: t.field({ type: 'ARN', resolve: ({ accountId, name }) => samlProviderArn(accountId, name) }),
    name: t.exposeString('name'),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the provider was registered.' }),
    validUntil: t.expose('validUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when the metadata may be used, as they say themselves; null when they do not.',
    }),
    samlProviderId: t.field({
      type: 'String',
      nullable: true,
      description: 'The unique id, `SAMLSP…`. It is never given to another provider; a name can be.',
      access: { action: 'iam:GetSAMLProvider', resource: samlProviderRow },
      select: { id: true },
      resolve: ({ id }) => id,
    }),
    entityId: t.field({
      type: 'String',
      nullable: true,
      description: 'The `entityID` of the metadata: what assertions of the provider have as their issuer.',
      access: { action: 'iam:GetSAMLProvider', resource: samlProviderRow },
      select: { entityId: true },
      resolve: ({ entityId }) => entityId,
    }),
    metadataDocument: t.field({
      type: 'String',
      nullable: true,
      description: 'The metadata that the provider was registered with, XML.',
      access: { action: 'iam:GetSAMLProvider', resource: samlProviderRow },
      select: { metadataDocument: true },
      resolve: ({ metadataDocument }) => metadataDocument,
    }),
    tags: t.field({
      type: [Tag],
      nullable: true,
      description: 'The tags of the provider, by key.',
      access: {
        anyOf: [
          { action: 'iam:ListSAMLProviderTags', resource: samlProviderRow },
          { action: 'iam:GetSAMLProvider', resource: samlProviderRow },
        ],
      },
      select: { tags: { select: { key: true, value: true }, orderBy: { key: 'asc' } } },
      resolve: ({ tags }) => tags,
    }),
  }),
})

/** The identity provider that a mutation changed: read again, with just what the client asked for. */
export function changedSamlProvider<Row extends object>(t: PayloadFields<Row>, nameOf: (row: Row) => string) {
  return t.prismaField({
    type: SamlProvider,
    access: 'parent',
    resolve: async (query, row, _args, context) => stillThere(await samlProviderNamed(context, nameOf(row), query)),
  })
}
