import type { AssumedRoleWithSaml } from '../../iam/sts/assume-role-with-saml.ts'
import type { AssumedRoleWithWebIdentity } from '../../iam/sts/assume-role-with-web-identity.ts'
import type { FederatedCredentials } from '../../iam/sts/get-federation-token.ts'
import type { TemporaryCredentials } from '../../iam/sts/get-session-token.ts'
import type { AssumedRole } from '../../iam/sts/role-session.ts'
import { builder } from '../builder.ts'

const AssumedRoleUser = builder.objectRef<AssumedRole['assumedRoleUser']>('AssumedRoleUser').implement({
  description: 'A session of a role.',
  fields: (t) => ({
    arn: t.field({
      type: 'ARN',
      description: 'ARN of the session: `arn:aws:sts::<account>:assumed-role/<role>/<session>`.',
      resolve: ({ arn }) => arn,
    }),
    assumedRoleId: t.exposeString('assumedRoleId', {
      description: 'Unique id of the role, a colon and the name of the session: `AROA…:<session>`.',
    }),
  }),
})

const FederatedUser = builder.objectRef<FederatedCredentials['federatedUser']>('FederatedUser').implement({
  description: 'Somebody who acts with credentials of `getFederationToken`.',
  fields: (t) => ({
    arn: t.field({
      type: 'ARN',
      description: 'ARN of the federated user: `arn:aws:sts::<account>:federated-user/<name>`.',
      resolve: ({ arn }) => arn,
    }),
    federatedUserId: t.exposeString('federatedUserId', {
      description: 'Account id, a colon and the name of the federated user: `<account>:<name>`.',
    }),
  }),
})

type Credentials = TemporaryCredentials &
  Partial<Pick<AssumedRole, 'assumedRoleUser' | 'sourceIdentity' | 'packedPolicySize'>> &
  Partial<Pick<FederatedCredentials, 'federatedUser'>> &
  Partial<Pick<AssumedRoleWithSaml, 'subject' | 'subjectType' | 'issuer' | 'nameQualifier'>> &
  Partial<Pick<AssumedRoleWithWebIdentity, 'subjectFromWebIdentityToken' | 'provider' | 'audience'>>

export const CredentialsPayload = builder.objectRef<Credentials>('CredentialsPayload').implement({
  description: 'Temporary credentials, and what they stand for. The secrets are shown only this once.',
  fields: (t) => ({
    accessKeyId: t.exposeString('accessKeyId', { description: 'The access key id, `ASIA…`.' }),
    secretAccessKey: t.exposeString('secretAccessKey', { description: 'The secret that requests are signed with.' }),
    sessionToken: t.exposeString('sessionToken', {
      description: 'Goes with every signed request, in the header `x-amz-security-token`.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the credentials expire.' }),
    accessToken: t.exposeString('accessToken', {
      description: 'The session as a bearer token (JWT), for clients that cannot sign requests.',
    }),
    assumedRoleUser: t.field({
      type: AssumedRoleUser,
      nullable: true,
      description:
        'The session of the role, for `assumeRole`, `assumeRoleWithWebIdentity` and `assumeRoleWithSaml`; null for other operations.',
      access: 'parent',
      resolve: ({ assumedRoleUser }) => assumedRoleUser ?? null,
    }),
    federatedUser: t.field({
      type: FederatedUser,
      nullable: true,
      description: 'The federated user, for `getFederationToken`; null for other operations.',
      access: 'parent',
      resolve: ({ federatedUser }) => federatedUser ?? null,
    }),
    sourceIdentity: t.string({
      nullable: true,
      description: 'The source identity of the session of the role; null when it has none.',
      resolve: ({ sourceIdentity }) => sourceIdentity ?? null,
    }),
    packedPolicySize: t.int({
      nullable: true,
      description:
        'How much of the limit for session policies and tags is used, in percent. Null when none were passed.',
      resolve: ({ packedPolicySize }) => packedPolicySize ?? null,
    }),
    subjectFromWebIdentityToken: t.string({
      nullable: true,
      description:
        'The claim `sub` of the token of the identity provider, for `assumeRoleWithWebIdentity`; null for other operations.',
      resolve: ({ subjectFromWebIdentityToken }) => subjectFromWebIdentityToken ?? null,
    }),
    provider: t.field({
      type: 'ARN',
      nullable: true,
      description:
        'ARN of the identity provider that issued the token, for `assumeRoleWithWebIdentity`; null for other operations.',
      resolve: ({ provider }) => provider ?? null,
    }),
    audience: t.string({
      nullable: true,
      description:
        'The audience (client id) that the token was issued for, for `assumeRoleWithWebIdentity`; for `assumeRoleWithSaml` the `Recipient` of the assertion; null for other operations.',
      resolve: ({ audience }) => audience ?? null,
    }),
    subject: t.string({
      nullable: true,
      description: 'The `NameID` of the assertion, for `assumeRoleWithSaml`; null for other operations.',
      resolve: ({ subject }) => subject ?? null,
    }),
    subjectType: t.string({
      nullable: true,
      description:
        'The format of `subject`, such as `persistent` or `transient`, for `assumeRoleWithSaml`; null for other operations.',
      resolve: ({ subjectType }) => subjectType ?? null,
    }),
    issuer: t.string({
      nullable: true,
      description: 'The `Issuer` of the assertion, for `assumeRoleWithSaml`; null for other operations.',
      resolve: ({ issuer }) => issuer ?? null,
    }),
    nameQualifier: t.string({
      nullable: true,
      description:
        'Base64 of SHA-1 over issuer, account id, a slash and the name of the provider: together with `subject` it tells people apart. For `assumeRoleWithSaml`; null for other operations.',
      resolve: ({ nameQualifier }) => nameQualifier ?? null,
    }),
  }),
})
