import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActionCatalogue, checkPolicy } from '../../src/policy/index.ts'
import { overlaps } from '../../src/policy/match/overlap.ts'
import { tokenize } from '../../src/policy/match/template.ts'

const CATALOGUE: ActionCatalogue = new Map([
  ['iam:GetUser', ['arn:aws:iam::????????????:user/*']],
  ['iam:ListUsers', ['arn:aws:iam::????????????:user/*']],
  ['iam:GetAccountSummary', ['*']],
  ['iam:PassRole', null],
])

const check = (statement: object, version: string | undefined = '2012-10-17') =>
  checkPolicy(JSON.stringify({ Version: version, Statement: [statement] }), 'inline', CATALOGUE)
const codes = (statement: object) => check(statement).map(({ code, path }) => `${code} ${path}`)

const ALLOW = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }

test.each<[string, object, string[]]>([
  ['a plain statement', ALLOW, []],
  ['PassRole on everything', { ...ALLOW, Action: 'iam:PassRole' }, ['PASSES_ANY_ROLE $.Statement[0].Action']],
  [
    'PassRole on all roles among other actions',
    { ...ALLOW, Action: ['iam:GetUser', 'iam:Pass*'], Resource: ['arn:aws:iam::*:user/a', 'arn:aws:iam::*:role/*'] },
    ['PASSES_ANY_ROLE $.Statement[0].Action[1]'],
  ],
  ['PassRole on roles of a path', { ...ALLOW, Action: 'iam:PassRole', Resource: 'arn:aws:iam::*:role/app/*' }, []],
  [
    'PassRole to one service',
    {
      ...ALLOW,
      Action: 'iam:PassRole',
      Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    },
    [],
  ],
  ['a denied PassRole', { ...ALLOW, Effect: 'Deny', Action: 'iam:PassRole' }, []],
  ['an unknown action', { ...ALLOW, Action: ['iam:GetUsr'] }, ['UNKNOWN_ACTION $.Statement[0].Action[0]']],
  ['a pattern that no action matches', { ...ALLOW, Action: 'IAM:Fly*' }, ['UNKNOWN_ACTION $.Statement[0].Action']],
  ['an unknown service', { ...ALLOW, Action: 'frobnicate:It' }, []],
  [
    'a resource of another kind',
    { ...ALLOW, Action: 'iam:GetUser', Resource: ['arn:aws:iam::*:user/a', 'arn:aws:iam::*:role/a'] },
    ['RESOURCE_NEVER_MATCHES $.Statement[0].Resource[1]'],
  ],
  [
    'a resource for an action that has none',
    { ...ALLOW, Action: 'iam:GetAccountSummary', Resource: 'arn:aws:iam::*:user/a' },
    ['RESOURCE_NEVER_MATCHES $.Statement[0].Resource'],
  ],
  [
    'an account that is none',
    { ...ALLOW, Action: 'iam:GetUser', Resource: 'arn:aws:iam::1234:user/a' },
    ['RESOURCE_NEVER_MATCHES $.Statement[0].Resource'],
  ],
  [
    'a variable as account and name',
    { ...ALLOW, Action: 'iam:GetUser', Resource: 'arn:aws:iam::*:user/${aws:username}' },
    [],
  ],
  ['a resource beside actions of other services', { ...ALLOW, Action: ['iam:GetUser', 's3:*'] }, []],
  [
    'an action twice, once in a pattern',
    { ...ALLOW, Action: ['s3:Get*', 's3:getobject', 's3:Put?'] },
    ['REDUNDANT_ACTION $.Statement[0].Action[1]'],
  ],
  [
    'a resource that another covers',
    { ...ALLOW, Resource: ['arn:aws:s3:::b/x', 'arn:aws:s3:::b/*', 'arn:aws:s3:::B/x'] },
    ['REDUNDANT_RESOURCE $.Statement[0].Resource[0]'],
  ],
  [
    'MFA by Bool',
    { ...ALLOW, Effect: 'Deny', Condition: { bool: { 'AWS:MultiFactorAuthPresent': 'false' } } },
    ['DENY_MISSES_ABSENT_KEY $.Statement[0].Condition.bool["AWS:MultiFactorAuthPresent"]'],
  ],
])('%s', (_, statement, expected) => {
  expect(codes(statement)).toEqual(expected)
})

test('what is refused is one error, at its place', () => {
  expect(checkPolicy('{"Version": "2012-10-17",\n "Statement": {"Effect": "Maybe"}}', 'inline')).toEqual([
    {
      severity: 'ERROR',
      code: 'MALFORMED_POLICY_DOCUMENT',
      message: 'Syntax errors in policy.',
      path: '$.Statement.Effect',
      line: 2,
      column: 26,
    },
  ])
})

test.each<[string, object, string]>([
  ['a Bool that is neither', { Bool: { 'aws:SecureTransport': ['true', 'yes'] } }, 'Bool["aws:SecureTransport"]'],
  ['a number that is none', { NumericEquals: { 's3:max-keys': 'ten' } }, 'NumericEquals["s3:max-keys"]'],
  ['an address that is none', { NotIpAddress: { 'aws:SourceIp': '10.0.0/8' } }, 'NotIpAddress["aws:SourceIp"]'],
  ['bytes that are none', { BinaryEquals: { 'a:b': '!' } }, 'BinaryEquals["a:b"]'],
  ['a Null that is no boolean', { Null: { 'a:b': 'absent' } }, 'Null["a:b"]'],
])('%s is an error, though IAM stores it', (_, Condition, path) => {
  expect(check({ ...ALLOW, Condition })).toMatchObject([
    { severity: 'ERROR', code: 'VALUE_NEVER_MATCHES', path: `$.Statement[0].Condition.${path}` },
  ])
})

test('a date that is none is refused, not found', () => {
  expect(check({ ...ALLOW, Condition: { DateLessThan: { 'aws:CurrentTime': 'soon' } } })).toMatchObject([
    { severity: 'ERROR', code: 'MALFORMED_POLICY_DOCUMENT', message: 'The policy failed legacy parsing' },
  ])
})

test('a short ARN is completed before it is compared with others and with what actions have', () => {
  expect(codes({ ...ALLOW, Resource: ['arn:aws:sqs', 'arn:aws:sqs:eu-west-1'] })).toEqual([
    'REDUNDANT_RESOURCE $.Statement[0].Resource[1]',
  ])
  expect(codes({ ...ALLOW, Action: ['iam:GetUser'], Resource: 'arn:aws:iam::*' })).toEqual([])
})

test('an ARN that only a wider reading of another covers is not redundant', () => {
  const Resource = ['arn:aws:logs:*:*:log-group:b', 'arn:aws:logs:eu-west-1:123456789012:log-group:a:log-group:b']
  expect(codes({ ...ALLOW, Resource })).toEqual([])
})

test('a finding stands at its element, also in a statement without brackets', () => {
  const text = `{"Version":"2012-10-17","Statement":
  {"Effect":"Allow","Action":["s3:*",
    "iam:PassRole"],"Resource":"*"}}`
  expect(checkPolicy(text, 'inline')).toMatchObject([
    { severity: 'SECURITY_WARNING', code: 'PASSES_ANY_ROLE', path: '$.Statement.Action[1]', line: 3, column: 5 },
  ])
})

test('a document without Version is advised to have one', () => {
  const text = JSON.stringify({ Statement: ALLOW })
  expect(checkPolicy(text, 'inline')).toMatchObject([{ severity: 'SUGGESTION', code: 'MISSING_VERSION', path: '$' }])
})

const tokens = (text: string) => tokenize(text, { wildcards: true, variables: false })
const meets = (text: string, one: string) =>
  new RegExp(`^${one.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text)

describe('patterns', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 })
  /** All texts of up to six letters: enough to tell short patterns apart. */
  const texts = Array.from({ length: 7 }, (_, n) =>
    Array.from({ length: 2 ** n }, (_, i) =>
      i.toString(2).padStart(n, '0').slice(0, n).replaceAll('0', 'a').replaceAll('1', 'b'),
    ),
  ).flat()

  test('overlap exactly when some text matches both', () => {
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        // A shortest common text is no longer than what both patterns demand; six letters are tried, so short ones are asked.
        fc.pre(a.replaceAll('*', '').length + b.replaceAll('*', '').length <= 6)
        expect(overlaps(tokens(a), tokens(b))).toBe(texts.some((text) => meets(text, a) && meets(text, b)))
      }),
    )
  })

  test('of hostile length are still compared', () => {
    const stars = tokens('*a?'.repeat(300))
    expect(overlaps(stars, tokens(`${'*b'.repeat(300)}*c`))).toBe(true)
    expect(overlaps(stars, tokens('b'.repeat(3000)))).toBe(false)
  })
})

const statement = (elements: string) => `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",${elements}}]}`

const values = (key: string) => (entries: string) =>
  statement(`"Action":"iam:GetUser","Resource":"*","Condition":{"Bool":{"${key}":[${entries}]}}`)

describe('a hostile text', () => {
  const LONGEST = 131_072
  /** A statement whose list has as many entries as fit. */
  const filled = (entry: (i: number) => string, around: (entries: string) => string): string => {
    const entries: string[] = []
    let left = LONGEST - around('').length
    for (let i = 0; left > entry(i).length; i++) {
      entries.push(entry(i))
      left -= entry(i).length + 1
    }
    return around(entries.join(','))
  }
  test.each([
    [
      'many conditions that look for each other',
      filled(
        (i) => `"aws:k${i}":"${i}"`,
        (keys) => statement(`"Action":"iam:GetUser","Resource":"*","Condition":{"ForAllValues:StringLike":{${keys}}}`),
      ),
    ],
    ['many values under a long key', filled(() => '"x"', values('k'.repeat(60_000)))],
    [
      'many actions that a long one covers',
      filled(
        (i) => `"iam:${'a'.repeat(2_000)}${i}"`,
        (actions) => statement(`"Action":["iam:${'a'.repeat(1_000)}*",${actions}],"Resource":"*"`),
      ),
    ],
    [
      'many wide actions',
      filled(
        (i) => `"iam:*${i}*a"`,
        (actions) => statement(`"Action":[${actions}],"Resource":"*"`),
      ),
    ],
    [
      'resources that are all stars',
      filled(
        (i) => `"arn:aws:iam::*:user/${'*/'.repeat(950)}${i}*"`,
        (resources) => statement(`"Action":"iam:GetUser","Resource":[${resources}]`),
      ),
    ],
  ])('of %s gets a bounded answer, in linear time', (_what, text) => {
    const before = process.cpuUsage()
    const found = checkPolicy(text, 'inline', CATALOGUE)
    const { user } = process.cpuUsage(before)
    expect(found.filter(({ code }) => code === 'MALFORMED_POLICY_DOCUMENT')).toEqual([])
    expect(found.length).toBeLessThanOrEqual(500)
    expect(JSON.stringify(found).length).toBeLessThan(1_000_000)
    // A hundred times what it takes when it is warm is still less than what quadratic work took.
    expect(user / 1000).toBeLessThan(2_000)
  })

  test('of many findings has its first ones, with their places', () => {
    const found = checkPolicy(
      filled((i) => `"x${i}"`, values('aws:k')),
      'inline',
      CATALOGUE,
    )
    expect(found).toHaveLength(500)
    expect(found.at(-1)).toMatchObject({
      code: 'VALUE_NEVER_MATCHES',
      path: '$.Statement[0].Condition.Bool["aws:k"]',
      line: 1,
    })
  })
})
