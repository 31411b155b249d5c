import type { AwsRow } from '../operation.ts'
import { at, type Members, page, placeByName, structure, timestamp, wholeList } from '../output.ts'
import { required, text } from '../parameters.ts'
import { BOUNDARY, connection, GIVEN_BOUNDARY, GIVEN_TAGS, TAG, TAGS_IF_ANY, userName } from './common.ts'

export const USER: Members = {
  Path: at('path'),
  UserName: at('name', userName),
  UserId: at('userId'),
  Arn: at('arn'),
  CreateDate: at('createdAt', timestamp),
}
export const USER_FIELDS = 'path name userId arn createdAt'

/** Only GetUser and ListUsers tell of the password. */
const SEEN: Members = { ...USER, PasswordLastUsed: at('passwordLastUsedAt', timestamp) }
const SEEN_FIELDS = `${USER_FIELDS} passwordLastUsedAt`

const USER_NAME = { UserName: required(text('userName')) }

export const USERS: readonly AwsRow[] = [
  {
    name: 'CreateUser',
    selects: `user { ${USER_FIELDS} }`,
    parameters: { UserName: required(text('userNameToCreate')) },
    result: {
      User: at('user', structure({ ...USER, PermissionsBoundary: GIVEN_BOUNDARY, Tags: GIVEN_TAGS })),
    },
  },
  {
    name: 'GetUser',
    document: `query ($userName: String) {
      user(name: $userName) { ${SEEN_FIELDS} permissionsBoundary { arn } tags { key value } }
    }`,
    parameters: { UserName: text('userName') },
    result: { User: structure({ ...SEEN, PermissionsBoundary: BOUNDARY, Tags: at('tags', TAGS_IF_ANY) }) },
  },
  {
    name: 'ListUsers',
    document: `query ($pathPrefix: String, $first: Int, $after: String) {
      users(pathPrefix: $pathPrefix, first: $first, after: $after) { ${connection(SEEN_FIELDS)} }
    }`,
    parameters: { PathPrefix: text('pathPrefix') },
    paged: true,
    result: page('Users', '', structure(SEEN)),
  },
  {
    name: 'ListUserTags',
    document: 'query ($userName: String!) { userTags(userName: $userName) { key value } }',
    parameters: USER_NAME,
    paged: true,
    result: wholeList('Tags', '', placeByName('key'), TAG),
  },
]
