import type { FieldCase, Need, NestedCase } from './guarded-fields.ts'
import type { World } from '../support/world.ts'

type Input = Readonly<Record<string, unknown>>

const tags = [{ key: 'cost', value: '7' }]

function onProfile(world: World, action: string, name: string, path = '/'): Need {
  const shown = world.arn(`instance-profile/${name}`)
  return { action, on: world.arn(`instance-profile${path}${name}`), display: `instance profile ${name}`, shown }
}

function onRole(world: World, action: string, name: string, path = '/'): Need {
  const shown = world.arn(`role/${name}`)
  return { action, on: world.arn(`role${path}${name}`), display: `role ${name}`, shown }
}

function onArn(action: string, arn: string): Need {
  return { action, on: arn, display: arn, shown: arn }
}

function mutation(name: string, input: Input) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  return {
    query: `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
    variables: { input },
    finds: `${name}.__typename`,
  }
}

/** A mutation about an instance profile by name that needs one action on it, and whatever more it says. */
function aboutProfile(
  name: string,
  action: string,
  input: Input = {},
  profile = 'Machine',
  more: (world: World) => readonly Need[] = () => [],
): FieldCase {
  const about = (instanceProfileName: string) => mutation(name, { instanceProfileName, ...input })
  return {
    field: `Mutation.${name}`,
    ask: (world) => ({
      ...about(profile),
      needs: [onProfile(world, action, profile, profile === 'Machine' ? '/machines/m/' : '/machines/'), ...more(world)],
    }),
    askAboutNothing: (world) => ({ ...about('Missing'), needs: [onProfile(world, action, 'Missing'), ...more(world)] }),
  }
}

export const INSTANCE_PROFILE_FIELDS: readonly FieldCase[] = [
  {
    field: 'Query.instanceProfile',
    ask: (world) => ({
      query: '{ instanceProfile(name: "Machine") { name } }',
      needs: [onProfile(world, 'iam:GetInstanceProfile', 'Machine', '/machines/m/')],
      finds: 'instanceProfile.name',
    }),
    askAboutNothing: (world) => ({
      query: '{ instanceProfile(name: "Missing") { name } }',
      needs: [onProfile(world, 'iam:GetInstanceProfile', 'Missing')],
      finds: 'instanceProfile.name',
    }),
  },
  {
    field: 'Query.instanceProfiles',
    ask: (world) => ({
      query: '{ instanceProfiles { edges { node { name } } } }',
      needs: [onArn('iam:ListInstanceProfiles', world.arn('instance-profile/'))],
      finds: 'instanceProfiles.edges.0.node.name',
    }),
  },
  {
    field: 'Query.instanceProfilesForRole',
    ask: (world) => ({
      query: '{ instanceProfilesForRole(roleName: "Engine") { name } }',
      needs: [onRole(world, 'iam:ListInstanceProfilesForRole', 'Engine', '/svc/engines/')],
      finds: 'instanceProfilesForRole.0.name',
    }),
    askAboutNothing: (world) => ({
      query: '{ instanceProfilesForRole(roleName: "Missing") { name } }',
      needs: [onRole(world, 'iam:ListInstanceProfilesForRole', 'Missing')],
      finds: 'instanceProfilesForRole.0.name',
    }),
  },
  {
    field: 'Query.instanceProfileTags',
    ask: (world) => ({
      query: '{ instanceProfileTags(instanceProfileName: "Machine") { value } }',
      needs: [onProfile(world, 'iam:ListInstanceProfileTags', 'Machine', '/machines/m/')],
      finds: 'instanceProfileTags.0.value',
    }),
    askAboutNothing: (world) => ({
      query: '{ instanceProfileTags(instanceProfileName: "Missing") { value } }',
      needs: [onProfile(world, 'iam:ListInstanceProfileTags', 'Missing')],
      finds: 'instanceProfileTags.0.value',
    }),
  },
  {
    field: 'Query.node',
    way: 'InstanceProfile by ListInstanceProfiles',
    ask: (world) => ({
      query: 'query ($id: ID!) { node(id: $id) { __typename id } }',
      variables: { id: world.globalId('InstanceProfile', world.machine.id) },
      needs: [onArn('iam:ListInstanceProfiles', world.arn('instance-profile/'))],
      finds: 'node.id',
    }),
    askAboutNothing: (world) => ({
      query: 'query ($id: ID!) { node(id: $id) { __typename id } }',
      variables: { id: world.globalId('InstanceProfile', 'NOBODYHASTHISID') },
      needs: [onArn('iam:ListInstanceProfiles', world.arn('instance-profile/'))],
      finds: 'node.id',
    }),
  },
  {
    field: 'Mutation.createInstanceProfile',
    ask: (world) => ({
      ...mutation('createInstanceProfile', { instanceProfileName: 'New', path: '/machines/' }),
      needs: [onArn('iam:CreateInstanceProfile', world.arn('instance-profile/machines/New'))],
    }),
  },
  {
    field: 'Mutation.createInstanceProfile',
    way: 'with tags',
    ask: (world) => ({
      ...mutation('createInstanceProfile', { instanceProfileName: 'New', path: '/machines/', tags }),
      needs: ['iam:CreateInstanceProfile', 'iam:TagInstanceProfile'].map((action) =>
        onArn(action, world.arn('instance-profile/machines/New')),
      ),
    }),
  },
  aboutProfile('deleteInstanceProfile', 'iam:DeleteInstanceProfile', {}, 'Spare'),
  aboutProfile('addRoleToInstanceProfile', 'iam:AddRoleToInstanceProfile', { roleName: 'Bare' }, 'Spare', (world) => [
    onRole(world, 'iam:PassRole', 'Bare', '/svc/'),
  ]),
  aboutProfile('removeRoleFromInstanceProfile', 'iam:RemoveRoleFromInstanceProfile', { roleName: 'Engine' }),
  aboutProfile('tagInstanceProfile', 'iam:TagInstanceProfile', { tags }),
  aboutProfile('untagInstanceProfile', 'iam:UntagInstanceProfile', { tagKeys: ['team'] }),
]

function listed(world: World, action: string): Need {
  return { action, on: world.machine.arn, display: 'instance profile Machine', shown: world.machine.arn }
}

/** The tags of a listed instance profile. */
function tagsBy(action: string, blames?: string): NestedCase {
  return {
    field: 'InstanceProfile.tags',
    way: `by ${action}`,
    reads: '"instance_profile_tag"',
    ...(blames !== undefined && { blames }),
    ask: (world) => ({
      query: '{ instanceProfiles(pathPrefix: "/machines/m") { edges { node { name tags { key } } } } }',
      parents: [onArn('iam:ListInstanceProfiles', world.arn('instance-profile/machines/m'))],
      need: listed(world, action),
      path: 'instanceProfiles.edges.0.node.tags',
      sibling: 'instanceProfiles.edges.0.node.name',
    }),
  }
}

/** The role of an instance profile that is shown by a mutation to whoever may read it. */
function roleBy(action: 'iam:GetInstanceProfile' | 'iam:ListInstanceProfiles'): NestedCase {
  return {
    field: 'InstanceProfile.role',
    way: `by ${action}`,
    blames: 'iam:GetInstanceProfile',
    ask: (world) => ({
      query: `mutation {
        untagInstanceProfile(input: { instanceProfileName: "Machine", tagKeys: ["none"] }) { instanceProfile { name role { name } } }
      }`,
      parents: [onProfile(world, 'iam:UntagInstanceProfile', 'Machine', '/machines/m/')],
      need: {
        ...listed(world, action),
        ...(action === 'iam:ListInstanceProfiles' && { on: world.arn('instance-profile/') }),
      },
      path: 'untagInstanceProfile.instanceProfile.role',
      sibling: 'untagInstanceProfile.instanceProfile.name',
    }),
  }
}

export const INSTANCE_PROFILE_NESTED: readonly NestedCase[] = [
  tagsBy('iam:ListInstanceProfileTags'),
  tagsBy('iam:GetInstanceProfile', 'iam:ListInstanceProfileTags'),
  roleBy('iam:GetInstanceProfile'),
  roleBy('iam:ListInstanceProfiles'),
]
