import { tagKeys } from '../../access/context.ts'
import { newSamlProvider, samlProvider } from '../../access/declaration.ts'
import type { Principal } from '../../authn/principal.ts'
import { createSamlProvider } from '../../iam/saml-providers/create-saml-provider.ts'
import { tagSamlProvider, untagSamlProvider } from '../../iam/saml-providers/tag-saml-provider.ts'
import { deleteSamlProvider, updateSamlProvider } from '../../iam/saml-providers/update-saml-provider.ts'
import { type InputFields, mutation } from '../operation.ts'
import { changedSamlProvider } from './saml-provider.ts'
import { hasTags, tags, tagsAsked, tagsIfAny } from './tag.ts'

const DOCUMENT =
  'Metadata of one identity provider of SAML 2.0: XML of 1000 to 300000 characters without a document type, with an `IDPSSODescriptor` and at least one certificate for signing that is still valid.'

const providerArn = (t: InputFields) => t.field({ type: 'ARN', required: true })
const existing = (input: { readonly samlProviderArn: string }) => samlProvider(input.samlProviderArn)
const toCome = ({ name }: { readonly name: string }, { accountId }: Principal) => newSamlProvider(accountId, name)

mutation('createSamlProvider', {
  description:
    'Registers an identity provider of SAML 2.0. Holders of its assertions can assume the roles whose trust policies name the provider, with `assumeRoleWithSaml`.',
  input: (t) => ({
    samlMetadataDocument: t.string({ required: true, description: DOCUMENT }),
    name: t.string({
      required: true,
      description: 'Name of the new provider, a part of its ARN: 1 to 128 letters, digits and `._-`.',
    }),
    tags: tagsIfAny(t),
  }),
  needs: [
    { action: 'iam:CreateSAMLProvider', on: toCome, keys: tagsAsked },
    { action: 'iam:TagSAMLProvider', on: toCome, when: hasTags, keys: tagsAsked },
  ],
  run: createSamlProvider,
  answer: (t) => ({ samlProvider: changedSamlProvider(t, ({ name }) => name) }),
})

mutation('updateSamlProvider', {
  description:
    'Replaces the metadata of an identity provider of SAML: assertions must be signed with a certificate of the new metadata from the next request on. For a change of certificates without a break, the metadata have the old one and the new one for a while.',
  input: (t) => ({
    samlMetadataDocument: t.string({
      description: `${DOCUMENT} Left out or null: InvalidInput, for there is no more to change.`,
    }),
    samlProviderArn: providerArn(t),
  }),
  needs: { action: 'iam:UpdateSAMLProvider', on: existing },
  run: updateSamlProvider,
  answer: (t) => ({ samlProvider: changedSamlProvider(t, ({ name }) => name) }),
})

mutation('deleteSamlProvider', {
  description:
    'Deletes an identity provider of SAML: its assertions are no longer accepted. Sessions that began with its assertions go on; `revokeRoleSessions` ends them.',
  input: (t) => ({ samlProviderArn: providerArn(t) }),
  needs: { action: 'iam:DeleteSAMLProvider', on: existing },
  run: deleteSamlProvider,
  answer: (t) => ({
    deletedSamlProviderArn: t.field({
      type: 'ARN',
      description: 'The ARN of the deleted provider.',
      resolve: ({ samlProviderArn }) => samlProviderArn,
    }),
  }),
})

mutation('tagSamlProvider', {
  description:
    'Adds tags to an identity provider of SAML, or replaces the values of tags that it has. Keys that differ in upper and lower case are different tags.',
  input: (t) => ({ samlProviderArn: providerArn(t), tags: tags(t) }),
  needs: { action: 'iam:TagSAMLProvider', on: existing, keys: tagsAsked },
  run: tagSamlProvider,
  answer: (t) => ({ samlProvider: changedSamlProvider(t, ({ name }) => name) }),
})

mutation('untagSamlProvider', {
  description: 'Removes tags of an identity provider of SAML.',
  input: (t) => ({ samlProviderArn: providerArn(t), tagKeys: t.stringList({ required: true }) }),
  needs: { action: 'iam:UntagSAMLProvider', on: existing, keys: (input) => tagKeys(input.tagKeys) },
  run: untagSamlProvider,
  answer: (t) => ({ samlProvider: changedSamlProvider(t, ({ name }) => name) }),
})
