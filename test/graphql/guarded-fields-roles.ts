import type { FieldCase, Need, NestedCase } from './guarded-fields.ts'
import { policyOf } from '../support/installation.ts'
import type { World } from '../support/world.ts'

type Input = Readonly<Record<string, unknown>>

const DOCUMENT = policyOf([{ action: 's3:GetObject' }])
const tags = [{ key: 'cost', value: '7' }]

const trust = (world: World) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: world.arn('root') }, Action: 'sts:AssumeRole' },
})

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

/** A mutation about a role by name that needs one action on that role. */
function aboutRole(
  name: string,
  action: string,
  inputOf: (world: World) => Input = () => ({}),
  role = 'Engine',
): FieldCase {
  const about = (world: World, roleName: string) => mutation(name, { roleName, ...inputOf(world) })
  return {
    field: `Mutation.${name}`,
    ask: (world) => ({
      ...about(world, role),
      needs: [onRole(world, action, role, role === 'Engine' ? '/svc/engines/' : '/svc/')],
    }),
    askAboutNothing: (world) => ({ ...about(world, 'Missing'), needs: [onRole(world, action, 'Missing')] }),
  }
}

export const ROLE_FIELDS: readonly FieldCase[] = [
  {
    field: 'Query.role',
    ask: (world) => ({
      query: '{ role(name: "Engine") { name } }',
      needs: [onRole(world, 'iam:GetRole', 'Engine', '/svc/engines/')],
      finds: 'role.name',
    }),
    askAboutNothing: (world) => ({
      query: '{ role(name: "Missing") { name } }',
      needs: [onRole(world, 'iam:GetRole', 'Missing')],
      finds: 'role.name',
    }),
  },
  {
    field: 'Query.roles',
    ask: (world) => ({
      query: '{ roles { edges { node { name } } } }',
      needs: [onArn('iam:ListRoles', world.arn('role/'))],
      finds: 'roles.edges.0.node.name',
    }),
  },
  {
    field: 'Query.node',
    way: 'Role by ListRoles',
    ask: (world) => ({
      query: 'query ($id: ID!) { node(id: $id) { __typename id } }',
      variables: { id: world.globalId('Role', world.engine.id) },
      needs: [onArn('iam:ListRoles', world.arn('role/'))],
      finds: 'node.id',
    }),
    askAboutNothing: (world) => ({
      query: 'query ($id: ID!) { node(id: $id) { __typename id } }',
      variables: { id: world.globalId('Role', 'NOBODYHASTHISID') },
      needs: [onArn('iam:ListRoles', world.arn('role/'))],
      finds: 'node.id',
    }),
  },
  {
    field: 'Mutation.createRole',
    ask: (world) => ({
      ...mutation('createRole', { roleName: 'New', path: '/svc/', assumeRolePolicyDocument: trust(world) }),
      needs: [onArn('iam:CreateRole', world.arn('role/svc/New'))],
    }),
  },
  {
    field: 'Mutation.createRole',
    way: 'with tags',
    ask: (world) => ({
      ...mutation('createRole', { roleName: 'New', path: '/svc/', assumeRolePolicyDocument: trust(world), tags }),
      needs: ['iam:CreateRole', 'iam:TagRole'].map((action) => onArn(action, world.arn('role/svc/New'))),
    }),
  },
  aboutRole('updateRole', 'iam:UpdateRole', () => ({ maxSessionDuration: 7200 })),
  aboutRole('updateRoleDescription', 'iam:UpdateRoleDescription', () => ({ description: 'other' })),
  aboutRole('updateAssumeRolePolicy', 'iam:UpdateAssumeRolePolicy', (world) => ({ policyDocument: trust(world) })),
  aboutRole('deleteRole', 'iam:DeleteRole', () => ({}), 'Bare'),
  aboutRole('revokeRoleSessions', 'iam:PutRolePolicy'),
  aboutRole('tagRole', 'iam:TagRole', () => ({ tags })),
  aboutRole('untagRole', 'iam:UntagRole', () => ({ tagKeys: ['team'] })),
  aboutRole('putRolePolicy', 'iam:PutRolePolicy', () => ({ policyName: 'more', policyDocument: DOCUMENT })),
  aboutRole('deleteRolePolicy', 'iam:DeleteRolePolicy', () => ({ policyName: 'inline' })),
  aboutRole('attachRolePolicy', 'iam:AttachRolePolicy', ({ loose }) => ({ policyArn: loose.arn })),
  aboutRole('detachRolePolicy', 'iam:DetachRolePolicy', ({ managed }) => ({ policyArn: managed.arn })),
  aboutRole('putRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary', ({ loose }) => ({
    permissionsBoundary: loose.arn,
  })),
  aboutRole('deleteRolePermissionsBoundary', 'iam:DeleteRolePermissionsBoundary'),
  {
    field: 'Mutation.getFederationToken',
    ask: (world) => ({
      ...mutation('getFederationToken', { name: 'guest' }),
      needs: [onArn('sts:GetFederationToken', federated(world))],
    }),
  },
  {
    field: 'Mutation.getFederationToken',
    way: 'with tags',
    ask: (world) => ({
      ...mutation('getFederationToken', { name: 'guest', tags }),
      needs: ['sts:GetFederationToken', 'sts:TagSession'].map((action) => onArn(action, federated(world))),
    }),
  },
]

const federated = (world: World) => `arn:aws:sts::${world.account.accountId}:federated-user/guest`

function listedEngine(world: World, action: string): Need {
  return { action, on: world.engine.arn, display: 'role Engine', shown: world.engine.arn }
}

/** A field of a listed role. */
function ofRole(field: string, action: string, selection: string, reads?: string, way?: string): NestedCase {
  return {
    field: `Role.${field}`,
    ...(way !== undefined && { way }),
    ...(reads !== undefined && { reads }),
    ask: (world) => ({
      query: `{ roles(pathPrefix: "/svc/engines/") { edges { node { name ${selection} } } } }`,
      parents: [onArn('iam:ListRoles', world.arn('role/svc/engines/'))],
      need: listedEngine(world, action),
      path: `roles.edges.0.node.${field}`,
      sibling: 'roles.edges.0.node.name',
    }),
  }
}

/** A document of a role that is shown by a mutation to whoever may read it. */
function shownBy(field: string, action: 'iam:GetRole' | 'iam:ListRoles'): NestedCase {
  return {
    field: `Role.${field}`,
    way: `by ${action}`,
    blames: 'iam:GetRole',
    ask: (world) => ({
      query: `mutation { updateRole(input: { roleName: "Engine" }) { role { name ${field} } } }`,
      parents: [onRole(world, 'iam:UpdateRole', 'Engine', '/svc/engines/')],
      need: {
        ...listedEngine(world, action),
        ...(action === 'iam:ListRoles' && { on: world.arn('role/') }),
      },
      path: `updateRole.role.${field}`,
      sibling: 'updateRole.role.name',
    }),
  }
}

const inlineOfRole = (field: string): NestedCase => ({
  field: `InlinePolicy.${field}`,
  way: 'of a role',
  ask: (world) => ({
    query: `{ roles(pathPrefix: "/svc/engines/") { edges { node { inlinePolicies { policyName ${field} } } } } }`,
    parents: [onArn('iam:ListRoles', world.arn('role/svc/engines/')), listedEngine(world, 'iam:ListRolePolicies')],
    need: listedEngine(world, 'iam:GetRolePolicy'),
    path: `roles.edges.0.node.inlinePolicies.0.${field}`,
    sibling: 'roles.edges.0.node.inlinePolicies.0.policyName',
  }),
})

export const ROLE_NESTED: readonly NestedCase[] = [
  shownBy('assumeRolePolicyDocument', 'iam:GetRole'),
  shownBy('assumeRolePolicyDocument', 'iam:ListRoles'),
  shownBy('assumeRolePolicyText', 'iam:GetRole'),
  shownBy('assumeRolePolicyText', 'iam:ListRoles'),
  ofRole('lastUsed', 'iam:GetRole', 'lastUsed { __typename }', '"last_used_at"'),
  ofRole('tags', 'iam:ListRoleTags', 'tags { key }', '"role_tag"', 'by ListRoleTags'),
  { ...ofRole('tags', 'iam:GetRole', 'tags { key }', '"role_tag"', 'by GetRole'), blames: 'iam:ListRoleTags' },
  ofRole('permissionsBoundary', 'iam:GetRole', 'permissionsBoundary { id }'),
  ofRole('inlinePolicies', 'iam:ListRolePolicies', 'inlinePolicies { policyName }', '"role_policy"'),
  ofRole(
    'attachedPolicies',
    'iam:ListAttachedRolePolicies',
    'attachedPolicies { edges { node { id } } }',
    '"role_policy_attachment"',
  ),
  inlineOfRole('policyDocument'),
  inlineOfRole('policyText'),
]

export const ROLE_OPEN = [
  {
    field: 'Mutation.assumeRole',
    to: 'the signed-in',
    query:
      'mutation { assumeRole(input: { roleArn: "nothing-valid-in-here", roleSessionName: "session" }) { accessKeyId } }',
  },
] as const
