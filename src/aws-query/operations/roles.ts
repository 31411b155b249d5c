import type { AwsRow } from '../operation.ts'
import { at, given, type Members, page, placeByName, policyText, structure, timestamp, wholeList } from '../output.ts'
import { required, text } from '../parameters.ts'
import { BOUNDARY, connection, GIVEN_BOUNDARY, GIVEN_TAGS, TAG, TAGS_IF_ANY } from './common.ts'

const ROLE: Members = {
  Path: at('path'),
  RoleName: at('name'),
  RoleId: at('roleId'),
  Arn: at('arn'),
  CreateDate: at('createdAt', timestamp),
}
const ROLE_FIELDS = 'path name roleId arn createdAt'

/** What lists show. */
export const LISTED_ROLE: Members = {
  ...ROLE,
  AssumeRolePolicyDocument: at('assumeRolePolicyText', policyText),
  Description: at('description'),
  MaxSessionDuration: at('maxSessionDuration'),
}
export const LISTED_ROLE_FIELDS = `${ROLE_FIELDS} assumeRolePolicyText description maxSessionDuration`

/** Of an answer that brings the trust policy beside the role. */
export const WHOLE_ROLE = structure({
  Path: at('role.path'),
  RoleName: at('role.name'),
  RoleId: at('role.roleId'),
  Arn: at('role.arn'),
  CreateDate: at('role.createdAt', timestamp),
  AssumeRolePolicyDocument: at('assumeRolePolicyText', policyText),
  Description: at('role.description'),
  MaxSessionDuration: at('role.maxSessionDuration'),
})
export const WHOLE_ROLE_FIELDS = `role { ${ROLE_FIELDS} description maxSessionDuration } assumeRolePolicyText`

const ROLE_NAME = { RoleName: required(text('roleName')) }

export const ROLES: readonly AwsRow[] = [
  {
    name: 'CreateRole',
    selects: `role { ${ROLE_FIELDS} }`,
    parameters: { Description: text('roleDescription') },
    result: {
      Role: at(
        'role',
        structure({
          ...ROLE,
          AssumeRolePolicyDocument: given('AssumeRolePolicyDocument', policyText),
          Description: given('Description'),
          PermissionsBoundary: GIVEN_BOUNDARY,
          Tags: GIVEN_TAGS,
        }),
      ),
    },
  },
  {
    name: 'GetRole',
    document: `query ($roleName: String!) {
      role(name: $roleName) {
        ${LISTED_ROLE_FIELDS} permissionsBoundary { arn } tags { key value } lastUsed { at region }
      }
    }`,
    parameters: ROLE_NAME,
    result: {
      Role: structure({
        ...LISTED_ROLE,
        PermissionsBoundary: BOUNDARY,
        Tags: at('tags', TAGS_IF_ANY),
        RoleLastUsed: at('lastUsed', structure({ LastUsedDate: at('at', timestamp), Region: at('region') })),
      }),
    },
  },
  {
    name: 'ListRoles',
    document: `query ($pathPrefix: String, $first: Int, $after: String) {
      roles(pathPrefix: $pathPrefix, first: $first, after: $after) { ${connection(LISTED_ROLE_FIELDS)} }
    }`,
    parameters: { PathPrefix: text('pathPrefix') },
    paged: true,
    result: page('Roles', '', structure(LISTED_ROLE)),
  },
  {
    name: 'UpdateRole',
    parameters: { Description: text('roleDescription') },
    result: {},
  },
  {
    name: 'UpdateRoleDescription',
    selects: WHOLE_ROLE_FIELDS,
    parameters: { Description: required(text('roleDescription')) },
    result: { Role: WHOLE_ROLE },
  },
  {
    name: 'ListRoleTags',
    document: 'query ($roleName: String!) { roleTags(roleName: $roleName) { key value } }',
    parameters: ROLE_NAME,
    paged: true,
    result: wholeList('Tags', '', placeByName('key'), TAG),
  },
]
