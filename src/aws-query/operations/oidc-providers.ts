import type { Operation } from '../operation.ts'
import { at, list, placeBy, structure, timestamp, wholeList } from '../output.ts'
import { list as listOf, required, TAGS, text } from '../parameters.ts'
import { GIVEN_TAGS, TAG } from './common.ts'

const PROVIDER_ARN = { OpenIDConnectProviderArn: required(text('openIdConnectProviderArn')) }
const CLIENT_ID = { ClientID: required(text()) }

export const OIDC_PROVIDERS: readonly Operation[] = [
  {
    name: 'CreateOpenIDConnectProvider',
    document: `mutation ($input: CreateOpenIdConnectProviderInput!) {
      createOpenIdConnectProvider(input: $input) { openIdConnectProvider { arn } }
    }`,
    parameters: { Url: required(text()), ClientIDList: listOf(text()), ThumbprintList: listOf(text()), Tags: TAGS },
    result: { OpenIDConnectProviderArn: at('openIdConnectProvider.arn'), Tags: GIVEN_TAGS },
  },
  {
    name: 'GetOpenIDConnectProvider',
    document: `query ($openIdConnectProviderArn: ARN!) {
      openIdConnectProvider(arn: $openIdConnectProviderArn) { url clientIds thumbprints createdAt tags { key value } }
    }`,
    parameters: PROVIDER_ARN,
    result: {
      Url: at('url'),
      ClientIDList: at('clientIds', list()),
      ThumbprintList: at('thumbprints', list()),
      CreateDate: at('createdAt', timestamp),
      Tags: at('tags', list(TAG)),
    },
  },
  {
    name: 'ListOpenIDConnectProviders',
    document: 'query { openIdConnectProviders { arn } }',
    result: { OpenIDConnectProviderList: list(structure({ Arn: at('arn') })) },
  },
  {
    name: 'DeleteOpenIDConnectProvider',
    document: `mutation ($input: DeleteOpenIdConnectProviderInput!) {
      deleteOpenIdConnectProvider(input: $input) { __typename }
    }`,
    parameters: PROVIDER_ARN,
  },
  {
    name: 'AddClientIDToOpenIDConnectProvider',
    document: `mutation ($input: AddClientIdToOpenIdConnectProviderInput!) {
      addClientIdToOpenIdConnectProvider(input: $input) { __typename }
    }`,
    parameters: { ...PROVIDER_ARN, ...CLIENT_ID },
  },
  {
    name: 'RemoveClientIDFromOpenIDConnectProvider',
    document: `mutation ($input: RemoveClientIdFromOpenIdConnectProviderInput!) {
      removeClientIdFromOpenIdConnectProvider(input: $input) { __typename }
    }`,
    parameters: { ...PROVIDER_ARN, ...CLIENT_ID },
  },
  {
    name: 'UpdateOpenIDConnectProviderThumbprint',
    document: `mutation ($input: UpdateOpenIdConnectProviderThumbprintInput!) {
      updateOpenIdConnectProviderThumbprint(input: $input) { __typename }
    }`,
    parameters: { ...PROVIDER_ARN, ThumbprintList: required(listOf(text())) },
  },
  {
    name: 'TagOpenIDConnectProvider',
    document: `mutation ($input: TagOpenIdConnectProviderInput!) {
      tagOpenIdConnectProvider(input: $input) { __typename }
    }`,
    parameters: { ...PROVIDER_ARN, Tags: required(TAGS) },
  },
  {
    name: 'UntagOpenIDConnectProvider',
    document: `mutation ($input: UntagOpenIdConnectProviderInput!) {
      untagOpenIdConnectProvider(input: $input) { __typename }
    }`,
    parameters: { ...PROVIDER_ARN, TagKeys: required(listOf(text())) },
  },
  {
    name: 'ListOpenIDConnectProviderTags',
    document: `query ($openIdConnectProviderArn: ARN!) {
      openIdConnectProviderTags(arn: $openIdConnectProviderArn) { key value }
    }`,
    parameters: PROVIDER_ARN,
    paged: true,
    result: wholeList('Tags', '', placeBy('key'), TAG),
  },
]
