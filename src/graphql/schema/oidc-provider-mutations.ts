import { requestTags, tagKeys } from '../../access/context.ts'
import { newOidcProvider, oidcProvider } from '../../access/declaration.ts'
import { createOpenIdConnectProvider } from '../../iam/oidc-providers/create-oidc-provider.ts'
import { tagOpenIdConnectProvider, untagOpenIdConnectProvider } from '../../iam/oidc-providers/tag-oidc-provider.ts'
import {
  addClientIdToOpenIdConnectProvider,
  deleteOpenIdConnectProvider,
  removeClientIdFromOpenIdConnectProvider,
  updateOpenIdConnectProviderThumbprint,
} from '../../iam/oidc-providers/update-oidc-provider.ts'
import { builder } from '../builder.ts'
import { OpenIdConnectProvider } from './oidc-provider.ts'
import { TagInput } from './tag.ts'

/** A payload whose only news is the provider; it is read again, with just what the client asked for. */
function providerPayload(name: string) {
  return builder.objectRef<{ accountId: string; url: string }>(name).implement({
    fields: (t) => ({
      openIdConnectProvider: t.prismaField({
        type: OpenIdConnectProvider,
        access: 'parent',
        resolve: (query, { url }, _args, { db, principal }) =>
          db.oidcProvider.findUniqueOrThrow({
            ...query,
            where: { accountId_url: { accountId: principal.accountId, url } },
          }),
      }),
    }),
  })
}

const named = ({ input }: { input: { openIdConnectProviderArn: string } }) =>
  oidcProvider(input.openIdConnectProviderArn)

const CreateOpenIdConnectProviderInput = builder.inputType('CreateOpenIdConnectProviderInput', {
  fields: (t) => ({
    url: t.string({ required: true, description: 'Begins with `https://`; exactly what tokens have as `iss`.' }),
    clientIdList: t.stringList({ description: 'Audiences that tokens may be for, at most 100.' }),
    thumbprintList: t.stringList({ description: 'Kept, not used; at most five.' }),
    tags: t.field({ type: [TagInput] }),
  }),
})

builder.mutationField('createOpenIdConnectProvider', (t) =>
  t.field({
    type: providerPayload('CreateOpenIdConnectProviderPayload'),
    nullable: true,
    description:
      'Registers an identity provider. Its tokens open the roles whose trust policies name it, through `assumeRoleWithWebIdentity`.',
    args: { input: t.arg({ type: CreateOpenIdConnectProviderInput, required: true }) },
    access: [
      {
        action: 'iam:CreateOpenIDConnectProvider',
        resource: (_parent, { input }, caller) => newOidcProvider(caller.accountId, input.url),
        keys: ({ input }) => requestTags(input.tags),
      },
      {
        action: 'iam:TagOpenIDConnectProvider',
        resource: (_parent, { input }, caller) => newOidcProvider(caller.accountId, input.url),
        when: (_parent, { input }) => (input.tags?.length ?? 0) > 0,
        keys: ({ input }) => requestTags(input.tags),
      },
    ],
    resolve: (_parent, { input }, { call }) => createOpenIdConnectProvider(call, input),
  }),
)

const DeleteOpenIdConnectProviderInput = builder.inputType('DeleteOpenIdConnectProviderInput', {
  fields: (t) => ({ openIdConnectProviderArn: t.field({ type: 'ARN', required: true }) }),
})

const DeleteOpenIdConnectProviderPayload = builder
  .objectRef<{ openIdConnectProviderArn: string }>('DeleteOpenIdConnectProviderPayload')
  .implement({
    fields: (t) => ({
      deletedOpenIdConnectProviderArn: t.field({
        type: 'ARN',
        resolve: ({ openIdConnectProviderArn }) => openIdConnectProviderArn,
      }),
    }),
  })

builder.mutationField('deleteOpenIdConnectProvider', (t) =>
  t.field({
    type: DeleteOpenIdConnectProviderPayload,
    nullable: true,
    description: 'No token of the provider is accepted any more. Sessions that it opened go on: revoke them by role.',
    args: { input: t.arg({ type: DeleteOpenIdConnectProviderInput, required: true }) },
    access: { action: 'iam:DeleteOpenIDConnectProvider', resource: (_parent, args) => named(args) },
    resolve: (_parent, { input }, { call }) => deleteOpenIdConnectProvider(call, input),
  }),
)

const clientIdInput = (name: string) =>
  builder.inputType(name, {
    fields: (t) => ({
      openIdConnectProviderArn: t.field({ type: 'ARN', required: true }),
      clientId: t.string({ required: true }),
    }),
  })

builder.mutationField('addClientIdToOpenIdConnectProvider', (t) =>
  t.field({
    type: providerPayload('AddClientIdToOpenIdConnectProviderPayload'),
    nullable: true,
    args: { input: t.arg({ type: clientIdInput('AddClientIdToOpenIdConnectProviderInput'), required: true }) },
    access: { action: 'iam:AddClientIDToOpenIDConnectProvider', resource: (_parent, args) => named(args) },
    resolve: (_parent, { input }, { call }) => addClientIdToOpenIdConnectProvider(call, input),
  }),
)

builder.mutationField('removeClientIdFromOpenIdConnectProvider', (t) =>
  t.field({
    type: providerPayload('RemoveClientIdFromOpenIdConnectProviderPayload'),
    nullable: true,
    args: { input: t.arg({ type: clientIdInput('RemoveClientIdFromOpenIdConnectProviderInput'), required: true }) },
    access: { action: 'iam:RemoveClientIDFromOpenIDConnectProvider', resource: (_parent, args) => named(args) },
    resolve: (_parent, { input }, { call }) => removeClientIdFromOpenIdConnectProvider(call, input),
  }),
)

const UpdateOpenIdConnectProviderThumbprintInput = builder.inputType('UpdateOpenIdConnectProviderThumbprintInput', {
  fields: (t) => ({
    openIdConnectProviderArn: t.field({ type: 'ARN', required: true }),
    thumbprintList: t.stringList({ required: true, description: 'Replaces all that were there.' }),
  }),
})

builder.mutationField('updateOpenIdConnectProviderThumbprint', (t) =>
  t.field({
    type: providerPayload('UpdateOpenIdConnectProviderThumbprintPayload'),
    nullable: true,
    args: { input: t.arg({ type: UpdateOpenIdConnectProviderThumbprintInput, required: true }) },
    access: { action: 'iam:UpdateOpenIDConnectProviderThumbprint', resource: (_parent, args) => named(args) },
    resolve: (_parent, { input }, { call }) => updateOpenIdConnectProviderThumbprint(call, input),
  }),
)

const TagOpenIdConnectProviderInput = builder.inputType('TagOpenIdConnectProviderInput', {
  fields: (t) => ({
    openIdConnectProviderArn: t.field({ type: 'ARN', required: true }),
    tags: t.field({ type: [TagInput], required: true }),
  }),
})

builder.mutationField('tagOpenIdConnectProvider', (t) =>
  t.field({
    type: providerPayload('TagOpenIdConnectProviderPayload'),
    nullable: true,
    args: { input: t.arg({ type: TagOpenIdConnectProviderInput, required: true }) },
    access: {
      action: 'iam:TagOpenIDConnectProvider',
      resource: (_parent, args) => named(args),
      keys: ({ input }) => requestTags(input.tags),
    },
    resolve: (_parent, { input }, { call }) => tagOpenIdConnectProvider(call, input),
  }),
)

const UntagOpenIdConnectProviderInput = builder.inputType('UntagOpenIdConnectProviderInput', {
  fields: (t) => ({
    openIdConnectProviderArn: t.field({ type: 'ARN', required: true }),
    tagKeys: t.stringList({ required: true }),
  }),
})

builder.mutationField('untagOpenIdConnectProvider', (t) =>
  t.field({
    type: providerPayload('UntagOpenIdConnectProviderPayload'),
    nullable: true,
    args: { input: t.arg({ type: UntagOpenIdConnectProviderInput, required: true }) },
    access: {
      action: 'iam:UntagOpenIDConnectProvider',
      resource: (_parent, args) => named(args),
      keys: ({ input }) => tagKeys(input.tagKeys),
    },
    resolve: (_parent, { input }, { call }) => untagOpenIdConnectProvider(call, input),
  }),
)
