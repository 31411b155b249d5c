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
    'Registers an OpenID Connect identity provider. Holders of its tokens can assume the roles whose trust policies name the provider, with `assumeRoleWithWebIdentity`.',
  input: (t) => ({
    url: t.string({
      required: true,
      description:
        'Address of the provider: begins with `https://` and equals the `iss` of its tokens. 1 to 255 characters; no query, fragment or user.',
    }),
    clientIdList: t.stringList({
      description:
        'Audiences (`aud`, client ids) that tokens may be issued for, at most 100, each of 1 to 255 characters. Left out or null: none yet.',
    }),
    thumbprintList: t.stringList({
      description:
        'At most five thumbprints of certificates, 40 hexadecimal digits each. They are stored and not used: certificates are checked against certificate authorities. Left out or null: none.',
    }),
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
  description:
    'Deletes an identity provider: its tokens are no longer accepted. Sessions that began with its tokens go on; `revokeRoleSessions` ends them.',
  input: (t) => ({ openIdConnectProviderArn: providerArn(t) }),
  needs: { action: 'iam:DeleteOpenIDConnectProvider', on: existing },
  run: deleteOpenIdConnectProvider,
  answer: (t) => ({
    deletedOpenIdConnectProviderArn: t.field({
      type: 'ARN',
      description: 'The ARN of the deleted provider.',
      resolve: ({ openIdConnectProviderArn }) => openIdConnectProviderArn,
    }),
  }),
})

const clientId = (t: InputFields) => ({
  openIdConnectProviderArn: providerArn(t),
  clientId: t.string({ required: true }),
})

mutation('addClientIdToOpenIdConnectProvider', {
  description: 'Adds an audience to an identity provider: tokens that it issues for this audience are accepted.',
  input: clientId,
  needs: { action: 'iam:AddClientIDToOpenIDConnectProvider', on: existing },
  run: addClientIdToOpenIdConnectProvider,
  answer: (t) => ({ openIdConnectProvider: changedOidcProvider(t, ({ url }) => url) }),
})

mutation('removeClientIdFromOpenIdConnectProvider', {
  description:
    'Removes an audience from an identity provider: tokens that it issues for this audience are refused from the next request on.',
  input: clientId,
  needs: { action: 'iam:RemoveClientIDFromOpenIDConnectProvider', on: existing },
  run: removeClientIdFromOpenIdConnectProvider,
  answer: (t) => ({ openIdConnectProvider: changedOidcProvider(t, ({ url }) => url) }),
})

mutation('updateOpenIdConnectProviderThumbprint', {
  description:
    'Replaces the thumbprints of an identity provider. They are stored and not used: certificates are checked against certificate authorities.',
  input: (t) => ({
    openIdConnectProviderArn: providerArn(t),
    thumbprintList: t.stringList({
      required: true,
      description: 'At most five thumbprints, 40 hexadecimal digits each. They replace all former ones.',
    }),
  }),
  needs: { action: 'iam:UpdateOpenIDConnectProviderThumbprint', on: existing },
  run: updateOpenIdConnectProviderThumbprint,
  answer: (t) => ({ openIdConnectProvider: changedOidcProvider(t, ({ url }) => url) }),
})

mutation('tagOpenIdConnectProvider', {
  description:
    'Adds tags to an identity provider, or replaces the values of tags that it has. Keys that differ in upper and lower case are different tags.',
  input: (t) => ({ openIdConnectProviderArn: providerArn(t), tags: tags(t) }),
  needs: { action: 'iam:TagOpenIDConnectProvider', on: existing, keys: tagsAsked },
  run: tagOpenIdConnectProvider,
  answer: (t) => ({ openIdConnectProvider: changedOidcProvider(t, ({ url }) => url) }),
})

mutation('untagOpenIdConnectProvider', {
  description: 'Removes tags of an identity provider.',
  input: (t) => ({ openIdConnectProviderArn: providerArn(t), tagKeys: t.stringList({ required: true }) }),
  needs: { action: 'iam:UntagOpenIDConnectProvider', on: existing, keys: (input) => tagKeys(input.tagKeys) },
  run: untagOpenIdConnectProvider,
  answer: (t) => ({ openIdConnectProvider: changedOidcProvider(t, ({ url }) => url) }),
})
