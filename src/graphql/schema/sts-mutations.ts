import { requestTags } from '../../access/context.ts'
import { federatedUser } from '../../access/declaration.ts'
import { assumeRole } from '../../iam/sts/assume-role.ts'
import { assumeRoleWithWebIdentity } from '../../iam/sts/assume-role-with-web-identity.ts'
import { getFederationToken } from '../../iam/sts/get-federation-token.ts'
import { getSessionToken } from '../../iam/sts/get-session-token.ts'
import { builder } from '../builder.ts'
import { CredentialsPayload } from './credentials-payload.ts'
import { TagInput } from './tag.ts'

const AssumeRoleInput = builder.inputType('AssumeRoleInput', {
  fields: (t) => ({
    roleArn: t.field({ type: 'ARN', required: true }),
    roleSessionName: t.string({
      required: true,
      description: 'Tells the sessions of a role apart, 2 to 64 characters.',
    }),
    durationSeconds: t.int({ description: '900 to what the role allows; 3600 when omitted.' }),
    externalId: t.string(),
    sourceIdentity: t.string({
      description: 'On whose behalf. It stays with the session and is in every audit event.',
    }),
    serialNumber: t.string(),
    tokenCode: t.string(),
    policy: t.field({ type: 'PolicyDocument', description: 'Limits the session; it grants nothing.' }),
    policyArns: t.field({ type: ['ARN'], description: 'Managed policies that limit the session as well.' }),
    tags: t.field({ type: [TagInput] }),
    transitiveTagKeys: t.stringList({ description: 'Tags that follow into roles that the session assumes.' }),
  }),
})

builder.mutationField('assumeRole', (t) =>
  t.field({
    type: CredentialsPayload,
    nullable: true,
    description:
      "Temporary credentials of a role. Needs `sts:AssumeRole` on the role from its trust policy and, unless that names the caller itself in the same account, from the caller's own policies; likewise `sts:TagSession` for tags and `sts:SetSourceIdentity` for a source identity.",
    access: { authenticated: 'sts:AssumeRole' },
    args: { input: t.arg({ type: AssumeRoleInput, required: true }) },
    resolve: (_parent, { input }, { call }) => assumeRole(call, input),
  }),
)

const AssumeRoleWithWebIdentityInput = builder.inputType('AssumeRoleWithWebIdentityInput', {
  fields: (t) => ({
    roleArn: t.field({ type: 'ARN', required: true }),
    roleSessionName: t.string({
      required: true,
      description: 'Tells the sessions of a role apart, 2 to 64 characters.',
    }),
    webIdentityToken: t.string({
      required: true,
      description: "An ID token (JWT) of an identity provider that is registered in the role's account.",
    }),
    providerId: t.string({ description: 'Of OAuth 2.0 only: must be omitted.' }),
    policy: t.field({ type: 'PolicyDocument', description: 'Limits the session; it grants nothing.' }),
    policyArns: t.field({ type: ['ARN'], description: 'Managed policies that limit the session as well.' }),
    durationSeconds: t.int({ description: '900 to what the role allows; 3600 when omitted.' }),
  }),
})

builder.mutationField('assumeRoleWithWebIdentity', (t) =>
  t.field({
    type: CredentialsPayload,
    nullable: true,
    description:
      'Temporary credentials of a role for a token of an identity provider. The role’s trust policy must allow the provider `sts:AssumeRoleWithWebIdentity`.',
    access: 'public',
    args: { input: t.arg({ type: AssumeRoleWithWebIdentityInput, required: true }) },
    resolve: (_parent, { input }, context) => assumeRoleWithWebIdentity(context, input),
  }),
)

const GetFederationTokenInput = builder.inputType('GetFederationTokenInput', {
  fields: (t) => ({
    name: t.string({ required: true, description: '2 to 32 characters.' }),
    durationSeconds: t.int({ description: '900 to 129600; 43200 when omitted.' }),
    policy: t.field({
      type: 'PolicyDocument',
      description: 'What the federated user may do, as far as the caller may.',
    }),
    policyArns: t.field({ type: ['ARN'], description: 'Managed policies that say so.' }),
    tags: t.field({ type: [TagInput] }),
  }),
})

builder.mutationField('getFederationToken', (t) =>
  t.field({
    type: CredentialsPayload,
    nullable: true,
    description: 'Temporary credentials for somebody who is no user here. They open nothing in IAM itself.',
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
    durationSeconds: t.int({ description: '900 to 129600; 43200 when omitted.' }),
    serialNumber: t.string(),
    tokenCode: t.string(),
  }),
})

builder.mutationField('getSessionToken', (t) =>
  t.field({
    type: CredentialsPayload,
    nullable: true,
    description: 'Temporary credentials of the access key that signed this request; with MFA when a code is given.',
    access: { authenticated: 'sts:GetSessionToken' },
    args: { input: t.arg({ type: GetSessionTokenInput, required: true }) },
    resolve: (_parent, { input }, { call }) => getSessionToken(call, input),
  }),
)
