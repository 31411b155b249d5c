import type { Message } from './told.ts'

/** What single operations of IAM say. */
export const IAM_MESSAGES: readonly Message[] = [
  ...(['createUser', 'putUserPermissionsBoundary'] as const).map(
    (operation): Message => ({
      says: 'Scope ARN: arn:aws:iam::{account}:policy/Missing does not exist or is not attachable.',
      code: 'NoSuchEntity',
      when: ({ does, arn }) =>
        does(operation, {
          userName: operation === 'createUser' ? 'Bounded' : 'Target',
          permissionsBoundary: arn('policy/Missing'),
        }),
    }),
  ),
  {
    says: 'The Access Key with id AKIAQAAAAAAAAAAAAAAA cannot be found',
    code: 'NoSuchEntity',
    when: ({ does }) => does('deleteAccessKey', { userName: 'Target', accessKeyId: 'AKIAQAAAAAAAAAAAAAAA' }),
  },
  {
    says: 'User: arn:aws:iam::{account}:user/Nobody is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key AKIAQAAAAAAAAAAAAAAA because no identity-based policy allows the iam:GetAccessKeyLastUsed action',
    code: 'AccessDenied',
    when: async ({ account }) =>
      (await account.user({ name: 'Nobody' })).ask('{ accessKey(id: "AKIAQAAAAAAAAAAAAAAA") { status } }'),
  },
  {
    says: 'Login Profile for user Target already exists.',
    code: 'EntityAlreadyExists',
    when: ({ does }) => does('createLoginProfile', { userName: 'Target', password: 'Correct-Horse-7' }),
  },
  {
    says: 'Login Profile for User Plain cannot be found.',
    code: 'NoSuchEntity',
    when: ({ does }) => does('deleteLoginProfile', { userName: 'Plain' }),
  },
  {
    says: 'Password does not conform to the account password policy.',
    code: 'PasswordPolicyViolation',
    when: ({ does }) => does('createLoginProfile', { userName: 'Plain', password: 'short' }),
  },
  {
    says: 'The account policy with name PasswordPolicy cannot be found.',
    code: 'NoSuchEntity',
    async when({ ask }) {
      await ask('mutation { deleteAccountPasswordPolicy { accountId } }')
      return await ask('mutation { deleteAccountPasswordPolicy { accountId } }')
    },
  },
  {
    says: 'The Password Policy with domain name {account} cannot be found.',
    code: 'NoSuchEntity',
    async when({ ask }) {
      await ask('mutation { deleteAccountPasswordPolicy { accountId } }')
      return await ask('{ passwordPolicy { minimumPasswordLength } }')
    },
  },
  ...(['User', 'Group', 'Role'] as const).map(
    (kind): Message => ({
      says: `The ${kind.toLowerCase()} policy with name Missing cannot be found.`,
      code: 'NoSuchEntity',
      when: ({ does }) => {
        const name = { User: 'Target', Group: 'Crew', Role: 'Engine' }[kind]
        return does(`delete${kind}Policy`, { [`${kind.toLowerCase()}Name`]: name, policyName: 'Missing' })
      },
    }),
  ),
  {
    says: 'Invalid principal in policy: "AWS":"arn:aws:iam::{account}:user/Missing"',
    code: 'MalformedPolicyDocument',
    when: ({ does, trust, arn }) =>
      does('createRole', { roleName: 'Untrusting', assumeRolePolicyDocument: trust(arn('user/Missing')) }),
  },
  {
    says: 'Authentication code for device is not valid.',
    code: 'InvalidAuthenticationCode',
    when: ({ does, world }) =>
      does('enableMfaDevice', {
        userName: 'Target',
        serialNumber: world.waiting.serialNumber,
        authenticationCode1: world.waiting.code(-50),
        authenticationCode2: world.waiting.code(50),
      }),
  },
]
