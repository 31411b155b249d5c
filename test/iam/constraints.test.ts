import { describe, expect, test } from 'vitest'
import { type ConstrainedValues, checkConstraints } from '../../src/iam/constraints.ts'
import { refusal } from '../support/call.ts'

const failed = (field: string, rest: string) => `Value at '${field}' failed to satisfy constraint: Member must ${rest}`
const one = (field: string, rest: string) => `1 validation error detected: ${failed(field, rest)}`
const NAME_TAIL = 'It must contain only alphanumeric characters and/or the following: +=,.@_-'
const PATH_TAIL = 'It must begin and end with / and contain only alphanumeric characters and/or / characters.'

const REFUSED: readonly (readonly [string, ConstrainedValues, string])[] = [
  [
    'a new name of 65 characters',
    { userNameToCreate: 'a'.repeat(65) },
    one('userName', 'have length less than or equal to 64'),
  ],
  [
    'a name of 129 characters to look for',
    { userName: 'a'.repeat(129) },
    one('userName', 'have length less than or equal to 128'),
  ],
  ['an empty name', { userName: '' }, one('userName', 'have length greater than or equal to 1')],
  ['a blank in a name', { userName: 'a b' }, `The specified value for userName is invalid. ${NAME_TAIL}`],
  [
    'a letter beyond ASCII in a name',
    { newUserName: 'Zoë' },
    `The specified value for newUserName is invalid. ${NAME_TAIL}`,
  ],
  ['a slash in a name', { policyName: 'a/b' }, `The specified value for policyName is invalid. ${NAME_TAIL}`],
  ["root's name", { userName: '<root_account>' }, `The specified value for userName is invalid. ${NAME_TAIL}`],
  ['a line end after a name', { userName: 'bob\n' }, `The specified value for userName is invalid. ${NAME_TAIL}`],
  ['a path without final slash', { path: '/a' }, `The specified value for path is invalid. ${PATH_TAIL}`],
  ['a path without first slash', { newPath: 'a/' }, `The specified value for newPath is invalid. ${PATH_TAIL}`],
  ['a path of 513 characters', { path: `/${'a'.repeat(511)}/` }, one('path', 'have length less than or equal to 512')],
  ...[':', '*', '?', '$'].flatMap((character): (readonly [string, ConstrainedValues, string])[] => [
    [`a ${character} in a path`, { path: `/a${character}b/` }, `The specified value for path is invalid. ${PATH_TAIL}`],
    [
      `a ${character} in a new path`,
      { newPath: `/a/${character}/` },
      `The specified value for newPath is invalid. ${PATH_TAIL}`,
    ],
    [
      `a ${character} in a name`,
      { virtualMfaDeviceName: `a${character}` },
      `The specified value for virtualMfaDeviceName is invalid. ${NAME_TAIL}`,
    ],
  ]),
  ["a user's path for a policy", { policyPath: '/a!/' }, `The specified value for path is invalid. ${PATH_TAIL}`],
  [
    'a prefix without slash',
    { pathPrefix: 'a' },
    'The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.',
  ],
  ['a key id of 15', { accessKeyId: 'AKIA56789012345' }, one('accessKeyId', 'have length greater than or equal to 16')],
  [
    'a hyphen in a key id',
    { accessKeyId: 'AKIA-678901234567890' },
    'The specified value for accessKeyId is invalid. It must contain only alphanumeric characters.',
  ],
  ['a short ARN', { policyArn: 'arn:aws:iam::1:x' }, one('policyArn', 'have length greater than or equal to 20')],
  ['no ARN', { policyArn: 'just-some-long-enough-text' }, 'Invalid ARN:  Could not be parsed!'],
  ['an empty document', { policyDocument: '' }, one('policyDocument', 'have length greater than or equal to 1')],
  [
    'a character beyond U+00FF in a document',
    { policyDocument: '{"a":"€"}' },
    'The specified value for policyDocument is invalid. It must contain only printable ASCII characters.',
  ],
  [
    'a description of 1001 characters',
    { policyDescription: 'x'.repeat(1001) },
    one('description', 'have length less than or equal to 1000'),
  ],
  [
    'a NUL in a description',
    { policyDescription: 'a\u0000' },
    'The specified value for description is invalid. It must not contain control characters.',
  ],
  [
    'a comma in the description of a key',
    { accessKeyDescription: 'a,b' },
    one('description', 'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*'),
  ],
  [
    'version 0',
    { versionId: 'v0' },
    one('versionId', 'satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?'),
  ],
  ['a code with letters', { tokenCode: '12345a' }, one('tokenCode', 'satisfy regular expression pattern: [\\d]+')],
  ...['12345a', '1234567', 'abcd-efgh-jkmn', 'abcd-efgh-jkmn-pqr!'].map((mfaCode): (typeof REFUSED)[number] => [
    `what is neither the code of a device nor a recovery code: ${mfaCode}`,
    { mfaCode },
    one('mfaCode', 'satisfy regular expression pattern: (?:[\\d]{6}|[\\dA-Za-z]{4}(?:[ -]?[\\dA-Za-z]{4}){3})'),
  ]),
  [
    'a page of 1001',
    { first: 1001 },
    "1 validation error detected: Value '1001' at 'first' failed to satisfy constraint: Member must have value less than or equal to 1000",
  ],
  [
    'a session of 899 seconds',
    { durationSeconds: 899 },
    "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  ],
  [
    'two faults together',
    { userName: 'a'.repeat(129), policyName: '' },
    `2 validation errors detected: ${failed('userName', 'have length less than or equal to 128')}; ${failed('policyName', 'have length greater than or equal to 1')}`,
  ],
  [
    'a wrong length before a wrong character',
    { userName: 'a b', policyName: '' },
    one('policyName', 'have length greater than or equal to 1'),
  ],
]

describe('checkConstraints', () => {
  test.each(REFUSED)('refuses %s', async (_, values, message) => {
    expect(await refusal(() => checkConstraints(values))).toEqual({ code: 'ValidationError', message })
  })

  test.each<[string, ConstrainedValues]>([
    ['what was not given', { userName: undefined, path: null }],
    ['a name of 64 with every kind of character', { userNameToCreate: `${'a'.repeat(56)}Z09+=,.@`.replace('a', '_') }],
    ['the paths that IAM allows', { path: '/', newPath: '/!~/a b'.replace(' ', '') + '/' }],
    ['a prefix that ends in the middle', { pathPrefix: '/div' }],
    ['tabs and line ends in a document', { policyDocument: '{\t}\r\nÿ' }],
    [
      'letters of every language in descriptions',
      { policyDescription: 'Приглашения 招待 👩‍💻\n', accessKeyDescription: 'Łódź 部署' },
    ],
    ['128 characters that are 256 units of UTF-16', { search: '𝒜'.repeat(128) }],
  ])('accepts %s', (_, values) => {
    expect(() => checkConstraints(values)).not.toThrow()
  })

  test('never repeats a string value, which may be secret', async () => {
    const secret = 'hunter2'.repeat(30)
    for (const field of ['password', 'newPassword', 'oldPassword', 'tokenCode', 'clientToken'] as const) {
      expect((await refusal(() => checkConstraints({ [field]: secret }))).message).not.toContain('hunter2')
    }
  })
})
