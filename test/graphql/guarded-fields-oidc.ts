import type { FieldCase, Need, NestedCase } from './guarded-fields.ts'
import type { World } from '../support/world.ts'

type Input = Readonly<Record<string, unknown>>

const tags = [{ key: 'cost', value: '7' }]

const onArn = (action: string, arn: string): Need => ({ action, on: arn, display: arn, shown: arn })

const newProvider = (world: World) => world.arn('oidc-provider/new.example.com/realms/ci')

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
    ...mutation(name, { openIdConnectProviderArn: arn, ...more }),
    needs: [onArn(action, arn)],
  })
  return {
    field: `Mutation.${name}`,
    ask: ({ identityProvider }) => about(identityProvider.arn),
    askAboutNothing: (world) => about(world.arn('oidc-provider/missing.example.com')),
  }
}

const readProvider = (arn: string) => ({
  query: 'query ($arn: ARN!) { openIdConnectProvider(arn: $arn) { url } }',
  variables: { arn },
  needs: [onArn('iam:GetOpenIDConnectProvider', arn)],
  finds: 'openIdConnectProvider.url',
})

export const OIDC_FIELDS: readonly FieldCase[] = [
  {
    field: 'Query.openIdConnectProvider',
    ask: ({ identityProvider }) => readProvider(identityProvider.arn),
    askAboutNothing: (world) => readProvider(world.arn('oidc-provider/missing.example.com')),
  },
  {
    field: 'Query.openIdConnectProviders',
    ask: () => ({
      query: '{ openIdConnectProviders { arn } }',
      needs: [onArn('iam:ListOpenIDConnectProviders', '*')],
      finds: 'openIdConnectProviders.0.arn',
    }),
  },
  {
    field: 'Mutation.createOpenIdConnectProvider',
    ask: (world) => ({
      ...mutation('createOpenIdConnectProvider', { url: 'https://new.example.com/realms/ci' }),
      needs: [onArn('iam:CreateOpenIDConnectProvider', newProvider(world))],
    }),
  },
  {
    field: 'Mutation.createOpenIdConnectProvider',
    way: 'with tags',
    ask: (world) => ({
      ...mutation('createOpenIdConnectProvider', { url: 'https://new.example.com/realms/ci', tags }),
      needs: ['iam:CreateOpenIDConnectProvider', 'iam:TagOpenIDConnectProvider'].map((action) =>
        onArn(action, newProvider(world)),
      ),
    }),
  },
  aboutProvider('deleteOpenIdConnectProvider', 'iam:DeleteOpenIDConnectProvider'),
  aboutProvider('addClientIdToOpenIdConnectProvider', 'iam:AddClientIDToOpenIDConnectProvider', { clientId: 'bot' }),
  aboutProvider('removeClientIdFromOpenIdConnectProvider', 'iam:RemoveClientIDFromOpenIDConnectProvider', {
    clientId: 'portal',
  }),
  aboutProvider('updateOpenIdConnectProviderThumbprint', 'iam:UpdateOpenIDConnectProviderThumbprint', {
    thumbprintList: ['ab'.repeat(20)],
  }),
  aboutProvider('tagOpenIdConnectProvider', 'iam:TagOpenIDConnectProvider', { tags }),
  aboutProvider('untagOpenIdConnectProvider', 'iam:UntagOpenIDConnectProvider', { tagKeys: ['team'] }),
]

/** A field of a listed provider. */
function ofProvider(field: string, action: string, reads: string, selection = field): NestedCase {
  return {
    field: `OpenIdConnectProvider.${field}`,
    way: `by ${action}`,
    reads,
    ask: ({ identityProvider: { arn } }) => ({
      query: `{ openIdConnectProviders { arn ${selection} } }`,
      parents: [onArn('iam:ListOpenIDConnectProviders', '*')],
      need: onArn(action, arn),
      path: `openIdConnectProviders.0.${field}`,
      sibling: 'openIdConnectProviders.0.arn',
    }),
  }
}

export const OIDC_NESTED: readonly NestedCase[] = [
  ofProvider('createdAt', 'iam:GetOpenIDConnectProvider', '"created_at"'),
  ofProvider('clientIds', 'iam:GetOpenIDConnectProvider', '"client_ids"'),
  ofProvider('thumbprints', 'iam:GetOpenIDConnectProvider', '"thumbprints"'),
  ofProvider('tags', 'iam:ListOpenIDConnectProviderTags', '"oidc_provider_tag"', 'tags { key }'),
  {
    ...ofProvider('tags', 'iam:GetOpenIDConnectProvider', '"oidc_provider_tag"', 'tags { key }'),
    blames: 'iam:ListOpenIDConnectProviderTags',
  },
]

export const OIDC_OPEN = [
  {
    field: 'Mutation.assumeRoleWithWebIdentity',
    to: 'everybody',
    query:
      'mutation { assumeRoleWithWebIdentity(input: { roleArn: "arn:aws:iam::000000000000:role/none", roleSessionName: "session", webIdentityToken: "none" }) { accessKeyId } }',
  },
] as const
