import type { AwsRow } from '../operation.ts'
import { at, list, type Members, page, placeBy, placeByName, structure, timestamp, wholeList } from '../output.ts'
import { required, text } from '../parameters.ts'
import { connection, GIVEN_TAGS, TAG } from './common.ts'
import { LISTED_ROLE, LISTED_ROLE_FIELDS } from './roles.ts'

const FIELDS = `path name instanceProfileId arn createdAt role { ${LISTED_ROLE_FIELDS} }`

const NAME = { InstanceProfileName: required(text('instanceProfileName')) }

const ROLES = list(structure(LISTED_ROLE))

const PROFILE: Members = {
  Path: at('path'),
  InstanceProfileName: at('name'),
  InstanceProfileId: at('instanceProfileId'),
  Arn: at('arn'),
  CreateDate: at('createdAt', timestamp),
  // A list of one or none.
  Roles: (profile, asked) => at('role', (role) => ROLES([role], asked))(profile, asked) ?? ROLES([], asked),
}

export const INSTANCE_PROFILES: readonly AwsRow[] = [
  {
    name: 'CreateInstanceProfile',
    selects: `instanceProfile { ${FIELDS} }`,
    result: { InstanceProfile: at('instanceProfile', structure({ ...PROFILE, Tags: GIVEN_TAGS })) },
  },
  {
    name: 'GetInstanceProfile',
    document: `query ($instanceProfileName: String!) {
      instanceProfile(name: $instanceProfileName) { ${FIELDS} tags { key value } }
    }`,
    parameters: NAME,
    result: { InstanceProfile: structure({ ...PROFILE, Tags: at('tags', list(TAG)) }) },
  },
  {
    name: 'ListInstanceProfiles',
    document: `query ($pathPrefix: String, $first: Int, $after: String) {
      instanceProfiles(pathPrefix: $pathPrefix, first: $first, after: $after) { ${connection(FIELDS)} }
    }`,
    parameters: { PathPrefix: text('pathPrefix') },
    paged: true,
    result: page('InstanceProfiles', '', structure(PROFILE)),
  },
  {
    name: 'ListInstanceProfilesForRole',
    document: `query ($roleName: String!) { instanceProfilesForRole(roleName: $roleName) { ${FIELDS} } }`,
    parameters: { RoleName: required(text('roleName')) },
    paged: true,
    result: wholeList('InstanceProfiles', '', placeByName('name'), structure(PROFILE)),
  },
  {
    name: 'ListInstanceProfileTags',
    document: `query ($instanceProfileName: String!) {
      instanceProfileTags(instanceProfileName: $instanceProfileName) { key value }
    }`,
    parameters: NAME,
    paged: true,
    result: wholeList('Tags', '', placeBy('key'), TAG),
  },
]
