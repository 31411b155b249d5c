import type { Operation } from '../operation.ts'
import { at, type Members, page, placeByName, structure, timestamp, wholeList } from '../output.ts'
import { list as listOf, required, TAGS, text } from '../parameters.ts'
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

export const USERS: readonly Operation[] = [
  {
    name: 'CreateUser',
    document: `mutation ($input: CreateUserInput!) { createUser(input: $input) { user { ${USER_FIELDS} } } }`,
    parameters: {
      Path: text('path'),
      UserName: required(text('userNameToCreate')),
      PermissionsBoundary: text('permissionsBoundary'),
      Tags: TAGS,
    },
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
    name: 'UpdateUser',
    document: 'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { __typename } }',
    parameters: { ...USER_NAME, NewPath: text('newPath'), NewUserName: text('newUserName') },
  },
  {
    name: 'DeleteUser',
    document: 'mutation ($input: DeleteUserInput!) { deleteUser(input: $input) { __typename } }',
    parameters: USER_NAME,
  },
  {
    name: 'TagUser',
    document: 'mutation ($input: TagUserInput!) { tagUser(input: $input) { __typename } }',
    parameters: { ...USER_NAME, Tags: required(TAGS) },
  },
  {
    name: 'UntagUser',
    document: 'mutation ($input: UntagUserInput!) { untagUser(input: $input) { __typename } }',
    parameters: { ...USER_NAME, TagKeys: required(listOf(text())) },
  },
  {
    name: 'ListUserTags',
    document: 'query ($userName: String!) { userTags(userName: $userName) { key value } }',
    parameters: USER_NAME,
    paged: true,
    result: wholeList('Tags', '', placeByName('key'), TAG),
  },
  {
    name: 'PutUserPermissionsBoundary',
    document: `mutation ($input: PutUserPermissionsBoundaryInput!) {
      putUserPermissionsBoundary(input: $input) { __typename }
    }`,
    parameters: { ...USER_NAME, PermissionsBoundary: required(text('permissionsBoundary')) },
  },
  {
    name: 'DeleteUserPermissionsBoundary',
    document: `mutation ($input: DeleteUserPermissionsBoundaryInput!) {
      deleteUserPermissionsBoundary(input: $input) { __typename }
    }`,
    parameters: USER_NAME,
  },
]
