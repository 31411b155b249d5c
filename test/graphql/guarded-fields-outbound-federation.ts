import type { FieldCase, Need } from './guarded-fields.ts'

const everywhere = (action: string): Need => ({ action, on: '*', display: '*', shown: '*' })

const ISSUER = 'issuerIdentifier'

function token(input: object, way?: string): FieldCase {
  const actions = ['sts:GetWebIdentityToken', ...(way === undefined ? [] : ['sts:TagGetWebIdentityToken'])]
  return {
    field: 'Mutation.getWebIdentityToken',
    ...(way !== undefined && { way }),
    ask: () => ({
      query: 'mutation ($input: GetWebIdentityTokenInput!) { getWebIdentityToken(input: $input) { webIdentityToken } }',
      variables: { input: { audience: ['api'], signingAlgorithm: 'ES384', ...input } },
      needs: actions.map(everywhere),
      finds: 'getWebIdentityToken.webIdentityToken',
    }),
  }
}

/** The account is enabled already. */
export const OUTBOUND_FEDERATION_FIELDS: readonly FieldCase[] = [
  {
    field: 'Query.outboundWebIdentityFederation',
    ask: () => ({
      query: `{ outboundWebIdentityFederation { ${ISSUER} } }`,
      needs: [everywhere('iam:GetOutboundWebIdentityFederationInfo')],
      finds: `outboundWebIdentityFederation.${ISSUER}`,
    }),
  },
  {
    field: 'Mutation.enableOutboundWebIdentityFederation',
    ask: () => ({
      query: `mutation { enableOutboundWebIdentityFederation { ${ISSUER} } }`,
      needs: [everywhere('iam:EnableOutboundWebIdentityFederation')],
      finds: `enableOutboundWebIdentityFederation.${ISSUER}`,
      refusesUsers: 'FeatureEnabled',
    }),
  },
  {
    field: 'Mutation.disableOutboundWebIdentityFederation',
    ask: () => ({
      query: `mutation { disableOutboundWebIdentityFederation { ${ISSUER} } }`,
      needs: [everywhere('iam:DisableOutboundWebIdentityFederation')],
      finds: `disableOutboundWebIdentityFederation.${ISSUER}`,
    }),
  },
  token({}),
  token({ tags: [{ key: 'job', value: '7' }] }, 'with tags'),
]
