import { expect, test } from 'vitest'
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
    'a date that is none',
    withCondition(ALLOW, { DateLessThan: { 'aws:CurrentTime': '01/02/2026' } }),
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
