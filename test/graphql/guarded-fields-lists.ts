import type { Asked, FieldCase, Need, NestedCase } from './guarded-fields.ts'
import { TARGETS_SSH_KEY, type World } from '../support/world.ts'

interface Part {
  readonly field: string
  readonly action: string
  /** Arguments beside the one that names the owner. */
  readonly args?: string
  readonly selects?: string
  readonly finds: string
}

interface Owner {
  readonly kind: 'user' | 'group' | 'role'
  readonly name: string
  readonly path: string
}

const TARGET: Owner = { kind: 'user', name: 'Target', path: '/staff/' }
const CREW: Owner = { kind: 'group', name: 'Crew', path: '/ships/' }
const ENGINE: Owner = { kind: 'role', name: 'Engine', path: '/svc/engines/' }

/** What belongs to a user, group or role: each has an action of its own on it. */
const of = ({ kind, name, path }: Owner, { field, action, args = '', selects = '', finds }: Part): FieldCase => {
  const query = (of: string) => `{ ${field}(${kind}Name: "${of}"${args}) ${selects} }`
  const need = (world: World, of: string, below: string): Need => ({
    action,
    on: world.arn(`${kind}${below}${of}`),
    display: `${kind} ${of}`,
    shown: world.arn(`${kind}/${of}`),
  })
  return {
    field: `Query.${field}`,
    ask: (world) => ({ query: query(name), needs: [need(world, name, path)], finds }),
    askAboutNothing: (world) => ({ query: query('Missing'), needs: [need(world, 'Missing', '/')], finds }),
  }
}

/** The three queries about the policies of a user, group or role. */
const policiesOf = (owner: Owner): readonly FieldCase[] => {
  const { kind } = owner
  const Kind = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
  return [
    of(owner, { field: `${kind}PolicyNames`, action: `iam:List${Kind}Policies`, finds: `${kind}PolicyNames.0` }),
    of(owner, {
      field: `${kind}Policy`,
      action: `iam:Get${Kind}Policy`,
      args: ', policyName: "inline"',
      selects: '{ policyText }',
      finds: `${kind}Policy.policyText`,
    }),
    of(owner, {
      field: `attached${Kind}Policies`,
      action: `iam:ListAttached${Kind}Policies`,
      selects: '{ policyArn }',
      finds: `attached${Kind}Policies.0.policyArn`,
    }),
  ]
}

/** What belongs to a managed policy. */
const ofPolicy = ({ field, action, args = '', selects = '', finds }: Part): FieldCase => {
  const query = `query ($arn: ARN!) { ${field}(policyArn: $arn${args}) ${selects} }`
  const about = (arn: string) => {
    const need: Need = { action, on: arn, display: arn, shown: arn }
    return { query, variables: { arn }, needs: [need], finds }
  }
  return {
    field: `Query.${field}`,
    ask: ({ managed }) => about(managed.arn),
    askAboutNothing: (world) => about(world.arn('policy/Missing')),
  }
}

function deviceTags(serialNumber: string): Asked {
  return {
    query: 'query ($serialNumber: String!) { mfaDeviceTags(serialNumber: $serialNumber) { key } }',
    variables: { serialNumber },
    needs: [{ action: 'iam:ListMFADeviceTags', on: serialNumber, display: serialNumber, shown: serialNumber }],
    finds: 'mfaDeviceTags.0.key',
  }
}

function providerTags(arn: string): Asked {
  return {
    query: 'query ($arn: ARN!) { openIdConnectProviderTags(arn: $arn) { key } }',
    variables: { arn },
    needs: [{ action: 'iam:ListOpenIDConnectProviderTags', on: arn, display: arn, shown: arn }],
    finds: 'openIdConnectProviderTags.0.key',
  }
}

/** Fields of Query that have what belongs to one user, group, role or policy. */
export const LIST_FIELDS: readonly FieldCase[] = [
  ...[TARGET, CREW, ENGINE].flatMap(policiesOf),
  of(TARGET, {
    field: 'accessKeys',
    action: 'iam:ListAccessKeys',
    selects: '{ accessKeyId }',
    finds: 'accessKeys.0.accessKeyId',
  }),
  of(TARGET, {
    field: 'sshPublicKey',
    action: 'iam:GetSSHPublicKey',
    args: `, sshPublicKeyId: "${TARGETS_SSH_KEY}", encoding: PEM`,
    selects: '{ sshPublicKeyBody }',
    finds: 'sshPublicKey.sshPublicKeyBody',
  }),
  of(TARGET, {
    field: 'sshPublicKeys',
    action: 'iam:ListSSHPublicKeys',
    selects: '{ sshPublicKeyId }',
    finds: 'sshPublicKeys.0.sshPublicKeyId',
  }),
  of(TARGET, {
    field: 'signingCertificates',
    action: 'iam:ListSigningCertificates',
    selects: '{ certificateId }',
    finds: 'signingCertificates.0.certificateId',
  }),
  of(TARGET, { field: 'userTags', action: 'iam:ListUserTags', selects: '{ key }', finds: 'userTags.0.key' }),
  of(TARGET, {
    field: 'loginProfile',
    action: 'iam:GetLoginProfile',
    selects: '{ userName }',
    finds: 'loginProfile.userName',
  }),
  of(TARGET, {
    field: 'mfaDevices',
    action: 'iam:ListMFADevices',
    selects: '{ userName }',
    finds: 'mfaDevices.0.userName',
  }),
  of(TARGET, {
    field: 'groupsForUser',
    action: 'iam:ListGroupsForUser',
    selects: '{ name }',
    finds: 'groupsForUser.0.name',
  }),
  of(ENGINE, { field: 'roleTags', action: 'iam:ListRoleTags', selects: '{ key }', finds: 'roleTags.0.key' }),
  ofPolicy({
    field: 'policyVersions',
    action: 'iam:ListPolicyVersions',
    selects: '{ versionId }',
    finds: 'policyVersions.0.versionId',
  }),
  ofPolicy({
    field: 'policyVersion',
    action: 'iam:GetPolicyVersion',
    args: ', versionId: "v2"',
    selects: '{ policyText }',
    finds: 'policyVersion.policyText',
  }),
  ofPolicy({
    field: 'entitiesForPolicy',
    action: 'iam:ListEntitiesForPolicy',
    selects: '{ edges { node { name } } }',
    finds: 'entitiesForPolicy.edges.0.node.name',
  }),
  ofPolicy({ field: 'policyTags', action: 'iam:ListPolicyTags', selects: '{ key }', finds: 'policyTags.0.key' }),
  {
    field: 'Query.openIdConnectProviderTags',
    ask: ({ identityProvider }) => providerTags(identityProvider.arn),
    askAboutNothing: (world) => providerTags(world.arn('oidc-provider/missing.example.com')),
  },
  {
    field: 'Query.mfaDeviceTags',
    ask: ({ used }) => deviceTags(used.serialNumber),
    askAboutNothing: (world) => deviceTags(world.arn('mfa/Missing')),
  },
]

/** Whose device it is, where another permission than that to list devices has led to it. */
const assignee = (way: string, needOf: (world: World) => Need): NestedCase => ({
  field: 'MfaDevice.assignee',
  way,
  ask: (world) => ({
    query: '{ mfaDevices(userName: "Target") { serialNumber assignee { name } } }',
    parents: [
      {
        action: 'iam:ListMFADevices',
        on: world.target.arn,
        display: 'user Target',
        shown: world.arn('user/Target'),
      },
    ],
    need: needOf(world),
    path: 'mfaDevices.0.assignee',
    sibling: 'mfaDevices.0.serialNumber',
  }),
})

const listDevices = (world: World): Need => {
  const list = world.arn('mfa/')
  return { action: 'iam:ListVirtualMFADevices', on: list, display: list, shown: list }
}

export const LIST_NESTED: readonly NestedCase[] = [
  assignee('by ListVirtualMFADevices', listDevices),
  {
    ...assignee('by GetUser', ({ target, arn }) => ({
      action: 'iam:GetUser',
      on: target.arn,
      display: arn('mfa/'),
      shown: arn('mfa/'),
    })),
    blames: 'iam:ListVirtualMFADevices',
  },
]
