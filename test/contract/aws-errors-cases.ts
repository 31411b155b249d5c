import { CERTIFICATES } from '../support/certificates.ts'
import { issue } from '../support/issued-certificates.ts'
import { encode, newSigner, openSamlProvider } from '../support/saml-provider.ts'
import { SSH_KEYS } from '../support/ssh-keys.ts'
import { PASSWORD, type World } from '../support/world.ts'

/** Parameters as they are on the wire. */
export type Form = Readonly<Record<string, string>>

/** A world, and the alias of another account. */
export type Scene = World & { readonly taken: string }

/** What provokes an error, beside what `MISSING` gives for the parameters that the operation must have. */
export interface ErrorCase {
  readonly code: string
  readonly action: string
  readonly form: (scene: Scene) => Form
}

const trustOf = (length: number) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'x'.repeat(length), Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }],
  })
const TRUST = trustOf(1)
const documentOf = (length: number) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${'x'.repeat(length)}` }],
  })
const SERVER = issue({ name: 'web.example.com' })
const IDP = openSamlProvider({ signer: newSigner({ curve: 'P-256' }) })
const OTHER_SERVER = issue({ name: 'other.example.com' })

/** What is asked when nothing else is said: names of nothing, and texts that are right. */
export const MISSING = ({ arn }: Pick<World, 'arn'>): Form => ({
  AWSServiceName: 'ops.example.com',
  AccessKeyId: 'AKIAQAAAAAAAMISSING2',
  AccountAlias: 'missing-alias',
  'ActionNames.member.1': 'iam:GetUser',
  Arn: arn('user/Missing'),
  AssumeRolePolicyDocument: TRUST,
  AuthenticationCode1: '123456',
  AuthenticationCode2: '654321',
  CertificateBody: SERVER.certificate,
  CertificateId: 'MISSINGCERTIFICATE23456734567765',
  ClientID: 'an-audience',
  DeletionTaskId: 'task/aws-service-role/ops.example.com/Missing/018f0000-0000-7000-8000-000000000001',
  Description: 'in other words',
  Encoding: 'SSH',
  GroupName: 'Missing',
  InstanceProfileName: 'Missing',
  JobId: '018f0000-0000-7000-8000-000000000001',
  Name: 'Missing',
  NewPassword: 'Another-Horse-8',
  OldPassword: PASSWORD,
  OpenIDConnectProviderArn: arn('oidc-provider/missing.example.com'),
  Password: 'Another-Horse-8',
  PermissionsBoundary: arn('policy/Missing'),
  PolicyArn: arn('policy/Missing'),
  PolicyDocument: documentOf(1),
  'PolicyInputList.member.1': documentOf(1),
  PolicyName: 'Missing',
  PolicySourceArn: arn('user/Missing'),
  PrincipalArn: arn('saml-provider/Missing'),
  PrivateKey: SERVER.key,
  RoleArn: arn('role/Missing'),
  RoleName: 'Missing',
  RoleSessionName: 'a-session',
  SAMLAssertion: 'none',
  SAMLMetadataDocument: IDP.metadata(),
  SAMLProviderArn: arn('saml-provider/Missing'),
  SSHPublicKeyBody: SSH_KEYS.ed25519.line,
  SSHPublicKeyId: 'APKAQAAAAAAAMISSING2',
  SerialNumber: arn('mfa/Missing'),
  ServerCertificateName: 'Missing',
  ServiceName: 'git.example.com',
  ServiceNamespace: 'iam',
  'ServiceNamespaces.member.1': 'iam',
  ServiceSpecificCredentialId: 'ACCAQAAAAAAAMISSING22',
  Status: 'Inactive',
  'TagKeys.member.1': 'team',
  'Tags.member.1.Key': 'team',
  'Tags.member.1.Value': 'red',
  'ThumbprintList.member.1': 'a'.repeat(40),
  Url: 'https://id.example.com/new',
  UserName: 'Missing',
  VersionId: 'v9',
  VirtualMFADeviceName: 'Missing',
})

const TWICE: Form = { 'Tags.member.2.Key': 'team', 'Tags.member.2.Value': 'blue' }
/** One more than a thing can have that has one already. */
const FIFTY: Form = Object.fromEntries(
  Array.from({ length: 50 }, (_, n) => [
    [`Tags.member.${n + 1}.Key`, `key-${n}`],
    [`Tags.member.${n + 1}.Value`, ''],
  ]).flat(),
)

type FormOf = ErrorCase['form']

/** Names of one thing that is there, for operations that end with its kind. */
const THERE: Readonly<Record<string, FormOf>> = {
  InstanceProfile: () => ({ InstanceProfileName: 'Machine' }),
  MFADevice: ({ used }) => ({ SerialNumber: used.serialNumber }),
  OpenIDConnectProvider: ({ identityProvider }) => ({ OpenIDConnectProviderArn: identityProvider.arn }),
  Policy: ({ managed }) => ({ PolicyArn: managed.arn }),
  Role: () => ({ RoleName: 'Engine' }),
  SAMLProvider: ({ samlProvider }) => ({ SAMLProviderArn: samlProvider.arn }),
  ServerCertificate: () => ({ ServerCertificateName: 'Front' }),
  User: () => ({ UserName: 'Target' }),
}

function rows(code: string, forms: Readonly<Record<string, FormOf>>): ErrorCase[] {
  return Object.entries(forms).map(([action, form]) => ({ code, action, form }))
}

/** Asks each `Tag…` about something that is there. */
function tagging(code: string, tags: Form): ErrorCase[] {
  return Object.entries(THERE).map(([kind, form]) => ({
    code,
    action: `Tag${kind}`,
    form: (world) => ({ ...form(world), ...tags }),
  }))
}

/** What is created with tags is refused for a key that is given twice. */
function creating(): ErrorCase[] {
  const actions = 'InstanceProfile OpenIDConnectProvider Policy Role SAMLProvider User VirtualMFADevice'.split(' ')
  return [...actions.map((kind) => `Create${kind}`), 'UploadServerCertificate'].map((action) => ({
    code: 'InvalidInput',
    action,
    form: () => ({ 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': '', ...TWICE }),
  }))
}

const protectedRole: FormOf = ({ linked }) => ({ RoleName: linked.name })

const NO_TRUST = { AssumeRolePolicyDocument: '{}' }
const NO_DOCUMENT = { PolicyDocument: '{}' }
const LONG = { PolicyDocument: documentOf(10_300) }

export const ERROR_CASES: readonly ErrorCase[] = [
  ...rows('EntityAlreadyExists', {
    CreateAccountAlias: ({ taken }) => ({ AccountAlias: taken }),
    CreateGroup: () => ({ GroupName: 'crew' }),
    CreateInstanceProfile: () => ({ InstanceProfileName: 'machine' }),
    CreateLoginProfile: () => ({ UserName: 'Target' }),
    CreateOpenIDConnectProvider: ({ identityProvider }) => ({ Url: `https://${identityProvider.url}` }),
    CreatePolicy: () => ({ PolicyName: 'loose' }),
    CreateRole: () => ({ RoleName: 'engine' }),
    CreateSAMLProvider: ({ samlProvider }) => ({ Name: samlProvider.name }),
    CreateUser: () => ({ UserName: 'target' }),
    CreateVirtualMFADevice: () => ({ VirtualMFADeviceName: 'Used' }),
    EnableMFADevice: ({ used }) => ({ UserName: 'Plain', SerialNumber: used.serialNumber }),
    UpdateGroup: () => ({ GroupName: 'Crew', NewGroupName: 'Empty' }),
    UpdateServerCertificate: () => ({ ServerCertificateName: 'Front', NewServerCertificateName: 'full-0' }),
    UpdateUser: () => ({ UserName: 'Plain', NewUserName: 'Target' }),
    UploadServerCertificate: () => ({ ServerCertificateName: 'front' }),
  }),
  ...rows('DeleteConflict', {
    DeleteGroup: () => ({ GroupName: 'Crew' }),
    DeleteInstanceProfile: () => ({ InstanceProfileName: 'Machine' }),
    DeletePolicy: ({ managed }) => ({ PolicyArn: managed.arn }),
    DeletePolicyVersion: ({ managed }) => ({ PolicyArn: managed.arn, VersionId: 'v1' }),
    DeleteRole: () => ({ RoleName: 'Engine' }),
    DeleteUser: () => ({ UserName: 'Target' }),
    DeleteVirtualMFADevice: ({ used }) => ({ SerialNumber: used.serialNumber }),
  }),
  ...rows('UnmodifiableEntity', {
    AttachRolePolicy: protectedRole,
    DeleteRole: protectedRole,
    DeleteRolePermissionsBoundary: protectedRole,
    DeleteRolePolicy: protectedRole,
    DetachRolePolicy: protectedRole,
    PutRolePermissionsBoundary: protectedRole,
    PutRolePolicy: protectedRole,
    UpdateAssumeRolePolicy: (world) => ({ ...protectedRole(world), PolicyDocument: TRUST }),
    UpdateRole: (world) => ({ ...protectedRole(world), MaxSessionDuration: '7200' }),
  }),
  ...tagging('LimitExceeded', FIFTY),
  ...tagging('InvalidInput', TWICE),
  ...creating(),
  ...rows('InvalidInput', {
    CreateServiceLinkedRole: () => ({ AWSServiceName: 'ops' }),
    DeleteServiceLinkedRole: () => ({ RoleName: 'Engine' }),
    GenerateServiceLastAccessedDetails: ({ used }) => ({ Arn: used.serialNumber }),
    GetServiceLinkedRoleDeletionStatus: () => ({ DeletionTaskId: 'none' }),
    UpdateSAMLProvider: ({ samlProvider }) => ({ SAMLProviderArn: samlProvider.arn }),
  }),
  ...rows('MalformedPolicyDocument', {
    CreatePolicy: () => NO_DOCUMENT,
    CreatePolicyVersion: ({ managed }) => ({ PolicyArn: managed.arn, ...NO_DOCUMENT }),
    CreateRole: () => NO_TRUST,
    PutGroupPolicy: () => ({ GroupName: 'Crew', ...NO_DOCUMENT }),
    PutRolePolicy: () => ({ RoleName: 'Engine', ...NO_DOCUMENT }),
    PutUserPolicy: () => ({ UserName: 'Target', ...NO_DOCUMENT }),
    UpdateAssumeRolePolicy: () => ({ RoleName: 'Engine', ...NO_DOCUMENT }),
  }),
  ...rows('NotSupportedService', {
    CreateServiceSpecificCredential: () => ({ UserName: 'Target', ServiceName: 's3.amazonaws.com' }),
    ListServiceSpecificCredentials: () => ({ UserName: 'Target', ServiceName: 's3.amazonaws.com' }),
  }),
  ...rows('InvalidAuthenticationCode', {
    EnableMFADevice: ({ waiting }) => ({ UserName: 'Plain', SerialNumber: waiting.serialNumber }),
    ResyncMFADevice: ({ used }) => ({ UserName: 'Target', SerialNumber: used.serialNumber }),
  }),
  ...rows('PasswordPolicyViolation', {
    CreateLoginProfile: () => ({ UserName: 'Plain', Password: 'short' }),
    UpdateLoginProfile: () => ({ UserName: 'Target', Password: 'short' }),
  }),
  ...rows('InvalidUserType', { ChangePassword: () => ({}) }),
  ...rows('UnrecognizedPublicKeyEncoding', {
    UploadSSHPublicKey: () => ({ UserName: 'Target', SSHPublicKeyBody: 'a key' }),
  }),
  ...rows('InvalidPublicKey', {
    UploadSSHPublicKey: () => ({ UserName: 'Target', SSHPublicKeyBody: 'ssh-rsa AAAA' }),
  }),
  ...rows('DuplicateSSHPublicKey', { UploadSSHPublicKey: () => ({ UserName: 'Target' }) }),
  ...rows('MalformedCertificate', {
    UploadServerCertificate: () => ({ CertificateBody: 'a certificate' }),
    UploadSigningCertificate: () => ({ UserName: 'Target', CertificateBody: 'a certificate' }),
  }),
  ...rows('KeyPairMismatch', { UploadServerCertificate: () => ({ PrivateKey: OTHER_SERVER.key }) }),
  ...rows('DuplicateCertificate', {
    UploadSigningCertificate: () => ({ UserName: 'Target', CertificateBody: CERTIFICATES.alice }),
  }),
  ...rows('InvalidCertificate', {
    UploadSigningCertificate: () => ({ UserName: 'Plain', CertificateBody: CERTIFICATES.short }),
  }),
  ...rows('InvalidAuthorizationMessageException', { DecodeAuthorizationMessage: () => ({ EncodedMessage: 'none' }) }),
  ...rows('IDPRejectedClaim', {
    AssumeRoleWithSAML: ({ installation }) => ({
      SAMLAssertion: encode(IDP.say(installation.clock(), { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' })),
    }),
  }),
  ...rows('MalformedPolicyDocument', { GetFederationToken: () => ({ Name: 'guest', Policy: '{}' }) }),
  ...rows('LimitExceeded', {
    AddClientIDToOpenIDConnectProvider: ({ identityProvider }) => ({ OpenIDConnectProviderArn: identityProvider.arn }),
    AddRoleToInstanceProfile: () => ({ InstanceProfileName: 'Machine', RoleName: 'Bare' }),
    AddUserToGroup: () => ({ UserName: 'Plain', GroupName: 'Crew' }),
    AttachGroupPolicy: ({ loose }) => ({ GroupName: 'Crew', PolicyArn: loose.arn }),
    AttachRolePolicy: ({ loose }) => ({ RoleName: 'Engine', PolicyArn: loose.arn }),
    AttachUserPolicy: ({ loose }) => ({ UserName: 'Target', PolicyArn: loose.arn }),
    CreateAccessKey: () => ({ UserName: 'Target' }),
    CreateGroup: () => ({ GroupName: 'One-more' }),
    CreateInstanceProfile: () => ({ InstanceProfileName: 'One-more' }),
    CreateOpenIDConnectProvider: () => ({}),
    CreatePolicy: () => LONG,
    CreatePolicyVersion: ({ managed }) => ({ PolicyArn: managed.arn }),
    CreateRole: () => ({ RoleName: 'One-more' }),
    CreateSAMLProvider: () => ({ Name: 'One-more' }),
    CreateServiceLinkedRole: () => ({}),
    CreateServiceSpecificCredential: () => ({ UserName: 'Target' }),
    CreateUser: () => ({ UserName: 'One-more' }),
    CreateVirtualMFADevice: () => ({ VirtualMFADeviceName: 'One-more' }),
    EnableMFADevice: ({ waiting }) => ({
      UserName: 'Target',
      SerialNumber: waiting.serialNumber,
      AuthenticationCode1: waiting.code(-1),
      AuthenticationCode2: waiting.code(),
    }),
    PutGroupPolicy: () => ({ GroupName: 'Crew', ...LONG }),
    PutRolePolicy: () => ({ RoleName: 'Engine', ...LONG }),
    PutUserPolicy: () => ({ UserName: 'Target', ...LONG }),
    UpdateAssumeRolePolicy: () => ({ RoleName: 'Engine', PolicyDocument: trustOf(2100) }),
    UploadSSHPublicKey: () => ({ UserName: 'Target', SSHPublicKeyBody: SSH_KEYS.p256.line }),
    UploadServerCertificate: () => ({ ServerCertificateName: 'One-more' }),
    UploadSigningCertificate: () => ({ UserName: 'Target', CertificateBody: CERTIFICATES.bob }),
  }),
]
