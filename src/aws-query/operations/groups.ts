import type { AwsRow } from '../operation.ts'
import { at, type Members, page, placeByName, structure, timestamp, wholeList } from '../output.ts'
import { required, text } from '../parameters.ts'
import { connection } from './common.ts'
import { USER, USER_FIELDS } from './users.ts'

const GROUP: Members = {
  Path: at('path'),
  GroupName: at('name'),
  GroupId: at('groupId'),
  Arn: at('arn'),
  CreateDate: at('createdAt', timestamp),
}
const GROUP_FIELDS = 'path name groupId arn createdAt'

const GROUP_NAME = { GroupName: required(text('groupName')) }
const USER_NAME = { UserName: required(text('userName')) }

export const GROUPS: readonly AwsRow[] = [
  {
    name: 'CreateGroup',
    selects: `group { ${GROUP_FIELDS} }`,
    result: { Group: at('group', structure(GROUP)) },
  },
  {
    name: 'GetGroup',
    document: `query ($groupName: String!, $first: Int, $after: String) {
      group(name: $groupName) {
        ${GROUP_FIELDS} users(first: $first, after: $after) { ${connection(USER_FIELDS)} }
      }
    }`,
    parameters: GROUP_NAME,
    paged: true,
    result: { Group: structure(GROUP), ...page('Users', 'users', structure(USER)) },
  },
  {
    name: 'ListGroups',
    document: `query ($pathPrefix: String, $first: Int, $after: String) {
      groups(pathPrefix: $pathPrefix, first: $first, after: $after) { ${connection(GROUP_FIELDS)} }
    }`,
    parameters: { PathPrefix: text('pathPrefix') },
    paged: true,
    result: page('Groups', '', structure(GROUP)),
  },
  {
    name: 'ListGroupsForUser',
    document: `query ($userName: String!) { groupsForUser(userName: $userName) { ${GROUP_FIELDS} } }`,
    parameters: USER_NAME,
    paged: true,
    result: wholeList('Groups', '', placeByName('name'), structure(GROUP)),
  },
]
