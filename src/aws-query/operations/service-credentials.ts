import type { AwsRow } from '../operation.ts'
import { at, type Members, named, page, structure, timestamp } from '../output.ts'
import { flag, text } from '../parameters.ts'
import { connection } from './common.ts'

const FIELDS =
  'userName serviceName serviceUserName serviceCredentialAlias serviceSpecificCredentialId status createdAt expiresAt'

const credential = (path: string): Members => ({
  UserName: at(`${path}userName`),
  Status: at(`${path}status`, named({ ACTIVE: 'Active', INACTIVE: 'Inactive', EXPIRED: 'Expired' })),
  ServiceUserName: at(`${path}serviceUserName`),
  ServiceCredentialAlias: at(`${path}serviceCredentialAlias`),
  CreateDate: at(`${path}createdAt`, timestamp),
  ExpirationDate: at(`${path}expiresAt`, timestamp),
  ServiceSpecificCredentialId: at(`${path}serviceSpecificCredentialId`),
  ServiceName: at(`${path}serviceName`),
})

/** What answers with a secret. */
const handsOut = (name: string): AwsRow => ({
  name,
  selects: `serviceSpecificCredential { ${FIELDS} } servicePassword serviceCredentialSecret`,
  result: {
    ServiceSpecificCredential: structure({
      ...credential('serviceSpecificCredential.'),
      ServicePassword: at('servicePassword'),
      ServiceCredentialSecret: at('serviceCredentialSecret'),
    }),
  },
})

export const SERVICE_CREDENTIALS: readonly AwsRow[] = [
  handsOut('CreateServiceSpecificCredential'),
  handsOut('ResetServiceSpecificCredential'),
  {
    name: 'ListServiceSpecificCredentials',
    document: `query ($userName: String, $serviceName: String, $allUsers: Boolean, $first: Int, $after: String) {
      serviceSpecificCredentials(
        userName: $userName, serviceName: $serviceName, allUsers: $allUsers, first: $first, after: $after
      ) { ${connection(FIELDS)} }
    }`,
    parameters: { UserName: text('userName'), ServiceName: text('serviceName'), AllUsers: flag },
    paged: true,
    result: page('ServiceSpecificCredentials', '', structure(credential(''))),
  },
]
