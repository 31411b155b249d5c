import type { AwsRow } from '../operation.ts'
import { at, list, placeBy, structure, timestamp, wholeList } from '../output.ts'
import { refused, required, text } from '../parameters.ts'
import { GIVEN_TAGS, TAG } from './common.ts'

const PROVIDER_ARN = { SAMLProviderArn: required(text('samlProviderArn')) }

/**
 * Of encrypted assertions. Whoever decrypts what strangers send tells them by its answers what is in it, and assertions come over TLS
 * from the one who may read them: they are signed, and not encrypted.
 */
const ENCRYPTION = { AssertionEncryptionMode: refused, AddPrivateKey: refused }

export const SAML_PROVIDERS: readonly AwsRow[] = [
  {
    name: 'CreateSAMLProvider',
    selects: 'samlProvider { arn }',
    parameters: ENCRYPTION,
    result: { SAMLProviderArn: at('samlProvider.arn'), Tags: GIVEN_TAGS },
  },
  {
    name: 'GetSAMLProvider',
    document: `query ($samlProviderArn: ARN!) {
      samlProvider(samlProviderArn: $samlProviderArn) {
        samlProviderId metadataDocument createdAt validUntil tags { key value }
      }
    }`,
    parameters: PROVIDER_ARN,
    result: {
      SAMLProviderUUID: at('samlProviderId'),
      SAMLMetadataDocument: at('metadataDocument'),
      CreateDate: at('createdAt', timestamp),
      ValidUntil: at('validUntil', timestamp),
      Tags: at('tags', list(TAG)),
    },
  },
  {
    name: 'UpdateSAMLProvider',
    selects: 'samlProvider { arn }',
    parameters: { ...ENCRYPTION, RemovePrivateKey: refused },
    result: { SAMLProviderArn: at('samlProvider.arn') },
  },
  {
    name: 'ListSAMLProviders',
    document: 'query { samlProviders { arn createdAt validUntil } }',
    result: {
      SAMLProviderList: list(
        structure({ Arn: at('arn'), ValidUntil: at('validUntil', timestamp), CreateDate: at('createdAt', timestamp) }),
      ),
    },
  },
  {
    name: 'ListSAMLProviderTags',
    document: `query ($samlProviderArn: ARN!) {
      samlProviderTags(samlProviderArn: $samlProviderArn) { key value }
    }`,
    parameters: PROVIDER_ARN,
    paged: true,
    result: wholeList('Tags', '', placeBy('key'), TAG),
  },
]
