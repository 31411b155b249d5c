import type { AwsRow } from '../operation.ts'
import { at, list, placeBy, structure, timestamp, wholeList } from '../output.ts'
import { required, text } from '../parameters.ts'
import { GIVEN_TAGS, TAG } from './common.ts'

const PROVIDER_ARN = { OpenIDConnectProviderArn: required(text('openIdConnectProviderArn')) }
/** What it may be is said after the permission was judged. */
const CLIENT_ID = { ClientID: required(text()) }

export const OIDC_PROVIDERS: readonly AwsRow[] = [
  {
    name: 'CreateOpenIDConnectProvider',
    selects: 'openIdConnectProvider { arn }',
    parameters: { Url: required(text()) },
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
  { name: 'AddClientIDToOpenIDConnectProvider', parameters: CLIENT_ID },
  { name: 'RemoveClientIDFromOpenIDConnectProvider', parameters: CLIENT_ID },
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
