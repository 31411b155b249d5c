import type { AwsRow } from '../operation.ts'
import { at, list, type Members, page, placeBy, structure, timestamp, wholeList } from '../output.ts'
import { required, text } from '../parameters.ts'
import { connection, GIVEN_TAGS, TAG } from './common.ts'

const FIELDS = 'path name serverCertificateId arn uploadedAt expiresAt'

const METADATA: Members = {
  Path: at('path'),
  ServerCertificateName: at('name'),
  ServerCertificateId: at('serverCertificateId'),
  Arn: at('arn'),
  UploadDate: at('uploadedAt', timestamp),
  Expiration: at('expiresAt', timestamp),
}

const NAME = { ServerCertificateName: required(text('serverCertificateName')) }

export const SERVER_CERTIFICATES: readonly AwsRow[] = [
  {
    name: 'UploadServerCertificate',
    selects: `serverCertificate { ${FIELDS} }`,
    result: { ServerCertificateMetadata: at('serverCertificate', structure(METADATA)), Tags: GIVEN_TAGS },
  },
  {
    name: 'GetServerCertificate',
    document: `query ($serverCertificateName: String!) {
      serverCertificate(name: $serverCertificateName) { ${FIELDS} certificateBody certificateChain tags { key value } }
    }`,
    parameters: NAME,
    result: {
      ServerCertificate: structure({
        ServerCertificateMetadata: structure(METADATA),
        CertificateBody: at('certificateBody'),
        CertificateChain: at('certificateChain'),
        Tags: at('tags', list(TAG)),
      }),
    },
  },
  {
    name: 'ListServerCertificates',
    document: `query ($pathPrefix: String, $first: Int, $after: String) {
      serverCertificates(pathPrefix: $pathPrefix, first: $first, after: $after) { ${connection(FIELDS)} }
    }`,
    parameters: { PathPrefix: text('pathPrefix') },
    paged: true,
    result: page('ServerCertificateMetadataList', '', structure(METADATA)),
  },
  {
    name: 'ListServerCertificateTags',
    document: `query ($serverCertificateName: String!) {
      serverCertificateTags(serverCertificateName: $serverCertificateName) { key value }
    }`,
    parameters: NAME,
    paged: true,
    result: wholeList('Tags', '', placeBy('key'), TAG),
  },
]
