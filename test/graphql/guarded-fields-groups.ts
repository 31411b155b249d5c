import type { FieldCase, Need, NestedCase } from './guarded-fields.ts'
import { policyOf } from '../support/installation.ts'
import type { World } from '../support/world.ts'

type Input = Readonly<Record<string, unknown>>

const DOCUMENT = policyOf([{ action: 's3:GetObject' }])

function onGroup(world: World, action: string, name: string, path = '/'): Need {
  return { action, on: world.arn(`group${path}${name}`), display: `group ${name}`, shown: world.arn(`group/${name}`) }
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

/** A mutation about a group by name that needs one action on that group, and on nothing else. */
function aboutGroup(
  name: string,
  action: string,
  input: (world: World) => Input = () => ({}),
  group = 'Crew',
): FieldCase {
  const about = (world: World, groupName: string) => mutation(name, { groupName, ...input(world) })
  return {
    field: `Mutation.${name}`,
    ask: (world) => ({
      ...about(world, group),
      needs: [onGroup(world, action, group, group === 'Crew' ? '/ships/' : '/ports/')],
    }),
    askAboutNothing: (world) => ({ ...about(world, 'Missing'), needs: [onGroup(world, action, 'Missing')] }),
  }
}

/** Groups, their members and their policies. */
export const GROUP_FIELDS: readonly FieldCase[] = [
  {
    field: 'Query.group',
    ask: (world) => ({
      query: '{ group(name: "Crew") { name } }',
      needs: [onGroup(world, 'iam:GetGroup', 'Crew', '/ships/')],
      finds: 'group.name',
    }),
    askAboutNothing: (world) => ({
      query: '{ group(name: "Missing") { name } }',
      needs: [onGroup(world, 'iam:GetGroup', 'Missing')],
      finds: 'group.name',
    }),
  },
  {
    field: 'Query.groups',
    ask: (world) => ({
      query: '{ groups { edges { node { name } } } }',
      needs: [onArn('iam:ListGroups', world.arn('group/'))],
      finds: 'groups.edges.0.node.name',
    }),
  },
  {
    field: 'Query.node',
    way: 'Group by ListGroups',
    ask: (world) => ({
      query: 'query ($id: ID!) { node(id: $id) { id } }',
      variables: { id: world.globalId('Group', world.crew.id) },
      needs: [onArn('iam:ListGroups', world.arn('group/'))],
      finds: 'node.id',
    }),
    askAboutNothing: (world) => ({
      query: 'query ($id: ID!) { node(id: $id) { id } }',
      variables: { id: world.globalId('Group', 'NOBODYHASTHISID') },
      needs: [onArn('iam:ListGroups', world.arn('group/'))],
      finds: 'node.id',
    }),
  },
  {
    field: 'Mutation.createGroup',
    ask: (world) => ({
      ...mutation('createGroup', { groupName: 'New', path: '/ships/' }),
      needs: [onArn('iam:CreateGroup', world.arn('group/ships/New'))],
    }),
  },
  {
    field: 'Mutation.updateGroup',
    ask: (world) => ({
      ...mutation('updateGroup', { groupName: 'Crew', newGroupName: 'Hands' }),
      needs: [
        onGroup(world, 'iam:UpdateGroup', 'Crew', '/ships/'),
        onGroup(world, 'iam:UpdateGroup', 'Hands', '/ships/'),
      ],
    }),
    askAboutNothing: (world) => ({
      ...mutation('updateGroup', { groupName: 'Missing', newGroupName: 'Hands' }),
      needs: [onGroup(world, 'iam:UpdateGroup', 'Missing'), onGroup(world, 'iam:UpdateGroup', 'Hands')],
    }),
  },
  aboutGroup('deleteGroup', 'iam:DeleteGroup', () => ({}), 'Empty'),
  aboutGroup('addUserToGroup', 'iam:AddUserToGroup', () => ({ userName: 'Plain' })),
  aboutGroup('removeUserFromGroup', 'iam:RemoveUserFromGroup', () => ({ userName: 'Target' })),
  aboutGroup('putGroupPolicy', 'iam:PutGroupPolicy', () => ({ policyName: 'more', policyDocument: DOCUMENT })),
  aboutGroup('deleteGroupPolicy', 'iam:DeleteGroupPolicy', () => ({ policyName: 'inline' })),
  aboutGroup('attachGroupPolicy', 'iam:AttachGroupPolicy', ({ loose }) => ({ policyArn: loose.arn })),
  aboutGroup('detachGroupPolicy', 'iam:DetachGroupPolicy', ({ managed }) => ({ policyArn: managed.arn })),
]

function listedCrew(world: World, action: string): Need {
  const arn = world.arn('group/ships/Crew')
  return { action, on: arn, display: 'group Crew', shown: arn }
}

/** A field of a listed group. */
function ofGroup(field: string, action: string, selection: string, reads: string): NestedCase {
  return {
    field: `Group.${field}`,
    reads,
    ask: (world) => ({
      query: `{ groups(pathPrefix: "/ships/") { edges { node { name ${selection} } } } }`,
      parents: [onArn('iam:ListGroups', world.arn('group/ships/'))],
      need: listedCrew(world, action),
      path: `groups.edges.0.node.${field}`,
      sibling: 'groups.edges.0.node.name',
    }),
  }
}

const inlineOfGroup = (field: string): NestedCase => ({
  field: `InlinePolicy.${field}`,
  way: 'of a group',
  ask: (world) => ({
    query: `{ groups(pathPrefix: "/ships/") { edges { node { inlinePolicies { policyName ${field} } } } } }`,
    parents: [onArn('iam:ListGroups', world.arn('group/ships/')), listedCrew(world, 'iam:ListGroupPolicies')],
    need: listedCrew(world, 'iam:GetGroupPolicy'),
    path: `groups.edges.0.node.inlinePolicies.0.${field}`,
    sibling: 'groups.edges.0.node.inlinePolicies.0.policyName',
  }),
})

export const GROUP_NESTED: readonly NestedCase[] = [
  ofGroup('users', 'iam:GetGroup', 'users { edges { node { name } } }', '"group_member"'),
  ofGroup('inlinePolicies', 'iam:ListGroupPolicies', 'inlinePolicies { policyName }', '"group_policy"'),
  ofGroup(
    'attachedPolicies',
    'iam:ListAttachedGroupPolicies',
    'attachedPolicies { edges { node { id } } }',
    '"group_policy_attachment"',
  ),
  inlineOfGroup('policyDocument'),
  inlineOfGroup('policyText'),
]
