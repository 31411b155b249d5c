import type { FieldCase, Need, NestedCase } from './guarded-fields.ts'
import type { World } from '../support/world.ts'
import { newSigner, openSamlProvider } from '../support/saml-provider.ts'

type Input = Readonly<Record<string, unknown>>

const tags = [{ key: 'cost', value: '7' }]
const samlMetadataDocument = openSamlProvider({ signer: newSigner({ curve: 'P-256' }) }).metadata()

const onArn = (action: string, arn: string): Need => ({ action, on: arn, display: arn, shown: arn })

const newProvider = (world: World) => world.arn('saml-provider/New')

function mutation(name: string, input: Input) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  return {
    query: `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
    variables: { input },
    finds: `${name}.__typename`,
  }
}

/** A mutation about a provider by ARN that needs one action on it. */
function aboutProvider(name: string, action: string, more: Input = {}): FieldCase {
  const about = (arn: string) => ({
    ...mutation(name, { samlProviderArn: arn, ...more }),
    needs: [onArn(action, arn)],
  })
  return {
    field: `Mutation.${name}`,
    ask: ({ samlProvider }) => about(samlProvider.arn),
    askAboutNothing: (world) => about(world.arn('saml-provider/Missing')),
  }
}

/** A query about a provider by ARN. */
function readProvider(field: string, action: string, selection: string): FieldCase {
  const about = (arn: string) => ({
    query: `query ($arn: ARN!) { ${field}(samlProviderArn: $arn) { ${selection} } }`,
    variables: { arn },
    needs: [onArn(action, arn)],
    finds: field === 'samlProvider' ? `${field}.${selection}` : `${field}.0.${selection}`,
  })
  return {
    field: `Query.${field}`,
    ask: ({ samlProvider }) => about(samlProvider.arn),
    askAboutNothing: (world) => about(world.arn('saml-provider/Missing')),
  }
}

const create = (way: string | undefined, input: Input, actions: readonly string[]): FieldCase => ({
  field: 'Mutation.createSamlProvider',
  ...(way !== undefined && { way }),
  ask: (world) => ({
    ...mutation('createSamlProvider', { name: 'New', samlMetadataDocument, ...input }),
    needs: actions.map((action) => onArn(action, newProvider(world))),
  }),
})

export const SAML_FIELDS: readonly FieldCase[] = [
  readProvider('samlProvider', 'iam:GetSAMLProvider', 'name'),
  readProvider('samlProviderTags', 'iam:ListSAMLProviderTags', 'key'),
  {
    field: 'Query.samlProviders',
    ask: () => ({
      query: '{ samlProviders { arn } }',
      needs: [onArn('iam:ListSAMLProviders', '*')],
      finds: 'samlProviders.0.arn',
    }),
  },
  create(undefined, {}, ['iam:CreateSAMLProvider']),
  create('with tags', { tags }, ['iam:CreateSAMLProvider', 'iam:TagSAMLProvider']),
  aboutProvider('updateSamlProvider', 'iam:UpdateSAMLProvider', { samlMetadataDocument }),
  aboutProvider('deleteSamlProvider', 'iam:DeleteSAMLProvider'),
  aboutProvider('tagSamlProvider', 'iam:TagSAMLProvider', { tags }),
  aboutProvider('untagSamlProvider', 'iam:UntagSAMLProvider', { tagKeys: ['team'] }),
]

/** A field of a listed provider. */
function ofProvider(field: string, action: string, reads: string, selection = field): NestedCase {
  return {
    field: `SamlProvider.${field}`,
    way: `by ${action}`,
    reads,
    ask: ({ samlProvider: { arn } }) => ({
      query: `{ samlProviders { arn ${selection} } }`,
      parents: [onArn('iam:ListSAMLProviders', '*')],
      need: onArn(action, arn),
      path: `samlProviders.0.${field}`,
      sibling: 'samlProviders.0.arn',
    }),
  }
}

export const SAML_NESTED: readonly NestedCase[] = [
  ofProvider('samlProviderId', 'iam:GetSAMLProvider', '"id"'),
  ofProvider('entityId', 'iam:GetSAMLProvider', '"entity_id"'),
  ofProvider('metadataDocument', 'iam:GetSAMLProvider', '"metadata_document"'),
  ofProvider('tags', 'iam:ListSAMLProviderTags', '"saml_provider_tag"', 'tags { key }'),
  {
    ...ofProvider('tags', 'iam:GetSAMLProvider', '"saml_provider_tag"', 'tags { key }'),
    blames: 'iam:ListSAMLProviderTags',
  },
]

export const SAML_OPEN = [
  {
    field: 'Mutation.assumeRoleWithSaml',
    to: 'everybody',
    query:
      'mutation { assumeRoleWithSaml(input: { roleArn: "arn:aws:iam::000000000000:role/none", principalArn: "arn:aws:iam::000000000000:saml-provider/none", samlAssertion: "none" }) { accessKeyId } }',
  },
] as const
