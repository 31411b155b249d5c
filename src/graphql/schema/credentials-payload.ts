import type { AssumedRoleWithWebIdentity } from '../../iam/sts/assume-role-with-web-identity.ts'
import type { FederatedCredentials } from '../../iam/sts/get-federation-token.ts'
import type { TemporaryCredentials } from '../../iam/sts/get-session-token.ts'
import type { AssumedRole } from '../../iam/sts/role-session.ts'
import { builder } from '../builder.ts'

const AssumedRoleUser = builder.objectRef<AssumedRole['assumedRoleUser']>('AssumedRoleUser').implement({
  fields: (t) => ({
    arn: t.field({ type: 'ARN', resolve: ({ arn }) => arn }),
    assumedRoleId: t.exposeString('assumedRoleId', { description: '`AROA…:session name`' }),
  }),
})

const FederatedUser = builder.objectRef<FederatedCredentials['federatedUser']>('FederatedUser').implement({
  fields: (t) => ({
    arn: t.field({ type: 'ARN', resolve: ({ arn }) => arn }),
    federatedUserId: t.exposeString('federatedUserId', { description: '`account:name`' }),
  }),
})

type Credentials = TemporaryCredentials &
  Partial<Pick<AssumedRole, 'assumedRoleUser' | 'sourceIdentity' | 'packedPolicySize'>> &
  Partial<Pick<FederatedCredentials, 'federatedUser'>> &
  Partial<Pick<AssumedRoleWithWebIdentity, 'subjectFromWebIdentityToken' | 'provider' | 'audience'>>

export const CredentialsPayload = builder.objectRef<Credentials>('CredentialsPayload').implement({
  fields: (t) => ({
    accessKeyId: t.exposeString('accessKeyId', { description: '`ASIA…`' }),
    secretAccessKey: t.exposeString('secretAccessKey'),
    sessionToken: t.exposeString('sessionToken'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    accessToken: t.exposeString('accessToken', {
      description: 'The same session as a bearer JWT, for clients that cannot sign requests.',
    }),
    assumedRoleUser: t.field({
      type: AssumedRoleUser,
      nullable: true,
      description: 'Of `assumeRole` and `assumeRoleWithWebIdentity` only.',
      access: 'parent',
      resolve: ({ assumedRoleUser }) => assumedRoleUser ?? null,
    }),
    federatedUser: t.field({
      type: FederatedUser,
      nullable: true,
      description: 'Of `getFederationToken` only.',
      access: 'parent',
      resolve: ({ federatedUser }) => federatedUser ?? null,
    }),
    sourceIdentity: t.string({ nullable: true, resolve: ({ sourceIdentity }) => sourceIdentity ?? null }),
    packedPolicySize: t.int({
      nullable: true,
      description: 'How much of the room for session policies and tags is taken, in percent.',
      resolve: ({ packedPolicySize }) => packedPolicySize ?? null,
    }),
    subjectFromWebIdentityToken: t.string({
      nullable: true,
      description: 'Of `assumeRoleWithWebIdentity` only, like the two that follow: `sub` of the token.',
      resolve: ({ subjectFromWebIdentityToken }) => subjectFromWebIdentityToken ?? null,
    }),
    provider: t.field({
      type: 'ARN',
      nullable: true,
      description: 'The identity provider that the token is of.',
      resolve: ({ provider }) => provider ?? null,
    }),
    audience: t.string({
      nullable: true,
      description: 'The registered client that the token is for.',
      resolve: ({ audience }) => audience ?? null,
    }),
  }),
})
