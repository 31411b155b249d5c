import { policyOf } from '../../support/installation.ts'
import { issue } from '../../support/issued-certificates.ts'
import { newSigner, openSamlProvider } from '../../support/saml-provider.ts'
import { CERTIFICATES } from '../../support/certificates.ts'
import { SSH_KEYS } from '../../support/ssh-keys.ts'
import { globalId, type Names, trustIn } from './names.ts'

/** One or several ways to give an argument a value that names something of an account; the first is the usual one. */
type Ways = (names: Names) => readonly unknown[]

const place = (...parts: readonly string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')

/** Where the account's own things stand in lists by name: what cursors are made of. */
export const placeByName = ({ userName }: Names) => place('n', userName.toLowerCase())
const placesByName: Ways = (names) => [placeByName(names)]
const placesOfEvents: Ways = ({ eventId }) => [place('i', eventId)]
const documentsAbout: Ways = ({ userArn, roleArn, policyArn }) => [
  policyOf([{ action: 'iam:*', on: [userArn, roleArn, policyArn] }]),
]
/** A new one, and one that the other account has as well. */
const fresh =
  (
    kind:
      | 'userName'
      | 'groupName'
      | 'instanceProfileName'
      | 'roleName'
      | 'samlProviderName'
      | 'serverCertificateName'
      | 'policyName'
      | 'deviceName',
  ): Ways =>
  (names) => [`${names[kind]}-new`, names[kind]]

/**
 * What to give for every argument that can name something, by the argument's name, or by field and argument where a name means
 * something else. Functions are asked once for the caller's own account, once for a foreign one, once for nobody's.
 */
export const IDENTIFYING: Readonly<Record<string, Ways>> = {
  accessKeyId: ({ accessKeyId }) => [accessKeyId],
  accountAlias: ({ alias }) => [alias],
  after: placesByName,
  before: placesByName,
  callerArn: ({ userArn }) => [userArn],
  certificateId: ({ certificateId }) => [certificateId],
  decisionId: ({ decisionId }) => [decisionId],
  // What AccessDenied names can be decoded.
  encodedMessage: ({ decisionId }) => [decisionId],
  arn: ({ userArn, groupArn, roleArn, policyArn }) => [userArn, groupArn, roleArn, policyArn],
  groupName: ({ groupName }) => [groupName],
  instanceProfileName: ({ instanceProfileName }) => [instanceProfileName],
  jobId: ({ jobId }) => [jobId],
  openIdConnectProviderArn: ({ oidcProviderArn }) => [oidcProviderArn],
  permissionsBoundary: ({ policyArn }) => [policyArn],
  policyArn: ({ policyArn }) => [policyArn],
  policyArns: ({ policyArn }) => [[policyArn]],
  policyDocument: documentsAbout,
  attachmentName: ({ userName }) => [userName],
  policySourceArn: ({ userArn, groupArn, roleArn }) => [userArn, groupArn, roleArn],
  principalArn: ({ userArn }) => [userArn],
  requestId: ({ requestId }) => [requestId],
  resource: ({ userArn }) => [userArn],
  resourceArns: ({ userArn, roleArn }) => [[userArn, roleArn]],
  resourceOwner: ({ accountId }) => [`arn:aws:iam::${accountId}:root`],
  roleArn: ({ roleArn }) => [roleArn],
  roleName: ({ roleName }) => [roleName],
  samlProviderArn: ({ samlProviderArn }) => [samlProviderArn],
  search: ({ userName, accessKeyId }) => [userName, accessKeyId],
  serialNumber: ({ serialNumber }) => [serialNumber],
  serverCertificateName: ({ serverCertificateName }) => [serverCertificateName],
  serviceSpecificCredentialId: ({ serviceCredentialId }) => [serviceCredentialId],
  sessionId: ({ sessionId }) => [sessionId],
  sshPublicKeyId: ({ sshPublicKeyId }) => [sshPublicKeyId],
  sourceIdentity: ({ userName }) => [userName],
  url: ({ oidcProviderUrl }) => [`https://${oidcProviderUrl}`],
  userName: ({ userName }) => [userName],

  'Mutation.createAccountAlias.accountAlias': ({ alias }) => [alias],
  'Mutation.createGroup.groupName': fresh('groupName'),
  'Mutation.createInstanceProfile.instanceProfileName': fresh('instanceProfileName'),
  'Mutation.createPolicy.policyName': fresh('policyName'),
  'Mutation.createRole.roleName': fresh('roleName'),
  'Mutation.createSamlProvider.name': fresh('samlProviderName'),
  'Mutation.createUser.userName': fresh('userName'),
  'Mutation.createVirtualMfaDevice.virtualMfaDeviceName': fresh('deviceName'),
  'Mutation.uploadServerCertificate.serverCertificateName': fresh('serverCertificateName'),
  'Mutation.updateServerCertificate.newServerCertificateName': fresh('serverCertificateName'),
  'Mutation.updateGroup.newGroupName': fresh('groupName'),
  'Mutation.updateUser.newUserName': fresh('userName'),
  'Mutation.signIn.account': ({ accountId, alias }) => [accountId, alias],
  'Mutation.updateRootEmail.email': ({ rootEmail }) => [rootEmail],
  'Mutation.signIn.rootEmail': ({ rootEmail }) => [rootEmail],
  'Mutation.createRole.assumeRolePolicyDocument': ({ accountId }) => [trustIn(accountId)],
  'Mutation.updateAssumeRolePolicy.policyDocument': ({ accountId }) => [trustIn(accountId)],
  'Mutation.assumeRoleWithSaml.principalArn': ({ samlProviderArn }) => [samlProviderArn],
  'Query.accessKey.id': ({ accessKeyId }) => [accessKeyId, globalId('AccessKey', accessKeyId)],
  'Query.accessKeyInfo.id': ({ accessKeyId }) => [accessKeyId],
  'Query.auditEvents.after': placesOfEvents,
  'Query.auditEvents.before': placesOfEvents,
  'Query.decision.id': ({ decisionId }) => [decisionId],
  'Query.group.name': ({ groupName }) => [groupName],
  'Query.instanceProfile.name': ({ instanceProfileName }) => [instanceProfileName],
  'Query.openIdConnectProvider.arn': ({ oidcProviderArn }) => [oidcProviderArn],
  'Query.openIdConnectProviderTags.arn': ({ oidcProviderArn }) => [oidcProviderArn],
  'Query.node.id': (names) => [
    globalId('User', names.userId),
    globalId('AccessKey', names.accessKeyId),
    globalId('Group', names.groupId),
    globalId('Role', names.roleId),
    globalId('InstanceProfile', names.instanceProfileId),
    globalId('ServerCertificate', names.serverCertificateId),
    globalId('Policy', names.policyId),
    globalId('MfaDevice', names.deviceId),
    globalId('AuditEvent', names.eventId),
  ],
  'Query.policy.arn': ({ policyArn }) => [policyArn],
  'Query.role.name': ({ roleName }) => [roleName],
  'Query.serverCertificate.name': ({ serverCertificateName }) => [serverCertificateName],
  'Query.serviceLinkedRoleDeletion.deletionTaskId': ({ deletionTaskId }) => [deletionTaskId],
  'Query.serviceSpecificCredentials.after': ({ serviceCredentialId }) => [place('i', serviceCredentialId)],
  'Query.serviceSpecificCredentials.before': ({ serviceCredentialId }) => [place('i', serviceCredentialId)],
  'Query.unusedAccessKeys.after': ({ accessKeyId }) => [place('i', accessKeyId)],
  'Query.unusedAccessKeys.before': ({ accessKeyId }) => [place('i', accessKeyId)],
  'Query.user.name': ({ userName }) => [userName],
  'Query.validatePolicy.document': documentsAbout,
}

/** Where the other account shows all the same, by field and argument, and why. */
export const TOLD: Readonly<Record<string, string>> = {
  'Query.accessKeyInfo.id': 'sts:GetAccessKeyInfo tells the account of any key: it is part of the key id.',
  'Mutation.createAccountAlias.accountAlias': 'No two accounts have one alias: a taken one is refused.',
  'Mutation.createRole.assumeRolePolicyDocument':
    'Trust is given to somebody who exists: the text is refused for others.',
  'Mutation.updateAssumeRolePolicy.policyDocument':
    'Trust is given to somebody who exists: the text is refused for others.',
}

/** A moment after everything that was there before the questions. */
const UNTIL = '2026-01-15T12:30:00.000Z'

/** Left out of a question: the rest says more without them. */
const LEFT_OUT = undefined
const SERVER = issue({ name: 'web.example.com' })
const DOCUMENT = policyOf([{ action: 's3:GetObject' }])

/** What to give for arguments that name nothing. */
export const PLAIN: Readonly<Record<string, unknown>> = {
  action: LEFT_OUT,
  actionNames: ['iam:GetUser'],
  allUsers: LEFT_OUT,
  allowUsersToChangePassword: true,
  assignmentStatus: 'ANY',
  awsServiceName: 'ops.example.com',
  audience: ['an-audience'],
  authenticationCode1: '123456',
  authenticationCode2: '654321',
  certificateBody: SERVER.certificate,
  certificateChain: LEFT_OUT,
  'Mutation.uploadSigningCertificate.certificateBody': CERTIFICATES.bob,
  clientId: 'an-audience',
  clientIdList: ['an-audience'],
  clientToken: LEFT_OUT,
  contextEntries: LEFT_OUT,
  credentialAgeDays: LEFT_OUT,
  customSuffix: LEFT_OUT,
  days: 0,
  description: 'in other words',
  durationSeconds: 900,
  encoding: 'SSH',
  externalId: LEFT_OUT,
  first: LEFT_OUT,
  globalEndpointTokenVersion: 'V2_TOKEN',
  granularity: LEFT_OUT,
  hardExpiry: false,
  last: LEFT_OUT,
  maxPasswordAge: LEFT_OUT,
  maxSessionDuration: 7200,
  mfa: LEFT_OUT,
  mfaCode: '123456',
  minimumPasswordLength: 8,
  newPassword: 'Another-Horse-8',
  newPath: '/elsewhere/',
  oldPassword: 'Wrong-Horse-9',
  onlyAttached: LEFT_OUT,
  orderBy: LEFT_OUT,
  password: 'Wrong-Horse-9',
  passwordResetRequired: false,
  recoveryCodes: false,
  passwordReusePrevention: LEFT_OUT,
  path: '/elsewhere/',
  pathPrefix: LEFT_OUT,
  permissionsBoundaryPolicyInputList: LEFT_OUT,
  policy: LEFT_OUT,
  policyInputList: [DOCUMENT],
  samlAssertion: 'none',
  samlMetadataDocument: openSamlProvider({ signer: newSigner({ curve: 'P-256' }) }).metadata(),
  serviceControlPolicyInputList: [DOCUMENT],
  policyName: 'inline',
  privateKey: SERVER.key,
  providerId: LEFT_OUT,
  requireInactive: LEFT_OUT,
  requireLowercaseCharacters: LEFT_OUT,
  requireNumbers: LEFT_OUT,
  requireSymbols: LEFT_OUT,
  requireUppercaseCharacters: LEFT_OUT,
  resourceHandlingOption: LEFT_OUT,
  resourcePolicy: LEFT_OUT,
  result: LEFT_OUT,
  roleSessionName: 'a-session',
  scope: LEFT_OUT,
  serviceName: LEFT_OUT,
  serviceNamespace: 's3',
  serviceNamespaces: ['s3'],
  setAsDefault: true,
  signingAlgorithm: 'ES384',
  since: LEFT_OUT,
  sourceIp: LEFT_OUT,
  sshPublicKeyBody: SSH_KEYS.ed25519.line,
  status: 'INACTIVE',
  tagKeys: ['team'],
  tags: [{ key: 'team', value: 'red' }],
  thumbprintList: ['a'.repeat(40)],
  tokenCode: LEFT_OUT,
  transitiveTagKeys: LEFT_OUT,
  type: LEFT_OUT,
  until: LEFT_OUT,
  versionId: 'v1',
  webIdentityToken: 'a.web.token',

  // What the questions themselves leave in the trail comes later.
  'Query.auditEvents.until': UNTIL,
  'Mutation.createServiceSpecificCredential.serviceName': 'git.example.com',
  'Mutation.getFederationToken.name': 'a-guest',
  'Mutation.getFederationToken.policy': DOCUMENT,
}

/** Arguments of fields below the root that must be given, as they stand in a query. */
export const NESTED: Readonly<Record<string, (names: Pick<Names, 'userArn' | 'roleArn'>) => string>> = {
  'Viewer.can': ({ userArn, roleArn }) =>
    `(checks: [{ action: "iam:GetUser", resource: "${userArn}" }, { action: "iam:GetRole", resource: "${roleArn}" }])`,
  'Viewer.mayBeAllowed': () => '(actions: ["iam:GetUser"])',
}
