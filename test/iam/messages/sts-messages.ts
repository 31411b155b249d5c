import type { Answer } from '../../support/installation.ts'
import { DOCUMENT, type Message, type Told } from './told.ts'

const DENIED = 'User: arn:aws:iam::{account}:user/Admin is not authorized to perform: sts:AssumeRole on resource: '

/** What STS says. */
export const STS_MESSAGES: readonly Message[] = [
  {
    says: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    code: 'ValidationError',
    when: async ({ does, role }) =>
      await does('assumeRole', { roleArn: (await role()).roleArn, roleSessionName: 'any', durationSeconds: 3601 }),
  },
  {
    says: 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    code: 'ValidationError',
    async when({ role, roleSession }) {
      const { roleArn } = await role({ maxSessionDuration: 7200 })
      return await (await roleSession()).does('assumeRole', { roleArn, roleSessionName: 'any', durationSeconds: 3601 })
    },
  },
  {
    says: 'nothing-valid-in-here is invalid',
    code: 'ValidationError',
    when: ({ does }) => does('assumeRole', { roleArn: 'nothing-valid-in-here', roleSessionName: 'any' }),
  },
  {
    says: 'Roles may not be assumed by root accounts.',
    code: 'AccessDenied',
    when: async ({ rootDoes, role }) =>
      rootDoes('assumeRole', { roleArn: (await role()).roleArn, roleSessionName: 'any' }),
  },
  {
    says: `${DENIED}arn:aws:iam::{account}:role/Missing`,
    code: 'AccessDenied',
    when: ({ does, arn }) => does('assumeRole', { roleArn: arn('role/Missing'), roleSessionName: 'any' }),
  },
  {
    says: `${DENIED}arn:aws:iam::{account}:role/Untrusting`,
    code: 'AccessDenied',
    async when({ does, fill, trust, arn }) {
      await fill(1, 'createRole', () => ({
        roleName: 'Untrusting',
        assumeRolePolicyDocument: trust(arn('user/staff/Plain')),
      }))
      return await does('assumeRole', { roleArn: arn('role/Untrusting'), roleSessionName: 'any' })
    },
  },
  {
    says: 'The specified transitive tag key must be included in the requested tags.',
    code: 'InvalidParameterValue',
    when: async ({ does, role }) =>
      does('assumeRole', { roleArn: (await role()).roleArn, roleSessionName: 'any', transitiveTagKeys: ['team'] }),
  },
  {
    says: "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    code: 'InvalidParameterValue',
    async when({ role, roleSession }) {
      const tags = [{ key: 'team', value: 'red' }]
      const session = await roleSession({ tags, transitiveTagKeys: ['team'] })
      return await session.does('assumeRole', { ...(await role()), roleName: undefined, roleSessionName: 'any', tags })
    },
  },
  {
    says: 'The source identity is already set for this assume role session',
    code: 'ValidationError',
    async when({ role, roleSession }) {
      const { roleArn } = await role()
      const session = await roleSession({ sourceIdentity: 'alice' })
      return await session.does('assumeRole', { roleArn, roleSessionName: 'any', sourceIdentity: 'bob' })
    },
  },
  {
    says: 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
    code: 'AccessDenied',
    async when({ installation, world, user, role }) {
      const { roleArn } = await role()
      return await withWrongCode({ installation, world, user }, { roleArn, roleSessionName: 'any' })
    },
  },
  {
    says: 'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    code: 'AccessDenied',
    when: async ({ does, role, arn }) =>
      does('assumeRole', {
        roleArn: (await role()).roleArn,
        roleSessionName: 'any',
        serialNumber: arn('mfa/Missing'),
        tokenCode: '123456',
      }),
  },
  {
    says: 'The security token included in the request is invalid',
    code: 'InvalidClientTokenId',
    when: async ({ does, session }) => (await session(does, 'getSessionToken', {})).ask('{ user { name } }'),
  },
  {
    says: 'Cannot call GetSessionToken with session credentials',
    code: 'AccessDenied',
    when: async ({ roleSession }) => (await roleSession()).does('getSessionToken', {}),
  },
  {
    says: 'Cannot call GetFederationToken with session credentials',
    code: 'AccessDenied',
    when: async ({ roleSession }) =>
      (await roleSession()).does('getFederationToken', { name: 'any', policy: DOCUMENT }),
  },
]

/** Assumes a role as the owner of a device, with a code that it never shows. */
async function withWrongCode(
  { installation, world, user }: Pick<Told, 'installation' | 'world' | 'user'>,
  input: object,
): Promise<Answer> {
  const { accountId } = world.account
  const owner = await user({ accessKeys: 1, allow: [{ action: '*' }] })
  await installation.db.mfaDevice.updateMany({ where: { accountId, name: 'Used' }, data: { userId: owner.id } })
  const answer = await owner.ask(`mutation ($input: AssumeRoleInput!) { assumeRole(input: $input) { accessKeyId } }`, {
    input: { ...input, serialNumber: world.used.serialNumber, tokenCode: world.used.code(-50) },
  })
  await installation.db.mfaDevice.updateMany({ where: { accountId, name: 'Used' }, data: { userId: world.target.id } })
  return answer
}
