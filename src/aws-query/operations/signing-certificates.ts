import type { AwsRow } from '../operation.ts'
import { at, placeBy, structure, timestamp, wholeList } from '../output.ts'
import { text } from '../parameters.ts'
import { CREDENTIAL_STATUS, userName } from './common.ts'

const CERTIFICATE = structure({
  UserName: at('userName', userName),
  CertificateId: at('certificateId'),
  CertificateBody: at('certificateBody'),
  Status: at('status', CREDENTIAL_STATUS),
  UploadDate: at('uploadedAt', timestamp),
})
const CERTIFICATE_FIELDS = 'userName certificateId certificateBody status uploadedAt'

export const SIGNING_CERTIFICATES: readonly AwsRow[] = [
  {
    name: 'UploadSigningCertificate',
    selects: `certificate { ${CERTIFICATE_FIELDS} }`,
    result: { Certificate: at('certificate', CERTIFICATE) },
  },
  {
    name: 'ListSigningCertificates',
    document: `query ($userName: String) { signingCertificates(userName: $userName) { ${CERTIFICATE_FIELDS} } }`,
    parameters: { UserName: text('userName') },
    paged: true,
    result: wholeList('Certificates', '', placeBy('uploadedAt', 'certificateId'), CERTIFICATE),
  },
]
