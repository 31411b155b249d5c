import { describe, expect, test } from 'vitest'
import { lintPolicy, parsePolicy } from '../../src/policy/index.ts'

const VERSION = '2012-10-17'
const ALLOW = { Effect: 'Allow', Action: 's3:*', Resource: '*' }
const DENY = { ...ALLOW, Effect: 'Deny' }

function rulesOf(statement: object, version: string | undefined = VERSION): string[] {
  return findingsOf(JSON.stringify({ Version: version, Statement: statement })).map(({ rule }) => rule)
}

function findingsOf(text: string): ReturnType<typeof lintPolicy> {
  const result = parsePolicy(text, 'inline')
  if (!result.ok) throw result.error
  return lintPolicy(result.document)
}

const withCondition = (statement: object, Condition: object): object => ({ ...statement, Condition })

test.each<[string, object, string | undefined, string[]]>([
  ['a plain statement has none', ALLOW, VERSION, []],
  ['a variable of version 2012-10-17 has none', { ...ALLOW, Resource: 'arn:aws:s3:::b/${aws:username}' }, VERSION, []],
  [
    'a variable of version 2008-10-17',
    { ...ALLOW, Resource: 'arn:aws:s3:::b/${aws:username}' },
    '2008-10-17',
    ['VARIABLE_IS_TEXT'],
  ],
  [
    'a variable without Version',
    withCondition(ALLOW, { StringLike: { 's3:prefix': '$<aws:username>/*' } }),
    '2008-10-17',
    ['VARIABLE_IS_TEXT'],
  ],
  [
    'a variable in the account of an ARN',
    { ...ALLOW, Resource: 'arn:aws:sns:eu-west-1:${aws:PrincipalAccount}:t' },
    VERSION,
    ['VARIABLE_IS_TEXT'],
  ],
  [
    'a variable under an operator that takes none',
    withCondition(ALLOW, { NumericEquals: { 'a:b': '${a:c}' } }),
    VERSION,
    ['VARIABLE_IS_TEXT', 'VALUE_NEVER_MATCHES'],
  ],
  ['Allow with NotAction', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, VERSION, ['ALLOWS_ALL_OTHERS']],
  [
    'Allow with NotResource',
    { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::b' },
    VERSION,
    ['ALLOWS_ALL_OTHERS'],
  ],
  ['Deny with NotAction has none', { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }, VERSION, []],
  [
    'Allow with ForAllValues',
    withCondition(ALLOW, { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } }),
    VERSION,
    ['OPEN_WITHOUT_KEY'],
  ],
  [
    'Allow with ForAllValues and the wrong Null',
    withCondition(ALLOW, {
      'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' },
      Null: { 'aws:TagKeys': ['true', 'false'] },
    }),
    VERSION,
    ['OPEN_WITHOUT_KEY'],
  ],
  [
    'Allow with ForAllValues and the key demanded has none',
    withCondition(ALLOW, { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' }, Null: { 'AWS:tagkeys': false } }),
    VERSION,
    [],
  ],
  [
    'Deny with ForAllValues has none',
    withCondition(DENY, { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': 'a' } }),
    VERSION,
    [],
  ],
  [
    'Deny on Bool MFA',
    withCondition(DENY, { Bool: { 'aws:multifactorauthpresent': 'false' } }),
    VERSION,
    ['DENY_MISSES_ABSENT_KEY'],
  ],
  [
    'Deny on BoolIfExists MFA has none',
    withCondition(DENY, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }),
    VERSION,
    [],
  ],
  ['Allow on Bool MFA has none', withCondition(ALLOW, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), VERSION, []],
  [
    'a range that is none',
    withCondition(ALLOW, { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '10.0.0/8'] } }),
    VERSION,
    ['VALUE_NEVER_MATCHES'],
  ],
  [
    'a number that is none',
    withCondition(ALLOW, { NumericLessThanIfExists: { 'aws:MultiFactorAuthAge': ['3600', '1h'] } }),
    VERSION,
    ['VALUE_NEVER_MATCHES'],
  ],
  [
    'a Bool that is neither',
    withCondition(DENY, { Bool: { 'aws:SecureTransport': 'no' } }),
    VERSION,
    ['VALUE_NEVER_MATCHES'],
  ],
  [
    'a Null that is no boolean',
    withCondition(ALLOW, { Null: { 'aws:TokenIssueTime': 'yes' } }),
    VERSION,
    ['VALUE_NEVER_MATCHES'],
  ],
  ['an empty list of values', withCondition(ALLOW, { StringEquals: { 'aws:username': [] } }), VERSION, ['NEVER_HOLDS']],
  [
    'an empty list under a negated operator has none',
    withCondition(ALLOW, { StringNotEquals: { 'aws:username': [] } }),
    VERSION,
    [],
  ],
  [
    'ForAnyValue:Null',
    withCondition(ALLOW, { 'ForAnyValue:Null': { 'aws:TagKeys': 'true' } }),
    VERSION,
    ['NEVER_HOLDS'],
  ],
])('%s', (_, statement, version, rules) => {
  expect(rulesOf(statement, version)).toEqual(rules)
})

const TAGS = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage'] } }

/** As the managed policies of AWS and its guides have them: conditions on tags of the request, on services in between, on organizations. */
describe('OPEN_WITHOUT_KEY', () => {
  test.each<[string, object]>([
    ['a tag of the request that is demanded', { ...TAGS, StringEquals: { 'aws:RequestTag/team': 'red' } }],
    ['a tag of the request with any value', { ...TAGS, StringLike: { 'aws:requesttag/team': '*' } }],
    [
      'a tag of the request that must be the caller’s',
      { ...TAGS, StringEquals: { 'aws:RequestTag/team': '${aws:PrincipalTag/team}' } },
    ],
    ['a tag of the request that must not be missing', { ...TAGS, Null: { 'aws:RequestTag/team': 'false' } }],
    [
      'a tag of the request beside one of the resource',
      { ...TAGS, StringEquals: { 'aws:ResourceTag/team': 'red', 'aws:RequestTag/team': 'red' } },
    ],
    ['a tag of the request that is a boolean', { ...TAGS, Bool: { 'aws:RequestTag/managed': 'true' } }],
    ['a tag key that must be there', { ...TAGS, 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } }],
    ['one of several tag keys', { ...TAGS, 'ForAnyValue:StringLike': { 'aws:tagkeys': ['te*', 'st*'] } }],
    ['some tag key that is none of these', { ...TAGS, 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'x' } }],
    ['a tag key without a set operator', { ...TAGS, StringEquals: { 'aws:TagKeys': 'team' } }],
    [
      'a value of the tag whose key must be there',
      {
        'ForAllValues:StringEquals': { 'aws:RequestTag/Team': 'red' },
        'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' },
      },
    ],
    [
      'services on the way, of which the first is demanded',
      {
        'ForAllValues:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' },
        StringEquals: { 'aws:CalledViaFirst': 'athena.amazonaws.com' },
      },
    ],
    [
      'paths of an organization that is demanded',
      {
        'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-a/*' },
        StringEquals: { 'aws:PrincipalOrgID': 'o-a' },
      },
    ],
    ['keys that must not be there', { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['secret'] } }],
    ['patterns of keys that must not be there', { 'ForAllValues:StringNotLike': { 'aws:TagKeys': ['aws:*'] } }],
    ['ForAnyValue alone', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } }],
    [
      'ForAnyValue on services on the way',
      { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] } },
    ],
  ])('is not said of %s', (_, condition) => {
    expect(rulesOf(withCondition(ALLOW, condition))).toEqual([])
  })

  test.each<[string, object]>([
    ['keys alone', TAGS],
    ['a tag of the resource', { ...TAGS, StringEquals: { 'aws:ResourceTag/team': 'red' } }],
    ['a tag of the request only if it exists', { ...TAGS, StringEqualsIfExists: { 'aws:RequestTag/team': 'red' } }],
    ['a tag of the request that must not be something', { ...TAGS, StringNotEquals: { 'aws:RequestTag/team': 'red' } }],
    ['a tag of the request that may be missing', { ...TAGS, Null: { 'aws:RequestTag/team': 'true' } }],
    ['the tags of the caller', { ...TAGS, StringEquals: { 'aws:PrincipalTag/team': 'red' } }],
    ['the same keys once more', { ...TAGS, 'ForAllValues:StringLike': { 'aws:TagKeys': '*' } }],
    [
      'grants of KMS',
      {
        'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Encrypt'] },
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
      },
    ],
    [
      'a value of a tag when another key would do',
      {
        'ForAllValues:StringEquals': { 'aws:RequestTag/team': 'red' },
        'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team', 'stage'] },
      },
    ],
    ['ForAllValues:Null', { 'ForAllValues:Null': { 'aws:TagKeys': 'false' } }],
  ])('is said of %s', (_, condition) => {
    expect(new Set(rulesOf(withCondition(ALLOW, condition)))).toEqual(new Set(['OPEN_WITHOUT_KEY']))
  })
})

test('a finding names the place of its statement and what to write', () => {
  const text = `{"Version":"2012-10-17","Statement":[${JSON.stringify(ALLOW)},
  ${JSON.stringify(withCondition(DENY, { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }))}]}`
  expect(findingsOf(text)).toEqual([
    {
      rule: 'DENY_MISSES_ABSENT_KEY',
      message: 'Requests signed with a long-term access key carry no aws:MultiFactorAuthPresent: use BoolIfExists.',
      statement: 1,
      element: '.Condition.Bool["aws:MultiFactorAuthPresent"]',
      line: 2,
      column: 3,
    },
  ])
})
