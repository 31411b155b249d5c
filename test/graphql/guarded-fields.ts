import { EXPLAINED_FIELDS, EXPLANATION_FIELDS } from './guarded-fields-explanation.ts'
import { PASSWORD_POLICY_FIELDS } from './guarded-fields-password-policy.ts'
import { REPORT_FIELDS } from './guarded-fields-reports.ts'
import { LIST_FIELDS, LIST_NESTED } from './guarded-fields-lists.ts'
import { GROUP_FIELDS, GROUP_NESTED } from './guarded-fields-groups.ts'
import { INSTANCE_PROFILE_FIELDS, INSTANCE_PROFILE_NESTED } from './guarded-fields-instance-profiles.ts'
import { SAML_FIELDS, SAML_NESTED, SAML_OPEN } from './guarded-fields-saml.ts'
import { OIDC_FIELDS, OIDC_NESTED, OIDC_OPEN } from './guarded-fields-oidc.ts'
import { OUTBOUND_FEDERATION_FIELDS } from './guarded-fields-outbound-federation.ts'
import { ROLE_FIELDS, ROLE_NESTED, ROLE_OPEN } from './guarded-fields-roles.ts'
import { SERVER_CERTIFICATE_FIELDS, SERVER_CERTIFICATE_NESTED } from './guarded-fields-server-certificates.ts'
import { SERVICE_ACCESS_FIELDS } from './guarded-fields-service-access.ts'
import { SERVICE_CREDENTIAL_FIELDS } from './guarded-fields-service-credentials.ts'
import { SERVICE_LINKED_ROLE_FIELDS } from './guarded-fields-service-linked-roles.ts'
import { TAG_FIELDS, TAG_NESTED } from './guarded-fields-tags.ts'
import { type Grant, policyOf } from '../support/installation.ts'
import { CERTIFICATES } from '../support/certificates.ts'
import { SSH_KEYS } from '../support/ssh-keys.ts'
import { PASSWORD, TARGETS_CERTIFICATE, TARGETS_SSH_KEY, type World } from '../support/world.ts'

/** One permission of a field: what must be allowed, and how a denial shows it. */
export interface Need {
  readonly action: string
  /** The full ARN that is decided on. */
  readonly on: string
  /** As IAM's message has it. */
  readonly display: string
  /** As `extensions.authz.resource` has it. */
  readonly shown: string
}

export interface Asked {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  /** All of them are needed, and nothing else. */
  readonly needs: readonly Need[]
  /** Where in the answer something must be found when all is allowed. */
  readonly finds: string
  /** The code by which the operation itself refuses users to whom all is allowed: it is for root, or done already. */
  readonly refusesUsers?: string
}

export interface FieldCase {
  readonly field: string
  /** Which of several ways, when there are several. */
  readonly way?: string
  /** `self` is the name of whoever will ask. */
  readonly ask: (world: World, self: string) => Asked
  /** The same question about something that does not exist, as far as it can be asked. */
  readonly askAboutNothing?: (world: World) => Asked
}

/** Exactly this permission. */
export const grant = ({ action, on }: Need): Grant => ({ action, on })

export const nameOf = ({ field, way }: Pick<FieldCase, 'field' | 'way'>) =>
  way === undefined ? field : `${field} (${way})`

const DOCUMENT = policyOf([{ action: 's3:GetObject' }])

/** On a user that the request calls by name. */
function onUser(world: World, action: string, name: string, path = '/'): Need {
  const shown = world.arn(`user/${name}`)
  return { action, on: world.arn(`user${path}${name}`), display: `user ${name}`, shown }
}

const onTarget = (world: World, action: string): Need => onUser(world, action, 'Target', '/staff/')
const onMissing = (world: World, action: string): Need => onUser(world, action, 'Missing')

/** On something that the request names by its whole ARN, or that denials show so. */
function onArn(action: string, arn: string, display = arn): Need {
  return { action, on: arn, display, shown: arn }
}

/** A mutation with one input; `{ __typename }` selects nothing that needs more. */
function mutation(
  name: string,
  input: Readonly<Record<string, unknown>>,
): Pick<Asked, 'query' | 'variables' | 'finds'> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  return {
    query: `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
    variables: { input },
    finds: `${name}.__typename`,
  }
}

type Input = Readonly<Record<string, unknown>>

/** A mutation about a user by name that needs one action on that user. */
function aboutUser(name: string, action: string, inputOf: (world: World) => Input = () => ({})): FieldCase {
  const about = (world: World, userName: string) => mutation(name, { userName, ...inputOf(world) })
  return {
    field: `Mutation.${name}`,
    ask: (world) => ({ ...about(world, 'Target'), needs: [onTarget(world, action)] }),
    askAboutNothing: (world) => ({ ...about(world, 'Missing'), needs: [onMissing(world, action)] }),
  }
}

const ghostPolicy = (world: World) => world.arn('policy/Missing')

/** A mutation about a managed policy by ARN that needs one action on it. */
function aboutPolicy(
  name: string,
  action: string,
  inputOf: (world: World) => Input = () => ({}),
  policyOfWorld: (world: World) => string = ({ managed }) => managed.arn,
): FieldCase {
  const about = (world: World, policyArn: string) => mutation(name, { policyArn, ...inputOf(world) })
  return {
    field: `Mutation.${name}`,
    ask: (world) => ({ ...about(world, policyOfWorld(world)), needs: [onArn(action, policyOfWorld(world))] }),
    askAboutNothing: (world) => ({ ...about(world, ghostPolicy(world)), needs: [onArn(action, ghostPolicy(world))] }),
  }
}

/** `node` on one kind of object, by one of the permissions that open it. */
function node(
  type: string,
  way: string,
  idOf: (world: World) => string,
  need: (world: World, id: string) => Need,
  nobodys = type === 'AccessKey' ? 'AKIAQAAAAAAAAAAAAAAA' : 'NOBODYHASTHISID',
): FieldCase {
  const query = 'query ($id: ID!) { node(id: $id) { __typename id } }'
  const of = (world: World, id: string): Asked => ({
    query,
    variables: { id: world.globalId(type, id) },
    needs: [need(world, id)],
    finds: 'node.id',
  })
  return {
    field: 'Query.node',
    way: `${type} by ${way}`,
    ask: (world) => of(world, idOf(world)),
    askAboutNothing: (world) => of(world, nobodys),
  }
}

const newTag = [{ key: 'cost', value: '7' }]

/** Every guarded field of Query and Mutation, with exactly what it needs. */
export const ROOT_FIELDS: readonly FieldCase[] = [
  ...PASSWORD_POLICY_FIELDS,
  ...EXPLANATION_FIELDS,
  {
    field: 'Query.account',
    ask: () => ({ query: '{ account { id } }', needs: [onArn('iam:GetAccountSummary', '*')], finds: 'account.id' }),
  },
  ...REPORT_FIELDS,
  ...LIST_FIELDS,
  ...GROUP_FIELDS,
  ...ROLE_FIELDS,
  ...INSTANCE_PROFILE_FIELDS,
  ...SERVICE_LINKED_ROLE_FIELDS,
  ...SERVER_CERTIFICATE_FIELDS,
  ...SERVICE_ACCESS_FIELDS,
  ...SERVICE_CREDENTIAL_FIELDS,
  ...OIDC_FIELDS,
  ...OUTBOUND_FEDERATION_FIELDS,
  ...SAML_FIELDS,
  ...TAG_FIELDS,
  node(
    'AuditEvent',
    'LookupEvents',
    ({ event }) => event.id,
    () => onArn('cloudtrail:LookupEvents', '*'),
    '01900000-0000-7000-8000-000000000000',
  ),
  {
    field: 'Query.user',
    ask: (world) => ({
      query: '{ user(name: "Target") { name } }',
      needs: [onTarget(world, 'iam:GetUser')],
      finds: 'user.name',
    }),
    askAboutNothing: (world) => ({
      query: '{ user(name: "Missing") { name } }',
      needs: [onMissing(world, 'iam:GetUser')],
      finds: 'user.name',
    }),
  },
  {
    field: 'Query.user',
    way: 'the caller',
    ask: (world, self) => ({
      query: '{ user { name } }',
      needs: [onUser(world, 'iam:GetUser', self)],
      finds: 'user.name',
    }),
  },
  {
    field: 'Query.users',
    ask: (world) => ({
      query: '{ users { edges { node { name } } } }',
      needs: [onArn('iam:ListUsers', world.arn('user/'))],
      finds: 'users.edges.0.node.name',
    }),
  },
  {
    field: 'Query.users',
    way: 'below a path',
    ask: (world) => ({
      query: '{ users(pathPrefix: "/staff/") { edges { node { name } } } }',
      needs: [onArn('iam:ListUsers', world.arn('user/staff/'))],
      finds: 'users.edges.0.node.name',
    }),
  },
  {
    field: 'Query.accessKey',
    ask: ({ targetKey, target }) => ({
      query: 'query ($id: ID!) { accessKey(id: $id) { accessKeyId } }',
      variables: { id: targetKey.id },
      needs: [
        {
          action: 'iam:GetAccessKeyLastUsed',
          on: target.arn,
          display: `access key ${targetKey.id}`,
          shown: `access key ${targetKey.id}`,
        },
      ],
      finds: 'accessKey.accessKeyId',
    }),
    askAboutNothing: (world) => ({
      query: 'query ($id: ID!) { accessKey(id: $id) { accessKeyId } }',
      variables: { id: 'AKIAQAAAAAAAAAAAAAAA' },
      needs: [
        {
          action: 'iam:GetAccessKeyLastUsed',
          on: world.arn('user/'),
          display: 'access key AKIAQAAAAAAAAAAAAAAA',
          shown: 'access key AKIAQAAAAAAAAAAAAAAA',
        },
      ],
      finds: 'accessKey.accessKeyId',
    }),
  },
  {
    field: 'Query.accessKeyInfo',
    ask: ({ targetKey }) => ({
      query: 'query ($id: ID!) { accessKeyInfo(id: $id) { accountId } }',
      variables: { id: targetKey.id },
      needs: [onArn('sts:GetAccessKeyInfo', '*')],
      finds: 'accessKeyInfo.accountId',
    }),
  },
  {
    field: 'Query.policy',
    ask: ({ managed }) => ({
      query: 'query ($arn: ARN!) { policy(arn: $arn) { policyName } }',
      variables: { arn: managed.arn },
      needs: [onArn('iam:GetPolicy', managed.arn)],
      finds: 'policy.policyName',
    }),
    askAboutNothing: (world) => ({
      query: 'query ($arn: ARN!) { policy(arn: $arn) { policyName } }',
      variables: { arn: world.arn('policy/Missing') },
      needs: [onArn('iam:GetPolicy', world.arn('policy/Missing'))],
      finds: 'policy.policyName',
    }),
  },
  {
    field: 'Query.policies',
    ask: (world) => ({
      query: '{ policies { edges { node { policyName } } } }',
      needs: [onArn('iam:ListPolicies', world.arn('policy/'), 'policy path /')],
      finds: 'policies.edges.0.node.policyName',
    }),
  },
  {
    field: 'Query.policies',
    way: 'below a path',
    ask: (world) => ({
      query: '{ policies(pathPrefix: "/shared/") { edges { node { policyName } } } }',
      needs: [onArn('iam:ListPolicies', world.arn('policy/shared/'), 'policy path /shared/')],
      finds: 'policies.edges.0.node.policyName',
    }),
  },
  {
    field: 'Query.virtualMfaDevices',
    ask: (world) => ({
      query: '{ virtualMfaDevices { edges { node { serialNumber } } } }',
      needs: [onArn('iam:ListVirtualMFADevices', world.arn('mfa/'))],
      finds: 'virtualMfaDevices.edges.0.node.serialNumber',
    }),
  },
  node(
    'User',
    'GetUser',
    ({ target }) => target.id,
    (world, id) => ({
      action: 'iam:GetUser',
      on: id === world.target.id ? world.target.arn : world.arn(`user/${id}`),
      display: `user ${id}`,
      shown: world.arn(`user/${id}`),
    }),
  ),
  node(
    'AccessKey',
    'ListAccessKeys',
    ({ targetKey }) => targetKey.id,
    (world, id) => ({
      action: 'iam:ListAccessKeys',
      on: id === world.targetKey.id ? world.target.arn : world.arn('user/'),
      display: `access key ${id}`,
      shown: `access key ${id}`,
    }),
  ),
  node(
    'Policy',
    'ListPolicies',
    ({ managed }) => managed.id,
    (world) => onArn('iam:ListPolicies', world.arn('policy/'), 'policy path /'),
  ),
  node(
    'MfaDevice',
    'ListVirtualMFADevices',
    ({ used }) => Buffer.from(used.nodeId, 'base64').toString().replace('MfaDevice:', ''),
    (world) => onArn('iam:ListVirtualMFADevices', world.arn('mfa/')),
  ),

  {
    field: 'Mutation.createUser',
    ask: (world) => ({
      ...mutation('createUser', { userName: 'New', path: '/staff/' }),
      needs: [{ ...onArn('iam:CreateUser', world.arn('user/staff/New')) }],
    }),
  },
  {
    field: 'Mutation.createUser',
    way: 'with tags',
    ask: (world) => ({
      ...mutation('createUser', { userName: 'New', tags: newTag }),
      needs: [onArn('iam:CreateUser', world.arn('user/New')), onArn('iam:TagUser', world.arn('user/New'))],
    }),
  },
  {
    field: 'Mutation.updateUser',
    ask: (world) => ({
      ...mutation('updateUser', { userName: 'Target', newUserName: 'Renamed' }),
      needs: [onTarget(world, 'iam:UpdateUser'), onUser(world, 'iam:UpdateUser', 'Renamed', '/staff/')],
    }),
    askAboutNothing: (world) => ({
      ...mutation('updateUser', { userName: 'Missing', newUserName: 'Renamed' }),
      needs: [onMissing(world, 'iam:UpdateUser'), onUser(world, 'iam:UpdateUser', 'Renamed')],
    }),
  },
  {
    field: 'Mutation.deleteUser',
    ask: (world) => ({
      ...mutation('deleteUser', { userName: 'Plain' }),
      needs: [onUser(world, 'iam:DeleteUser', 'Plain', '/staff/')],
    }),
    askAboutNothing: (world) => ({
      ...mutation('deleteUser', { userName: 'Missing' }),
      needs: [onMissing(world, 'iam:DeleteUser')],
    }),
  },
  aboutUser('tagUser', 'iam:TagUser', () => ({ tags: newTag })),
  aboutUser('untagUser', 'iam:UntagUser', () => ({ tagKeys: ['team'] })),
  aboutUser('createAccessKey', 'iam:CreateAccessKey'),
  {
    field: 'Mutation.createAccessKey',
    way: 'with a description',
    ask: (world) => ({
      ...mutation('createAccessKey', { userName: 'Target', description: 'a bot' }),
      needs: [onTarget(world, 'iam:CreateAccessKey'), onTarget(world, 'iam:TagUser')],
    }),
    askAboutNothing: (world) => ({
      ...mutation('createAccessKey', { userName: 'Missing', description: 'a bot' }),
      needs: [onMissing(world, 'iam:CreateAccessKey'), onMissing(world, 'iam:TagUser')],
    }),
  },
  aboutUser('updateAccessKey', 'iam:UpdateAccessKey', ({ targetKey }) => ({
    accessKeyId: targetKey.id,
    status: 'INACTIVE',
  })),
  {
    field: 'Mutation.updateAccessKey',
    way: 'its description only',
    ask: (world) => ({
      ...mutation('updateAccessKey', { userName: 'Target', accessKeyId: world.targetKey.id, description: 'a bot' }),
      needs: [onTarget(world, 'iam:TagUser')],
    }),
  },
  {
    field: 'Mutation.updateAccessKey',
    way: 'status and description',
    ask: (world) => ({
      ...mutation('updateAccessKey', {
        userName: 'Target',
        accessKeyId: world.targetKey.id,
        status: 'INACTIVE',
        description: 'a bot',
      }),
      needs: [onTarget(world, 'iam:UpdateAccessKey'), onTarget(world, 'iam:TagUser')],
    }),
  },
  aboutUser('deleteAccessKey', 'iam:DeleteAccessKey', ({ targetKey }) => ({ accessKeyId: targetKey.id })),
  aboutUser('uploadSshPublicKey', 'iam:UploadSSHPublicKey', () => ({ sshPublicKeyBody: SSH_KEYS.rsa.line })),
  aboutUser('updateSshPublicKey', 'iam:UpdateSSHPublicKey', () => ({
    sshPublicKeyId: TARGETS_SSH_KEY,
    status: 'INACTIVE',
  })),
  aboutUser('deleteSshPublicKey', 'iam:DeleteSSHPublicKey', () => ({ sshPublicKeyId: TARGETS_SSH_KEY })),
  aboutUser('uploadSigningCertificate', 'iam:UploadSigningCertificate', () => ({ certificateBody: CERTIFICATES.bob })),
  aboutUser('updateSigningCertificate', 'iam:UpdateSigningCertificate', () => ({
    certificateId: TARGETS_CERTIFICATE,
    status: 'INACTIVE',
  })),
  aboutUser('deleteSigningCertificate', 'iam:DeleteSigningCertificate', () => ({
    certificateId: TARGETS_CERTIFICATE,
  })),

  aboutUser('putUserPolicy', 'iam:PutUserPolicy', () => ({ policyName: 'more', policyDocument: DOCUMENT })),
  aboutUser('deleteUserPolicy', 'iam:DeleteUserPolicy', () => ({ policyName: 'inline' })),
  aboutUser('attachUserPolicy', 'iam:AttachUserPolicy', ({ loose }) => ({ policyArn: loose.arn })),
  aboutUser('detachUserPolicy', 'iam:DetachUserPolicy', ({ managed }) => ({ policyArn: managed.arn })),
  aboutUser('putUserPermissionsBoundary', 'iam:PutUserPermissionsBoundary', ({ loose }) => ({
    permissionsBoundary: loose.arn,
  })),
  aboutUser('deleteUserPermissionsBoundary', 'iam:DeleteUserPermissionsBoundary'),
  {
    field: 'Mutation.createPolicy',
    ask: (world) => ({
      ...mutation('createPolicy', { policyName: 'New', path: '/shared/', policyDocument: DOCUMENT }),
      needs: [onArn('iam:CreatePolicy', world.arn('policy/shared/New'), 'policy New')],
    }),
  },
  aboutPolicy('createPolicyVersion', 'iam:CreatePolicyVersion', () => ({ policyDocument: DOCUMENT })),
  aboutPolicy('setDefaultPolicyVersion', 'iam:SetDefaultPolicyVersion', () => ({ versionId: 'v2' })),
  aboutPolicy('deletePolicyVersion', 'iam:DeletePolicyVersion', () => ({ versionId: 'v2' })),
  aboutPolicy(
    'deletePolicy',
    'iam:DeletePolicy',
    () => ({}),
    ({ loose }) => loose.arn,
  ),

  {
    ...aboutUser('createLoginProfile', 'iam:CreateLoginProfile', () => ({ password: 'Another-Horse-8' })),
    ask: (world) => ({
      ...mutation('createLoginProfile', { userName: 'Plain', password: 'Another-Horse-8' }),
      needs: [onUser(world, 'iam:CreateLoginProfile', 'Plain', '/staff/')],
    }),
  },
  aboutUser('updateLoginProfile', 'iam:UpdateLoginProfile', () => ({ password: 'Another-Horse-8' })),
  aboutUser('deleteLoginProfile', 'iam:DeleteLoginProfile'),
  {
    field: 'Mutation.changePassword',
    ask: (world, self) => ({
      ...mutation('changePassword', { oldPassword: PASSWORD, newPassword: 'Another-Horse-8' }),
      needs: [onUser(world, 'iam:ChangePassword', self)],
    }),
  },
  {
    field: 'Query.userSessions',
    ask: (world) => ({
      query: '{ userSessions(userName: "Target") { sessionId } }',
      needs: [onTarget(world, 'latchkey:ListSessions')],
      finds: 'userSessions.0.sessionId',
    }),
    askAboutNothing: (world) => ({
      query: '{ userSessions(userName: "Missing") { sessionId } }',
      needs: [onMissing(world, 'latchkey:ListSessions')],
      finds: 'userSessions.0.sessionId',
    }),
  },
  aboutUser('revokeUserSession', 'latchkey:RevokeSession', () => ({ sessionId: 'target-session' })),
  aboutUser('revokeUserSessions', 'latchkey:RevokeSession'),
  {
    field: 'Mutation.updateRootEmail',
    ask: (world, self) => ({
      ...mutation('updateRootEmail', { email: 'new@example.com', password: PASSWORD }),
      needs: [onUser(world, 'latchkey:UpdateRootEmail', self)],
      refusesUsers: 'InvalidUserType',
    }),
  },

  {
    field: 'Mutation.createVirtualMfaDevice',
    ask: (world) => ({
      ...mutation('createVirtualMfaDevice', { virtualMfaDeviceName: 'New', path: '/phones/' }),
      needs: [onArn('iam:CreateVirtualMFADevice', world.arn('mfa/phones/New'))],
    }),
  },
  aboutUser('enableMfaDevice', 'iam:EnableMFADevice', ({ waiting }) => ({
    serialNumber: waiting.serialNumber,
    authenticationCode1: waiting.code(-1),
    authenticationCode2: waiting.code(),
  })),
  aboutUser('resyncMfaDevice', 'iam:ResyncMFADevice', ({ used }) => ({
    serialNumber: used.serialNumber,
    authenticationCode1: used.code(),
    authenticationCode2: used.code(1),
  })),
  {
    field: 'Mutation.createRecoveryCodes',
    ask: (world, self) => ({
      query: 'mutation { createRecoveryCodes { __typename } }',
      finds: 'createRecoveryCodes.__typename',
      needs: [onUser(world, 'latchkey:CreateRecoveryCodes', self)],
      // The caller has no device.
      refusesUsers: 'NoSuchEntity',
    }),
  },
  aboutUser('deactivateMfaDevice', 'iam:DeactivateMFADevice', ({ used }) => ({ serialNumber: used.serialNumber })),
  {
    field: 'Mutation.deleteVirtualMfaDevice',
    ask: ({ waiting: { serialNumber } }) => ({
      ...mutation('deleteVirtualMfaDevice', { serialNumber }),
      needs: [onArn('iam:DeleteVirtualMFADevice', serialNumber)],
    }),
    askAboutNothing: (world) => ({
      ...mutation('deleteVirtualMfaDevice', { serialNumber: world.arn('mfa/Missing') }),
      needs: [onArn('iam:DeleteVirtualMFADevice', world.arn('mfa/Missing'))],
    }),
  },
]

/** What is enough in place of another permission that ROOT_FIELDS has. */
export const ALTERNATIVES: readonly FieldCase[] = [
  node(
    'User',
    'ListUsers',
    ({ target }) => target.id,
    (world) => onArn('iam:ListUsers', world.arn('user/')),
  ),
  node(
    'AccessKey',
    'GetAccessKeyLastUsed',
    ({ targetKey }) => targetKey.id,
    (world) => onArn('iam:GetAccessKeyLastUsed', world.target.arn),
  ),
]

/** A guarded field of an object that other permissions have led to. */
export interface NestedCase {
  readonly field: string
  readonly way?: string
  readonly ask: (world: World, self: string) => NestedAsked
  /** Where several permissions are each enough: the one that a refusal names. */
  readonly blames?: string
  /** A table or column that only this field needs: it must not even be read when the field is refused. */
  readonly reads?: string
}

export interface NestedAsked {
  readonly query: string
  /** What leads to the object. */
  readonly parents: readonly Need[]
  readonly need: Need
  /** Where the field is in the answer, and a neighbour that stays when it is refused. */
  readonly path: string
  readonly sibling: string
}

/** A field of a user that a list has led to: the path of such a user is no secret. */
function ofUser(field: string, action: string, selection: string, reads: string, way?: string): NestedCase {
  return {
    field: `User.${field}`,
    ...(way !== undefined && { way }),
    reads,
    ask: (world) => ({
      query: `{ users(search: "Target") { edges { node { name ${selection} } } } }`,
      parents: [onArn('iam:ListUsers', world.arn('user/'))],
      need: listedTarget(world, action),
      path: `users.edges.0.node.${field}`,
      sibling: 'users.edges.0.node.name',
    }),
  }
}

function listedTarget({ target }: World, action: string): Need {
  return { action, on: target.arn, display: 'user Target', shown: target.arn }
}

/** A field of something below a listed user. */
function belowUser(
  field: string,
  {
    action,
    list,
    leadsBy,
    sibling,
    reads,
    way,
  }: Readonly<Record<'action' | 'list' | 'leadsBy' | 'sibling', string>> & {
    readonly reads?: string
    readonly way?: string
  },
): NestedCase {
  const name = field.slice(field.indexOf('.') + 1)
  return {
    field,
    ...(way !== undefined && { way }),
    ...(reads !== undefined && { reads }),
    ask: (world) => ({
      query: `{ users(search: "Target") { edges { node { ${list} { ${sibling} ${name} ${name === 'lastUsed' ? '{ __typename }' : ''} } } } } }`,
      parents: [onArn('iam:ListUsers', world.arn('user/')), listedTarget(world, leadsBy)],
      need: listedTarget(world, action),
      path: `users.edges.0.node.${list}.0.${name}`,
      sibling: `users.edges.0.node.${list}.0.${sibling}`,
    }),
  }
}

/** A field of a listed policy. */
function ofPolicy(field: string, action: string, selection: string, reads: string): NestedCase {
  return {
    field: `Policy.${field}`,
    reads,
    ask: (world) => ({
      query: `{ policies(pathPrefix: "/shared/") { edges { node { arn ${selection} } } } }`,
      parents: [onArn('iam:ListPolicies', world.arn('policy/shared/'))],
      need: onArn(action, world.managed.arn),
      path: `policies.edges.0.node.${field}`,
      sibling: 'policies.edges.0.node.arn',
    }),
  }
}

function ofVersion(field: string): NestedCase {
  return {
    field: `PolicyVersion.${field}`,
    ask: (world) => ({
      query: `{ policies(pathPrefix: "/shared/") { edges { node { versions { versionId ${field} } } } } }`,
      parents: [
        onArn('iam:ListPolicies', world.arn('policy/shared/')),
        onArn('iam:ListPolicyVersions', world.managed.arn),
      ],
      need: onArn('iam:GetPolicyVersion', world.managed.arn),
      path: `policies.edges.0.node.versions.0.${field}`,
      sibling: 'policies.edges.0.node.versions.0.versionId',
    }),
  }
}

/** What a mutation shows of a user only to whoever may read it. */
function shownByTagging(field: string, way: string, need: (world: World) => Partial<Need>): NestedCase {
  return {
    field: `User.${field}`,
    way,
    blames: 'iam:GetUser',
    ask: (world) => ({
      query: `mutation { tagUser(input: { userName: "Target", tags: [] }) { user { name ${field} } } }`,
      parents: [onTarget(world, 'iam:TagUser')],
      need: { ...listedTarget(world, 'iam:GetUser'), ...need(world) },
      path: `tagUser.user.${field}`,
      sibling: 'tagUser.user.name',
    }),
  }
}

const listedIn = (path: string) => (world: World) => ({ action: 'iam:ListUsers', on: world.arn(`user${path}`) })

/** Every guarded field of other types. Where two permissions are each enough, there are two cases. */
export const NESTED_FIELDS: readonly NestedCase[] = [
  ...GROUP_NESTED,
  ...LIST_NESTED,
  ...ROLE_NESTED,
  ...INSTANCE_PROFILE_NESTED,
  ...SERVER_CERTIFICATE_NESTED,
  ...OIDC_NESTED,
  ...SAML_NESTED,
  ...TAG_NESTED,
  ...EXPLAINED_FIELDS,
  ofUser('tags', 'iam:ListUserTags', 'tags { key }', '"user_tag"', 'by ListUserTags'),
  { ...ofUser('tags', 'iam:GetUser', 'tags { key }', '"user_tag"', 'by GetUser'), blames: 'iam:ListUserTags' },
  shownByTagging('passwordLastUsedAt', 'by GetUser', () => ({})),
  shownByTagging('passwordLastUsedAt', 'by ListUsers', listedIn('/')),
  shownByTagging('passwordLastUsedAt', 'by ListUsers below a path', listedIn('/staff/')),
  ofUser('accessKeys', 'iam:ListAccessKeys', 'accessKeys { id }', '"access_key"'),
  ofUser('accessKeyAgeInDays', 'iam:ListAccessKeys', 'accessKeyAgeInDays', '"access_key"'),
  ofUser('inlinePolicies', 'iam:ListUserPolicies', 'inlinePolicies { policyName }', '"user_policy"'),
  ofUser(
    'attachedPolicies',
    'iam:ListAttachedUserPolicies',
    'attachedPolicies { edges { node { arn } } }',
    '"user_policy_attachment"',
  ),
  ofUser('permissionsBoundary', 'iam:GetUser', 'permissionsBoundary { arn }', '"policy"'),
  ofUser('mfaDevices', 'iam:ListMFADevices', 'mfaDevices { id }', '"mfa_device"'),
  ofUser('groups', 'iam:ListGroupsForUser', 'groups { edges { node { name } } }', '"group_member"'),
  ofUser('recoveryCodes', 'iam:ListMFADevices', 'recoveryCodes { createdAt }', '"recovery_codes"'),
  ofUser('loginProfile', 'iam:GetLoginProfile', 'loginProfile { createdAt }', '"login_profile"'),
  belowUser('AccessKey.description', {
    way: 'by ListUserTags',
    action: 'iam:ListUserTags',
    list: 'accessKeys',
    leadsBy: 'iam:ListAccessKeys',
    sibling: 'accessKeyId',
    reads: '"user_tag"',
  }),
  {
    ...belowUser('AccessKey.description', {
      way: 'by GetUser',
      action: 'iam:GetUser',
      list: 'accessKeys',
      leadsBy: 'iam:ListAccessKeys',
      sibling: 'accessKeyId',
      reads: '"user_tag"',
    }),
    blames: 'iam:ListUserTags',
  },
  belowUser('AccessKey.lastUsed', {
    action: 'iam:GetAccessKeyLastUsed',
    list: 'accessKeys',
    leadsBy: 'iam:ListAccessKeys',
    sibling: 'accessKeyId',
    reads: '"last_used_at"',
  }),
  belowUser('InlinePolicy.policyDocument', {
    action: 'iam:GetUserPolicy',
    list: 'inlinePolicies',
    leadsBy: 'iam:ListUserPolicies',
    sibling: 'policyName',
  }),
  belowUser('InlinePolicy.policyText', {
    action: 'iam:GetUserPolicy',
    list: 'inlinePolicies',
    leadsBy: 'iam:ListUserPolicies',
    sibling: 'policyName',
  }),
  ofPolicy('description', 'iam:GetPolicy', 'description', '"description"'),
  ofPolicy('versions', 'iam:ListPolicyVersions', 'versions { versionId }', '"policy_version"'),
  ofPolicy('entities', 'iam:ListEntitiesForPolicy', 'entities { edges { node { name } } }', '"role_policy_attachment"'),
  ofPolicy('defaultVersion', 'iam:GetPolicyVersion', 'defaultVersion { versionId }', '"policy_version"'),
  ofVersion('policyDocument'),
  ofVersion('policyText'),
  {
    field: 'MfaDevice.user',
    ask: (world) => ({
      query: '{ virtualMfaDevices(assignmentStatus: ASSIGNED) { edges { node { serialNumber user { name } } } } }',
      parents: [onArn('iam:ListVirtualMFADevices', world.arn('mfa/'))],
      need: {
        action: 'iam:GetUser',
        on: world.target.arn,
        display: `user ${world.target.id}`,
        shown: world.arn(`user/${world.target.id}`),
      },
      path: 'virtualMfaDevices.edges.0.node.user',
      sibling: 'virtualMfaDevices.edges.0.node.serialNumber',
    }),
  },
  {
    field: 'Viewer.user',
    ask: (world, self) => ({
      query: '{ viewer { arn user { name } } }',
      parents: [],
      need: onUser(world, 'iam:GetUser', self),
      path: 'viewer.user',
      sibling: 'viewer.arn',
    }),
    reads: '"user"',
  },
]

/** Fields that are not decided by policies: who may ask, and a question that gets through. */
export const OPEN_FIELDS: readonly {
  readonly field: string
  readonly to: 'everybody' | 'the signed-in'
  readonly query: string
}[] = [
  ...ROLE_OPEN,
  { field: 'Query.viewer', to: 'the signed-in', query: '{ viewer { arn } }' },
  { field: 'Query.knownActions', to: 'the signed-in', query: '{ knownActions { name } }' },
  { field: 'Query.validatePolicy', to: 'the signed-in', query: '{ validatePolicy(document: "{}") { message } }' },
  { field: 'Viewer.rootEmail', to: 'the signed-in', query: '{ viewer { rootEmail } }' },
  { field: 'Viewer.sessions', to: 'the signed-in', query: '{ viewer { sessions { sessionId } } }' },
  {
    field: 'Mutation.getSessionToken',
    to: 'the signed-in',
    query: 'mutation { getSessionToken(input: {}) { accessKeyId } }',
  },
  {
    field: 'Mutation.signInWithAccessKey',
    to: 'the signed-in',
    query: 'mutation { signInWithAccessKey { expiresAt } }',
  },
  {
    field: 'Mutation.authenticateMfa',
    to: 'the signed-in',
    query: 'mutation { authenticateMfa(input: { mfaCode: "123456" }) { expiresAt } }',
  },
  {
    field: 'Mutation.revokeSession',
    to: 'the signed-in',
    query: 'mutation { revokeSession(input: { sessionId: "none" }) { sessionId } }',
  },
  { field: 'Mutation.signOut', to: 'the signed-in', query: 'mutation { signOut { signedOut } }' },
  { field: 'Mutation.signOutEverywhere', to: 'the signed-in', query: 'mutation { signOutEverywhere { signedOut } }' },
  {
    field: 'Mutation.signIn',
    to: 'everybody',
    query: 'mutation { signIn(input: { rootEmail: "nobody@example.com", password: "wrong" }) { expiresAt } }',
  },
  ...OIDC_OPEN,
  ...SAML_OPEN,
]
