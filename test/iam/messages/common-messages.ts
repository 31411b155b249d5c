import type { Message } from './told.ts'

const TWICE = [
  { key: 'Team', value: 'red' },
  { key: 'team', value: 'blue' },
]

/** What holds for all operations. */
export const COMMON_MESSAGES: readonly Message[] = [
  {
    says: 'Must specify userName when calling with non-User credentials',
    code: 'ValidationError',
    when: async ({ roleSession }) => await (await roleSession()).does('createAccessKey', {}),
  },
  {
    says: 'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    code: 'ValidationError',
    when: ({ does }) => does('createUser', { userName: 'a b' }),
  },
  {
    says: 'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    code: 'ValidationError',
    when: ({ does }) => does('createUser', { userName: 'new', path: 'no' }),
  },
  {
    says: 'The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.',
    code: 'ValidationError',
    when: ({ ask }) => ask('{ users(pathPrefix: "no") { edges { cursor } } }'),
  },
  {
    says: 'The specified value for accessKeyId is invalid. It must contain only alphanumeric characters.',
    code: 'ValidationError',
    when: ({ does }) =>
      does('updateAccessKey', { userName: 'Target', accessKeyId: 'AKIA-AAAA-AAAA-AAAA', status: 'ACTIVE' }),
  },
  {
    says: 'The specified value for policyDocument is invalid. It must contain only printable ASCII characters.',
    code: 'ValidationError',
    when: ({ does }) => does('putUserPolicy', { userName: 'Target', policyName: 'x', policyDocument: '{"\u2603":1}' }),
  },
  {
    says: "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64",
    code: 'ValidationError',
    when: ({ does }) => does('createUser', { userName: 'x'.repeat(65) }),
  },
  {
    says: "1 validation error detected: Value '1001' at 'first' failed to satisfy constraint: Member must have value less than or equal to 1000",
    code: 'ValidationError',
    when: ({ ask }) => ask('{ users(first: 1001) { edges { cursor } } }'),
  },
  {
    says: "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    code: 'ValidationError',
    when: ({ does, arn }) => does('assumeRole', { roleArn: arn('role/Any'), roleSessionName: 'Session1:2' }),
  },
  {
    says: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    code: 'InvalidInput',
    when: ({ does }) => does('tagUser', { userName: 'Target', tags: TWICE }),
  },
  {
    says: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    code: 'InvalidParameterValue',
    when: async ({ does, role }) =>
      does('assumeRole', { ...(await role()), roleName: undefined, roleSessionName: 'any', tags: TWICE }),
  },
  {
    says: 'The user with name Missing cannot be found.',
    code: 'NoSuchEntity',
    when: ({ ask }) => ask('{ user(name: "Missing") { name } }'),
  },
  {
    says: 'The role with name Missing cannot be found.',
    code: 'NoSuchEntity',
    when: ({ ask }) => ask('{ role(name: "Missing") { name } }'),
  },
  {
    says: 'The group with name Missing cannot be found.',
    code: 'NoSuchEntity',
    when: ({ ask }) => ask('{ group(name: "Missing") { name } }'),
  },
  ...(['deletePolicy', 'getPolicy'] as const).map(
    (operation): Message => ({
      says: 'Policy arn:aws:iam::{account}:policy/Missing was not found.',
      code: 'NoSuchEntity',
      when: ({ does, ask, arn }) =>
        operation === 'deletePolicy'
          ? does('deletePolicy', { policyArn: arn('policy/Missing') })
          : ask('query ($arn: ARN!) { policy(arn: $arn) { arn } }', { arn: arn('policy/Missing') }),
    }),
  ),
  ...(['User', 'Group', 'Role'] as const).map(
    (kind): Message => ({
      says: 'Policy arn:aws:iam::{account}:policy/Missing does not exist or is not attachable.',
      code: 'NoSuchEntity',
      when: ({ does, arn }) => {
        const name = { User: 'Target', Group: 'Crew', Role: 'Engine' }[kind]
        return does(`attach${kind}Policy`, { [`${kind.toLowerCase()}Name`]: name, policyArn: arn('policy/Missing') })
      },
    }),
  ),
  {
    says: 'User with name target already exists.',
    code: 'EntityAlreadyExists',
    when: ({ does }) => does('createUser', { userName: 'target' }),
  },
  {
    says: 'Role with name engine already exists.',
    code: 'EntityAlreadyExists',
    when: ({ does, trust, account }) =>
      does('createRole', { roleName: 'engine', assumeRolePolicyDocument: trust(account.accountId) }),
  },
  {
    says: 'Group with name crew already exists.',
    code: 'EntityAlreadyExists',
    when: ({ does }) => does('createGroup', { groupName: 'crew' }),
  },
  {
    says: 'Invalid ARN:  Could not be parsed!',
    code: 'ValidationError',
    when: ({ does }) => does('attachUserPolicy', { userName: 'Target', policyArn: 'no ARN at all, but long enough' }),
  },
]
