import { tagKeys } from '../../access/context.ts'
import { newOidcProvider, oidcProvider } from '../../access/declaration.ts'
import type { Principal } from '../../authn/principal.ts'
import { createOpenIdConnectProvider } from '../../iam/oidc-providers/create-oidc-provider.ts'
import { tagOpenIdConnectProvider, untagOpenIdConnectProvider } from '../../iam/oidc-providers/tag-oidc-provider.ts'
import {
  addClientIdToOpenIdConnectProvider,
  deleteOpenIdConnectProvider,
  removeClientIdFromOpenIdConnectProvider,
  updateOpenIdConnectProviderThumbprint,
} from '../../iam/oidc-providers/update-oidc-provider.ts'
import { type InputFields, mutation } from '../operation.ts'
import { changedOidcProvider } from './oidc-provider.ts'
import { hasTags, tags, tagsAsked, tagsIfAny } from './tag.ts'

const providerArn = (t: InputFields) => t.field({ type: 'ARN', required: true })
const existing = (input: { readonly openIdConnectProviderArn: string }) => oidcProvider(input.openIdConnectProviderArn)
const toCome = ({ url }: { readonly url: string }, { accountId }: Principal) => newOidcProvider(accountId, url)

mutation('createOpenIdConnectProvider', {
  description:
    'Registers an identity provider. Its tokens open the roles whose trust policies name it, through `assumeRoleWithWebIdentity`.',
  input: (t) => ({
    url: t.string({ required: true, description: 'Begins with `https://`; exactly what tokens have as `iss`.' }),
    clientIdList: t.stringList({ description: 'Audiences that tokens may be for, at most 100.' }),
    thumbprintList: t.stringList({ description: 'Kept, not used; at most five.' }),
    tags: tagsIfAny(t),
  }),
  needs: [
    { action: 'iam:CreateOpenIDConnectProvider', on: toCome, keys: tagsAsked },
    { action: 'iam:TagOpenIDConnectProvider', on: toCome, when: hasTags, keys: tagsAsked },
  ],
  run: createOpenIdConnectProvider,
  answer: (t) => ({ openIdConnectProvider: changedOidcProvider(t, ({ url }) => url) }),
})

mutation('deleteOpenIdConnectProvider', {
  description: 'No token of the provider is accepted any more. Sessions that it opened go on: revoke them by role.',
  input: (t) => ({ openIdConnectProviderArn: providerArn(t) }),
  needs: { action: 'iam:DeleteOpenIDConnectProvider', on: existing },
  run: deleteOpenIdConnectProvider,
  answer: (t) => ({
    deletedOpenIdConnectProviderArn: t.field({
      type: 'ARN',
      resolve: ({ openIdConnectProviderArn }) => openIdConnectProviderArn,
    }),
  }),
})

const clientId = (t: InputFields) => ({
  openIdConnectProviderArn: providerArn(t),
  clientId: t.string({ required: true }),
})

mutation('addClientIdToOpenIdConnectProvider', {
  description: 'Lets tokens of the provider be for one more audience.',
  input: clientId,
  needs: { action: 'iam:AddClientIDToOpenIDConnectProvider', on: existing },
  run: addClientIdToOpenIdConnectProvider,
  answer: (t) => ({ openIdConnectProvider: changedOidcProvider(t, ({ url }) => url) }),
})

mutation('removeClientIdFromOpenIdConnectProvider', {
  description: 'Takes an audience away: tokens for it are refused from the next request on.',
  input: clientId,
  needs: { action: 'iam:RemoveClientIDFromOpenIDConnectProvider', on: existing },
  run: removeClientIdFromOpenIdConnectProvider,
  answer: (t) => ({ openIdConnectProvider: changedOidcProvider(t, ({ url }) => url) }),
})

mutation('updateOpenIdConnectProviderThumbprint', {
  description: 'Replaces the thumbprints, which are kept and not used.',
  input: (t) => ({
    openIdConnectProviderArn: providerArn(t),
    thumbprintList: t.stringList({ required: true, description: 'Replaces all that were there.' }),
  }),
  needs: { action: 'iam:UpdateOpenIDConnectProviderThumbprint', on: existing },
  run: updateOpenIdConnectProviderThumbprint,
  answer: (t) => ({ openIdConnectProvider: changedOidcProvider(t, ({ url }) => url) }),
})

mutation('tagOpenIdConnectProvider', {
  description: 'Adds tags or replaces their values. Keys that differ in case are two.',
  input: (t) => ({ openIdConnectProviderArn: providerArn(t), tags: tags(t) }),
  needs: { action: 'iam:TagOpenIDConnectProvider', on: existing, keys: tagsAsked },
  run: tagOpenIdConnectProvider,
  answer: (t) => ({ openIdConnectProvider: changedOidcProvider(t, ({ url }) => url) }),
})

mutation('untagOpenIdConnectProvider', {
  description: 'Removes tags; keys that the provider does not have are ignored.',
  input: (t) => ({ openIdConnectProviderArn: providerArn(t), tagKeys: t.stringList({ required: true }) }),
  needs: { action: 'iam:UntagOpenIDConnectProvider', on: existing, keys: (input) => tagKeys(input.tagKeys) },
  run: untagOpenIdConnectProvider,
  answer: (t) => ({ openIdConnectProvider: changedOidcProvider(t, ({ url }) => url) }),
})
