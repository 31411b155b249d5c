import { everything, samlProvider } from '../../access/declaration.ts'
import {
  getSamlProvider,
  listSamlProviders,
  listSamlProviderTags,
} from '../../iam/saml-providers/read-saml-providers.ts'
import { builder } from '../builder.ts'
import { SamlProvider } from './saml-provider.ts'
import { Tag } from './tag.ts'

builder.queryField('samlProvider', (t) =>
  t.prismaField({
    type: SamlProvider,
    nullable: true,
    description: 'An identity provider of SAML by ARN. NoSuchEntity when there is none.',
    args: { samlProviderArn: t.arg({ type: 'ARN', required: true }) },
    access: {
      action: 'iam:GetSAMLProvider',
      resource: (_parent, { samlProviderArn }) => samlProvider(samlProviderArn),
    },
    resolve: (query, _parent, args, context) => getSamlProvider(context, args, query),
  }),
)

builder.queryField('samlProviders', (t) =>
  t.prismaField({
    type: [SamlProvider],
    nullable: true,
    description: 'The identity providers of SAML of the account, at most 100, ordered by name.',
    access: { action: 'iam:ListSAMLProviders', resource: () => everything() },
    resolve: (query, _parent, _args, context) => listSamlProviders(context, query),
  }),
)

builder.queryField('samlProviderTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of an identity provider of SAML, ordered by key.',
    args: { samlProviderArn: t.arg({ type: 'ARN', required: true }) },
    access: {
      action: 'iam:ListSAMLProviderTags',
      resource: (_parent, { samlProviderArn }) => samlProvider(samlProviderArn),
    },
    resolve: (_parent, args, context) => listSamlProviderTags(context, args),
  }),
)
