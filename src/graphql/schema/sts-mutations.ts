import { requestTags } from '../../access/context.ts'
import { federatedUser } from '../../access/declaration.ts'
import { assumeRole } from '../../iam/sts/assume-role.ts'
import { assumeRoleWithSaml } from '../../iam/sts/assume-role-with-saml.ts'
import { assumeRoleWithWebIdentity } from '../../iam/sts/assume-role-with-web-identity.ts'
import { getFederationToken } from '../../iam/sts/get-federation-token.ts'
import { getSessionToken } from '../../iam/sts/get-session-token.ts'
import { builder } from '../builder.ts'
import type { InputFields } from '../operation.ts'
import { CredentialsPayload } from './credentials-payload.ts'
import { TagInput } from './tag.ts'

const OWN_DURATION =
  'How long the credentials are valid, in seconds: 900 to 129600. Left out or null: 43200. For the root user at most 3600, whatever is given.'

/** An MFA device and its code, as requests to STS carry them. */
const secondFactor = (t: InputFields) => ({
  serialNumber: t.string({
    description:
      'Serial number of an MFA device of the caller, which is its ARN. Goes together with `tokenCode`. Left out or null: the session does not carry MFA.',
  }),
  tokenCode: t.string({
    description:
      'The six digits that the MFA device of `serialNumber` shows. Left out or null: the session does not carry MFA.',
  }),
})

const AssumeRoleInput = builder.inputType('AssumeRoleInput', {
  fields: (t) => ({
    roleArn: t.field({ type: 'ARN', required: true }),
    roleSessionName: t.string({ required: true }),
    durationSeconds: t.int({
      description:
        'How long the session lasts, in seconds: 900 to `maxSessionDuration` of the role; at most 3600 for a caller who is a session of a role. Left out or null: 3600.',
    }),
    externalId: t.string({
      description:
        'Value of the condition key `sts:ExternalId`, which a trust policy can ask for: 2 to 1224 characters. Left out or null: the key is absent.',
    }),
    sourceIdentity: t.string({
      description:
        'On whose behalf the session acts: 2 to 64 letters, digits and `+=,.@_-`. It stays with the session and with sessions that follow from it, and is part of their audit events. Left out or null: as in the session of the caller.',
    }),
    ...secondFactor(t),
    policy: t.field({ type: 'PolicyDocument' }),
    policyArns: t.field({ type: ['ARN'] }),
    tags: t.field({
      type: [TagInput],
      description:
        'Tags of the session, at most 50. They take precedence over tags of the role with the same key. Left out or null: none.',
    }),
    transitiveTagKeys: t.stringList({
      description:
        'Keys of those `tags` that also become tags of sessions of other roles that this session assumes. Left out or null: none.',
    }),
  }),
})

builder.mutationField('assumeRole', (t) =>
  t.field({
    type: CredentialsPayload,
    nullable: true,
    description:
      'Begins a session of a role and returns its temporary credentials. The trust policy of the role must allow the caller `sts:AssumeRole`; the policies of the caller must allow it, too, unless the trust policy names the caller itself and both are of one account. `tags` need `sts:TagSession` and `sourceIdentity` needs `sts:SetSourceIdentity` in the same way.',
    access: { authenticated: 'sts:AssumeRole' },
    args: { input: t.arg({ type: AssumeRoleInput, required: true }) },
    resolve: (_parent, { input }, { call }) => assumeRole(call, input),
  }),
)

const AssumeRoleWithWebIdentityInput = builder.inputType('AssumeRoleWithWebIdentityInput', {
  fields: (t) => ({
    roleArn: t.field({ type: 'ARN', required: true }),
    roleSessionName: t.string({ required: true }),
    webIdentityToken: t.string({
      required: true,
      description: 'An ID token (JWT) of an identity provider that is registered in the account of the role.',
    }),
    providerId: t.string({
      description: 'For OAuth 2.0 access tokens, which are not accepted here: must be left out or null.',
    }),
    policy: t.field({ type: 'PolicyDocument' }),
    policyArns: t.field({ type: ['ARN'] }),
    durationSeconds: t.int({
      description:
        'How long the session lasts, in seconds: 900 to `maxSessionDuration` of the role. Left out or null: 3600.',
    }),
  }),
})

builder.mutationField('assumeRoleWithWebIdentity', (t) =>
  t.field({
    type: CredentialsPayload,
    nullable: true,
    description:
      'Begins a session of a role for the holder of a token of an identity provider and returns its temporary credentials. The trust policy of the role must allow the provider `sts:AssumeRoleWithWebIdentity`.',
    access: 'public',
    args: { input: t.arg({ type: AssumeRoleWithWebIdentityInput, required: true }) },
    resolve: (_parent, { input }, context) => assumeRoleWithWebIdentity(context, input),
  }),
)

const AssumeRoleWithSamlInput = builder.inputType('AssumeRoleWithSamlInput', {
  fields: (t) => ({
    roleArn: t.field({ type: 'ARN', required: true }),
    principalArn: t.field({
      type: 'ARN',
      required: true,
      description: 'ARN of an identity provider of SAML that is registered in the account of the role.',
    }),
    samlAssertion: t.string({
      required: true,
      description:
        'The response of the identity provider as browsers post it: base64, 4 to 100000 characters. Each assertion opens one session.',
    }),
    policyArns: t.field({ type: ['ARN'] }),
    policy: t.field({ type: 'PolicyDocument' }),
    durationSeconds: t.int({
      description:
        'How long the session lasts, in seconds: 900 to `maxSessionDuration` of the role, and no longer than the assertion says. Left out or null: 3600.',
    }),
  }),
})

builder.mutationField('assumeRoleWithSaml', (t) =>
  t.field({
    type: CredentialsPayload,
    nullable: true,
    description:
      'Begins a session of a role for the holder of an assertion of an identity provider of SAML and returns its temporary credentials. The assertion must name the role with the provider, and the trust policy of the role must allow the provider `sts:AssumeRoleWithSAML`.',
    access: 'public',
    args: { input: t.arg({ type: AssumeRoleWithSamlInput, required: true }) },
    resolve: (_parent, { input }, context) => assumeRoleWithSaml(context, input),
  }),
)

const GetFederationTokenInput = builder.inputType('GetFederationTokenInput', {
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'Name of the federated user, a part of its ARN: 2 to 32 letters, digits and `+=,.@_-`.',
    }),
    durationSeconds: t.int({ description: OWN_DURATION }),
    policy: t.field({
      type: 'PolicyDocument',
      description:
        'A session policy: the federated user can do what a session policy and the policies of the caller both allow. A JSON object, or its text as a string of at most 2048 characters. Left out or null: only `policyArns`; without any session policy the credentials allow nothing.',
    }),
    policyArns: t.field({
      type: ['ARN'],
      description:
        'ARNs of at most ten managed policies that become session policies: the federated user can do what a session policy and the policies of the caller both allow. Left out or null: only `policy`; without any session policy the credentials allow nothing.',
    }),
    tags: t.field({ type: [TagInput], description: 'Tags of the session, at most 50. Left out or null: none.' }),
  }),
})

builder.mutationField('getFederationToken', (t) =>
  t.field({
    type: CredentialsPayload,
    nullable: true,
    description:
      'Returns temporary credentials for somebody who is not an IAM user. They can do what both the policies of the caller and the policies that are passed allow, and nothing in IAM itself. The request must be signed with an access key.',
    access: [
      {
        action: 'sts:GetFederationToken',
        resource: (_parent, { input }, caller) => federatedUser(caller.accountId, input.name),
        keys: ({ input }) => requestTags(input.tags),
      },
      {
        action: 'sts:TagSession',
        resource: (_parent, { input }, caller) => federatedUser(caller.accountId, input.name),
        when: (_parent, { input }) => (input.tags?.length ?? 0) > 0,
        keys: ({ input }) => requestTags(input.tags),
      },
    ],
    args: { input: t.arg({ type: GetFederationTokenInput, required: true }) },
    resolve: (_parent, { input }, { call }) => getFederationToken(call, input),
  }),
)

const GetSessionTokenInput = builder.inputType('GetSessionTokenInput', {
  fields: (t) => ({
    durationSeconds: t.int({ description: OWN_DURATION }),
    ...secondFactor(t),
  }),
})

builder.mutationField('getSessionToken', (t) =>
  t.field({
    type: CredentialsPayload,
    nullable: true,
    description:
      'Returns temporary credentials for the user whose access key signed this request. They carry MFA when a code is given.',
    access: { authenticated: 'sts:GetSessionToken' },
    args: { input: t.arg({ type: GetSessionTokenInput, required: true }) },
    resolve: (_parent, { input }, { call }) => getSessionToken(call, input),
  }),
)
