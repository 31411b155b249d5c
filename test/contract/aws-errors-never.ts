/** Errors of AWS's model that the operations here do not answer with, and why. */
export const NEVER: readonly { readonly code: string; readonly actions: RegExp; readonly why: string }[] = [
  {
    code: 'ConcurrentModification',
    actions: /./,
    why: 'Changes of one account are carried out one after the other.',
  },
  { code: 'EntityTemporarilyUnmodifiable', actions: /./, why: 'A change is whole when it is answered.' },
  { code: 'RegionDisabledException', actions: /./, why: 'There is one region.' },
  { code: 'PolicyNotAttachable', actions: /./, why: 'No policy is for roles of services only.' },
  {
    code: 'PolicyEvaluation',
    actions: /^Simulate/,
    why: 'The simulator evaluates with the engine that decides, which answers for every policy that can be stored.',
  },
  {
    code: 'LimitExceeded',
    actions: /^(?:Delete|Detach|Remove|Deactivate|Resync|Generate|SetDefault)/,
    why: 'What takes something away, or adds nothing, meets no quota.',
  },
  {
    code: 'LimitExceeded',
    actions:
      /^(?:ChangePassword|(?:Create|Update)(?:LoginProfile|AccountAlias)|UpdateAccessKey|UpdateAccountPasswordPolicy|Update(?:Group|ServerCertificate|SigningCertificate|User))$/,
    why: 'There is one of it at most, or it is changed and none is added.',
  },
  {
    code: 'InvalidInput',
    actions:
      /^(?!UpdateSAMLProvider$)(?:Untag|Delete|Detach|Get|Remove|Update|SetDefault|Attach|Put|Simulate|List|AddClientID|CreatePolicyVersion$)(?!ServiceLinkedRole)/,
    why: 'What is wrong with a parameter by itself is a ValidationError, and what is not there NoSuchEntity.',
  },
  {
    code: 'NoSuchEntity',
    actions: /^(?:ChangePassword|CreateGroup|CreateServiceLinkedRole|UpdateAccountPasswordPolicy)$/,
    why: 'It names nothing that could be missing: who asks is there, and every service name has its role.',
  },
  {
    code: 'EntityAlreadyExists',
    actions: /^(?:AddRoleToInstanceProfile|UploadSigningCertificate)$/,
    why: 'A second role is LimitExceeded, a second certificate DuplicateCertificate.',
  },
  {
    code: 'UnmodifiableEntity',
    actions: /^(?:(?:AddRoleTo|RemoveRoleFrom)InstanceProfile|UpdateRoleDescription)$/,
    why: 'The role of a service may be in an instance profile, and anybody who may can describe it.',
  },
  {
    code: 'DeleteConflict',
    actions: /^DeleteServerCertificate$/,
    why: 'Nothing here is served with a server certificate.',
  },
  {
    code: 'MalformedPolicyDocument',
    actions: /^UpdateAccountPasswordPolicy$/,
    why: 'The password policy is no document.',
  },
  { code: 'InvalidContextAssertion', actions: /^AssumeRole$/, why: 'Provided contexts are refused by name.' },
  {
    code: 'UnrecognizedPublicKeyEncoding',
    actions: /^GetSSHPublicKey$/,
    why: 'What was taken is written in both encodings.',
  },
  {
    code: 'IDPCommunicationError',
    actions: /./,
    why: 'AWS says InvalidIdentityToken of a provider that cannot be asked, and so does the operation here.',
  },
  {
    code: 'LimitExceeded',
    actions: /^UpdateSAMLProvider$/,
    why: 'Private keys, of which AWS takes two, are refused.',
  },
  { code: 'IDPRejectedClaim', actions: /^AssumeRoleWithWebIdentity$/, why: 'No provider is asked about a token.' },
  {
    code: 'OpenIdIdpCommunicationError',
    actions: /^CreateOpenIDConnectProvider$/,
    why: 'The provider is asked when a token of its comes.',
  },
  {
    code: 'ExpiredTokenException',
    actions: /^AssumeRole$/,
    why: 'Provided contexts, whose tokens could be old, are refused.',
  },
]

/** What needs more than one request of an administrator: the file that holds it. */
export const ELSEWHERE: readonly { readonly code: string; readonly actions: RegExp; readonly file: string }[] = [
  {
    code: 'PasswordPolicyViolation',
    actions: /^ChangePassword$/,
    file: 'test/iam/login-profiles/login-profiles.test.ts',
  },
  {
    code: 'ReportExpired',
    actions: /./,
    file: 'test/iam/reports/credential-reports.test.ts',
  },
  { code: 'ReportNotPresent', actions: /./, file: 'test/iam/reports/credential-reports.test.ts' },
  { code: 'ReportInProgress', actions: /./, file: 'test/iam/reports/credential-reports.test.ts' },
  { code: 'PackedPolicyTooLarge', actions: /./, file: 'test/access/roles/assume-role.test.ts' },
  { code: 'MalformedPolicyDocument', actions: /^AssumeRole/, file: 'test/access/roles/assume-role.test.ts' },
  {
    code: 'ExpiredTokenException',
    actions: /^AssumeRoleWithWebIdentity$/,
    file: 'test/access/web-identity/assume-role-with-web-identity.test.ts',
  },
  {
    code: 'ExpiredTokenException',
    actions: /^AssumeRoleWithSAML$/,
    file: 'test/access/saml/assume-role-with-saml.test.ts',
  },
  {
    code: 'InvalidIdentityToken',
    actions: /./,
    file: 'test/access/web-identity/assume-role-with-web-identity.test.ts',
  },
  ...[
    'FeatureDisabled',
    'FeatureEnabled',
    'JWTPayloadSizeExceededException',
    'OutboundWebIdentityFederationDisabledException',
    'SessionDurationEscalationException',
  ].map((code) => ({ code, actions: /./, file: 'test/iam/outbound-federation/outbound-federation.test.ts' })),
]
