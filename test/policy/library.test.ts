import { describe, expect, test } from 'vitest'
import {
  type AccessRequest,
  type CompiledPolicy,
  compilePolicy,
  compileSet,
  contextKeysOf,
  createContext,
  decide,
  denialTail,
  MalformedPolicyDocument,
  parsePolicy,
  type PolicyDocument,
  type PolicyKind,
  type PolicySet,
  policySize,
  principalsOf,
  type StatementTrace,
} from '../../src/policy/index.ts'

function parse(text: string | object, kind: PolicyKind = 'inline'): PolicyDocument {
  const result = parsePolicy(typeof text === 'string' ? text : JSON.stringify(text), kind)
  if (!result.ok) throw result.error
  return result.document
}

function compile(text: string | object, id = 'p1'): CompiledPolicy {
  return compilePolicy(parse(text), { id, type: 'managed' })
}

const ALICE = 'arn:aws:iam::123456789012:user/alice'

function ask(action: string, resource: string, entries: [string, string | string[]][] = []): AccessRequest {
  return {
    action,
    resource,
    context: createContext(entries),
    principal: { kind: 'user', accountId: '123456789012', arn: ALICE },
  }
}

function traceOf(set: PolicySet, request: AccessRequest): StatementTrace {
  const statement = decide({ identity: set }, request, { trace: true }).trace?.layers[0]?.statements[0]
  if (statement === undefined) throw new Error('the statement is not in the trace')
  return statement
}

describe('positions', () => {
  const text = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "One", "Effect": "Allow", "Action": "iam:GetUser", "Resource": "*" },
    {
      "Effect": "Deny",
      "Action": "iam:*",
      "Resource": "*"
    }
  ]
}`

  test('a statement knows its opening and its closing brace', () => {
    const [first, second] = parse(text).statements
    expect([first?.start, first?.end]).toEqual([
      { offset: text.indexOf('{ "Sid"'), line: 4, column: 5 },
      { offset: text.indexOf('},'), line: 4, column: 81 },
    ])
    expect([second?.start.line, second?.start.column, second?.end.line, second?.end.column]).toEqual([5, 5, 9, 5])
  })

  test.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ])('%s ends a line', (_, end) => {
    const statement = parse(text.replaceAll('\n', end)).statements[1]
    expect([statement?.start.line, statement?.start.column, statement?.end.line]).toEqual([5, 5, 9])
  })

  test('a decision hands back the policy and the place of its statement', () => {
    const decision = decide({ identity: compileSet([compile(text, 'limits')]) }, ask('iam:GetUser', ALICE))
    expect(decision.statement).toMatchObject({
      source: { id: 'limits', type: 'managed' },
      index: 1,
      effect: 'Deny',
      start: { line: 5, column: 5 },
      end: { line: 9, column: 5 },
    })
    expect(decision.statement).not.toHaveProperty('sid')
  })
})

test('a parsed document is frozen to its leaves', () => {
  const document = parse({
    Statement: { Effect: 'Allow', Action: ['a:b'], Resource: '*', Condition: { Bool: { k: ['true'] } } },
  })
  const statement = document.statements[0]
  const parts = [document, document.statements, statement, statement?.action, statement?.action.values]
  const leaves = [statement?.conditions, statement?.conditions[0], statement?.conditions[0]?.values, statement?.start]
  for (const part of [...parts, ...leaves]) expect(Object.isFrozen(part)).toBe(true)
})

test('a refusal is an error with IAM text, code and place', () => {
  const result = parsePolicy('{"Statement":\n {"Effect":"Allow","Action":"x","Resource":"*"}}', 'inline')
  expect(result.ok).toBe(false)
  if (result.ok) return
  expect(result.error).toBeInstanceOf(MalformedPolicyDocument)
  const { name, code, message, path, line, column } = result.error
  expect([name, code]).toEqual(['MalformedPolicyDocument', 'MalformedPolicyDocument'])
  expect(message).toBe('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
  expect([path, line, column]).toEqual(['$.Statement.Action', 2, 29])
})

test.each([
  ['', 0],
  [' \t\r\n', 0],
  ['{ "a" : [ 1 , true ] }', 14],
  ['{"a b":"c  d"}', 14],
  [String.raw`{"a\" b" : "\\" }`, 14],
  ['not json at all', 12],
])('the size of %j is %i', (text, size) => {
  expect(policySize(text)).toBe(size)
})

test('the context keys of a document are those of its conditions and variables, once each', () => {
  const document = parse({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: '*',
        Resource: ['arn:aws:s3:::b/${aws:username}', 'arn:aws:s3:::b/$<aws:PrincipalTag/team, "x">'],
        Condition: {
          StringLike: { 's3:prefix': ['${AWS:UserName}/*', "${aws:PrincipalTag/team, 'x'}"] },
          NumericLessThan: { 'aws:MultiFactorAuthAge': '${not:aVariable}' },
        },
      },
      { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Null: { 'S3:Prefix': 'true' } } },
    ],
  })
  expect(contextKeysOf(document)).toEqual([
    'aws:username',
    's3:prefix',
    'aws:PrincipalTag/team',
    'aws:MultiFactorAuthAge',
  ])
})

test('a document of version 2008-10-17 asks for no variables', () => {
  expect(
    contextKeysOf(parse({ Statement: { Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::${a:b}' } })),
  ).toEqual([])
})

test('the principals of a document come with their places, so that they can be replaced in the text', () => {
  const text =
    '{"Statement":{"Effect":"Allow","Principal":{"AWS":["123456789012","AIDAIOSFODNN7EXAMPLE1"],"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}'
  const principals = principalsOf(parse(text, 'trust'))
  expect(principals.map(({ type, value, path }) => [type, value, path])).toEqual([
    ['AWS', '123456789012', '$.Statement.Principal.AWS[0]'],
    ['AWS', 'AIDAIOSFODNN7EXAMPLE1', '$.Statement.Principal.AWS[1]'],
    ['Service', 'ec2.amazonaws.com', '$.Statement.Principal.Service'],
  ])
  for (const { value, start, end } of principals) expect(text.slice(start.offset, end.offset + 1)).toBe(`"${value}"`)
})

describe('the request context', () => {
  test('a later entry replaces an earlier one whatever its case', () => {
    const context = createContext([
      ['aws:Username', 'alice'],
      ['AWS:USERNAME', 'bob'],
    ])
    expect(context.get('aws:username')).toBe('bob')
    expect(context.keys()).toEqual(['aws:username'])
  })

  test('an extended context sees its base and leaves it alone', () => {
    const base = createContext([
      ['aws:username', 'alice'],
      ['aws:SourceIp', '10.0.0.1'],
    ])
    const extended = base.extend([
      ['AWS:SourceIp', '10.0.0.2'],
      ['aws:TagKeys', ['a', 'b']],
    ])
    expect([extended.get('aws:UserName'), extended.get('aws:sourceip'), extended.get('aws:tagkeys')]).toEqual([
      'alice',
      '10.0.0.2',
      ['a', 'b'],
    ])
    expect([base.get('aws:SourceIp'), base.get('aws:TagKeys')]).toEqual(['10.0.0.1', undefined])
    expect(extended.keys()).toEqual(['aws:username', 'aws:sourceip', 'aws:tagkeys'])
  })

  test('a list that changes later does not change the context', () => {
    const tags = ['a']
    const context = createContext([['aws:TagKeys', tags]])
    tags.push('b')
    expect(context.get('aws:TagKeys')).toEqual(['a'])
  })

  test('keys that objects are born with are absent', () => {
    expect(createContext([]).get('constructor')).toBeUndefined()
    expect(createContext([]).get('__proto__')).toBeUndefined()
  })
})

describe('a trace', () => {
  const set = compileSet([
    compile({
      Version: '2012-10-17',
      Statement: {
        Sid: 'Own',
        Effect: 'Allow',
        Action: ['iam:Get*', 's3:*'],
        Resource: ['arn:aws:iam::*:user/${aws:username}', 'arn:aws:iam::*:user/bob'],
        Condition: {
          Bool: { 'aws:MultiFactorAuthPresent': 'true' },
          StringNotEquals: { 'aws:RequestTag/team': ['ops', '${aws:PrincipalTag/team}'] },
        },
      },
    }),
  ])

  test('names what matched, with the values of the variables', () => {
    const statement = traceOf(
      set,
      ask('iam:GetUser', ALICE, [
        ['aws:username', 'alice'],
        ['aws:MultiFactorAuthPresent', 'true'],
      ]),
    )
    expect(statement.matched).toBe(true)
    expect(statement.failed).toEqual([])
    expect(statement.action.patterns.map(({ matched }) => matched)).toEqual([true, false])
    expect(statement.resource?.patterns).toEqual([
      { pattern: 'arn:aws:iam::*:user/${aws:username}', resolved: 'arn:aws:iam::*:user/alice', matched: true },
      { pattern: 'arn:aws:iam::*:user/bob', resolved: 'arn:aws:iam::*:user/bob', matched: false },
    ])
  })

  test('names each condition that fails and why: the near miss of a caller without MFA', () => {
    const statement = traceOf(
      set,
      ask('iam:GetUser', ALICE, [
        ['aws:username', 'alice'],
        ['aws:RequestTag/team', 'ops'],
      ]),
    )
    expect(statement.failed).toEqual(['condition'])
    expect(statement.conditions).toEqual([
      {
        operator: 'Bool',
        key: 'aws:MultiFactorAuthPresent',
        policyValues: [{ value: 'true', resolved: 'true' }],
        result: false,
        failure: 'KEY_MISSING',
      },
      {
        operator: 'StringNotEquals',
        key: 'aws:RequestTag/team',
        requestValues: ['ops'],
        policyValues: [{ value: 'ops', resolved: 'ops' }, { value: '${aws:PrincipalTag/team}' }],
        result: false,
        failure: 'EXCLUDED_VALUE_MATCHED',
      },
    ])
  })

  test('leaves a variable without value unresolved and fails on the resource', () => {
    const statement = traceOf(set, ask('iam:GetUser', ALICE, [['aws:MultiFactorAuthPresent', 'true']]))
    expect(statement.failed).toEqual(['resource'])
    expect(statement.resource?.patterns[0]).toEqual({ pattern: 'arn:aws:iam::*:user/${aws:username}', matched: false })
  })

  test('tells a missing variable from a value that differs', () => {
    const condition = { StringEquals: { 'aws:ResourceTag/owner': '${aws:username}' } }
    const owner = compileSet([
      compile({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition },
      }),
    ])
    const failure = (entries: [string, string][]): string | undefined =>
      traceOf(owner, ask('iam:GetUser', ALICE, entries)).conditions[0]?.failure
    expect(failure([['aws:ResourceTag/owner', 'bob']])).toBe('VARIABLE_MISSING')
    expect(
      failure([
        ['aws:ResourceTag/owner', 'bob'],
        ['aws:username', 'alice'],
      ]),
    ).toBe('NO_VALUE_MATCHED')
  })

  test('lists the keys that relevant statements use and the request lacks', () => {
    const { trace } = decide({ identity: set }, ask('iam:GetUser', ALICE), { trace: true })
    expect(trace?.missingContextKeys).toEqual([
      'aws:username',
      'aws:MultiFactorAuthPresent',
      'aws:RequestTag/team',
      'aws:PrincipalTag/team',
    ])
  })

  test('lists a missing key once, as it is first written', () => {
    const twice = { StringEquals: { 'aws:Flag': 'x' }, Null: { 'AWS:FLAG': 'false' } }
    const flagged = compileSet([
      compile({ Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: twice } }),
    ])
    const { trace } = decide({ identity: flagged }, ask('iam:GetUser', ALICE), { trace: true })
    expect(trace?.missingContextKeys).toEqual(['aws:Flag'])
  })

  test('leaves out statements about other actions', () => {
    const { trace } = decide({ identity: set }, ask('sts:AssumeRole', ALICE), { trace: true })
    expect(trace).toEqual({
      layers: [{ layer: 'identity', effect: 'IMPLICIT_DENY', statements: [] }],
      missingContextKeys: [],
    })
  })

  test('shows every layer, and who a resource policy names', () => {
    const bucket = parse(
      { Statement: { Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: '*', Resource: '*' } },
      'resource',
    )
    const resource = {
      set: compileSet([compilePolicy(bucket, { id: 'b', type: 'resource' })]),
      kind: 'resource',
    } as const
    const layers = { identity: set, boundary: compileSet([]), session: compileSet([]), resource }
    const { trace } = decide(layers, ask('s3:GetObject', 'arn:aws:s3:::b'), { trace: true })
    expect(trace?.layers.map(({ layer, effect }) => [layer, effect])).toEqual([
      ['identity', 'IMPLICIT_DENY'],
      ['boundary', 'IMPLICIT_DENY'],
      ['session', 'IMPLICIT_DENY'],
      ['resource', 'ALLOW'],
    ])
    expect(trace?.layers[3]?.statements[0]?.principal).toEqual({
      matched: true,
      negated: false,
      grant: 'account',
      entries: [{ type: 'AWS', value: '123456789012' }],
    })
  })
})

describe('a decision', () => {
  const all = compileSet([compile({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } })])

  test('is frozen and shared', () => {
    const first = decide({ identity: all }, ask('iam:GetUser', ALICE))
    expect(Object.isFrozen(first)).toBe(true)
    expect(decide({ identity: all }, ask('iam:GetUser', ALICE))).toBe(first)
  })

  test('denies, and says so, when the evaluation itself fails', () => {
    const context = createContext([])
    context.get = () => {
      throw new Error('broken')
    }
    const guarded = compileSet([
      compile({ Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: { Bool: { 'a:b': 'true' } } } }),
    ])
    const decision = decide({ identity: guarded }, { ...ask('iam:GetUser', ALICE), context })
    expect(decision).toEqual({ effect: 'IMPLICIT_DENY', reason: 'EVALUATION_ERROR' })
    expect(denialTail(decision, 'iam:GetUser')).toBe('')
  })

  test('stays right when callers ask for more actions than a set remembers', () => {
    const reads = compileSet([compile({ Statement: { Effect: 'Allow', Action: 'iam:Get*', Resource: '*' } })])
    for (let i = 0; i < 1000; i++) {
      expect(decide({ identity: reads }, ask(`iam:Get${i}`, ALICE)).effect).toBe('ALLOW')
      expect(decide({ identity: reads }, ask(`iam:List${i}`, ALICE)).effect).toBe('IMPLICIT_DENY')
    }
  })

  test('can use one compiled policy in many sets', () => {
    const shared = compile({ Statement: { Sid: 'Shared', Effect: 'Allow', Action: 'iam:*', Resource: '*' } })
    const none = compile({ Statement: { Effect: 'Deny', Action: 'iam:*', Resource: '*' } }, 'p2')
    expect(decide({ identity: compileSet([shared, shared]) }, ask('iam:GetUser', ALICE)).effect).toBe('ALLOW')
    expect(decide({ identity: compileSet([shared, none]) }, ask('iam:GetUser', ALICE)).effect).toBe('EXPLICIT_DENY')
  })
})
