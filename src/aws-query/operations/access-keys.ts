import type { AwsRow } from '../operation.ts'
import { at, type Members, type Output, placeBy, structure, timestamp, wholeList } from '../output.ts'
import { choice, required, text } from '../parameters.ts'
import { CREDENTIAL_STATUS, userName } from './common.ts'

const KEY: Members = {
  UserName: at('userName', userName),
  AccessKeyId: at('accessKeyId'),
  Status: at('status', CREDENTIAL_STATUS),
  CreateDate: at('createdAt', timestamp),
}
const KEY_FIELDS = 'userName accessKeyId status createdAt'

const USER_NAME = { UserName: text('userName') }
const KEY_ID = { AccessKeyId: required(text('accessKeyId')) }

/** A key that was never used has neither service nor region. */
const orNone =
  (path: string): Output =>
  (value, asked) =>
    at(path)(value, asked) ?? 'N/A'

/** The oldest first. */
const AGE = placeBy('createdAt', 'accessKeyId')

export const ACCESS_KEYS: readonly AwsRow[] = [
  {
    name: 'CreateAccessKey',
    selects: `accessKey { ${KEY_FIELDS} } secretAccessKey`,
    result: {
      AccessKey: structure({
        UserName: at('accessKey.userName', userName),
        AccessKeyId: at('accessKey.accessKeyId'),
        Status: at('accessKey.status', CREDENTIAL_STATUS),
        SecretAccessKey: at('secretAccessKey'),
        CreateDate: at('accessKey.createdAt', timestamp),
      }),
    },
  },
  {
    name: 'UpdateAccessKey',
    parameters: { Status: required(choice({ Active: 'ACTIVE', Inactive: 'INACTIVE' })) },
  },
  {
    name: 'ListAccessKeys',
    document: `query ($userName: String) { accessKeys(userName: $userName) { ${KEY_FIELDS} } }`,
    parameters: USER_NAME,
    paged: true,
    result: wholeList('AccessKeyMetadata', '', AGE, structure(KEY)),
  },
  {
    name: 'GetAccessKeyLastUsed',
    document: `query ($accessKeyId: ID!) {
      accessKey(id: $accessKeyId) { userName lastUsed { at service region } }
    }`,
    parameters: KEY_ID,
    result: {
      UserName: at('userName', userName),
      AccessKeyLastUsed: at(
        'lastUsed',
        structure({
          LastUsedDate: at('at', timestamp),
          ServiceName: orNone('service'),
          Region: orNone('region'),
        }),
      ),
    },
  },
]
