import { beforeAll, describe, expect, test } from 'vitest'
import type { PrismaClient } from '../../../src/generated/prisma/client.ts'
import { contextKeysForCustomPolicy, contextKeysForPrincipalPolicy } from '../../../src/iam/simulation/context-keys.ts'
import type { PolicyIdentifierInput } from '../../../src/iam/simulation/policy-exclusions.ts'
import {
  simulateCustomPolicy,
  type SimulateCustomPolicyInput,
  simulatePrincipalPolicy,
  type SimulatePrincipalPolicyInput,
} from '../../../src/iam/simulation/simulate.ts'
import type { SimulationResult } from '../../../src/iam/simulation/simulation-result.ts'
import { KNOWN_ACTIONS } from '../../../src/iam/simulation/known-actions.ts'
import { checkPolicy } from '../../../src/policy/index.ts'
import { fullBudget } from '../../support/budget.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { testServices } from '../../support/services.ts'
import { codedError } from '../../support/signing-in.ts'

const ACCOUNT = '123456789012'
const VERSION = '2012-10-17'
const document = (...Statement: object[]) => JSON.stringify({ Version: VERSION, Statement })
const ALLOW_ALL = document({ Effect: 'Allow', Action: '*', Resource: '*' })

function custom(input: Partial<SimulateCustomPolicyInput>) {
  return simulateCustomPolicy(
    ACCOUNT,
    { policyInputList: [ALLOW_ALL], actionNames: ['iam:GetUser'], ...input },
    fullBudget(),
  )
}

function inlineOf(policyName: string, attachmentType: 'USER' | 'GROUP' | 'ROLE', attachmentName: string) {
  return { inlinePolicyIdentifier: { policyName, attachmentType, attachmentName } }
}

const decisionOf = ({ evalDecision }: SimulationResult) => evalDecision
const decisions = async (input: Partial<SimulateCustomPolicyInput>) => (await custom(input)).map(decisionOf)

describe('simulateCustomPolicy', () => {
  test('answers in the order of the actions, each for every resource', async () => {
    const policy = document(
      { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::mine/*' },
      { Effect: 'Deny', Action: 's3:Delete*', Resource: '*' },
    )
    const results = await custom({
      policyInputList: [policy],
      actionNames: ['s3:PutObject', 's3:DeleteObject', 's3:GetObject'],
      resourceArns: ['arn:aws:s3:::mine/a', 'arn:aws:s3:::other/a'],
    })
    expect(results.map((one) => [one.evalActionName, one.evalResourceName.slice(13), one.evalDecision])).toEqual([
      ['s3:PutObject', 'mine/a', 'ALLOW'],
      ['s3:PutObject', 'other/a', 'IMPLICIT_DENY'],
      ['s3:DeleteObject', 'mine/a', 'EXPLICIT_DENY'],
      ['s3:DeleteObject', 'other/a', 'EXPLICIT_DENY'],
      ['s3:GetObject', 'mine/a', 'ALLOW'],
      ['s3:GetObject', 'other/a', 'IMPLICIT_DENY'],
    ])
  })

  test('names the statement that matched, with columns one higher than in an editor, as IAM counts them', async () => {
    const policy =
      '{"Version":"2012-10-17","Statement": [  {"Sid":"","Effect":"Allow","Action":["iam:GetUser"],"Resource":["*"]}]}'
    expect((await custom({ policyInputList: [ALLOW_ALL, policy] }))[0]?.matchedStatements.at(-1)).toEqual({
      sourcePolicyId: 'PolicyInputList.2',
      sourcePolicyType: 'IAM Policy',
      sourcePolicyName: 'PolicyInputList.2',
      sourcePolicyArn: null,
      sourceEntityArn: null,
      sid: '',
      startPosition: { line: 1, column: policy.indexOf('{', 2) + 2 },
      endPosition: { line: 1, column: policy.lastIndexOf('}]') + 2 },
    })
  })

  test('names only the Deny statements of an explicit deny, and none where nothing applies', async () => {
    const deny = document({ Effect: 'Deny', Action: 'iam:*', Resource: '*' })
    const [denied] = await custom({ policyInputList: [ALLOW_ALL, deny] })
    expect(denied?.matchedStatements.map(({ sourcePolicyId }) => sourcePolicyId)).toEqual(['PolicyInputList.2'])
    expect((await custom({ policyInputList: [] }))[0]).toMatchObject({
      evalDecision: 'IMPLICIT_DENY',
      matchedStatements: [],
    })
  })

  test('knows only the keys that are given, and tells which are missing', async () => {
    const policy = document({
      Effect: 'Allow',
      Action: 'iam:*',
      Resource: 'arn:aws:iam::*:user/${aws:username}',
      Condition: { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01' }, Bool: { 'aws:SecureTransport': 'true' } },
    })
    const resourceArns = [`arn:aws:iam::${ACCOUNT}:user/alice`]
    const [without] = await custom({ policyInputList: [policy], resourceArns })
    expect(without?.evalDecision).toBe('IMPLICIT_DENY')
    expect(without?.missingContextValues.toSorted()).toEqual(['aws:CurrentTime', 'aws:SecureTransport', 'aws:username'])
    const [given] = await custom({
      policyInputList: [policy],
      resourceArns,
      contextEntries: [
        { contextKeyName: 'AWS:UserName', contextKeyValues: ['alice'] },
        { contextKeyName: 'aws:CurrentTime', contextKeyValues: ['2026-01-01T00:00:00Z'], contextKeyType: 'DATE' },
        { contextKeyName: 'aws:SecureTransport', contextKeyValues: ['true'], contextKeyType: 'BOOLEAN' },
      ],
    })
    expect(given).toMatchObject({ evalDecision: 'ALLOW', missingContextValues: [] })
  })

  test('tells whether an MFA code would help, and which policies denied', async () => {
    const withMfa = document({
      Effect: 'Allow',
      Action: 'iam:*',
      Resource: '*',
      Condition: {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
      },
    })
    const boundary = document({ Effect: 'Allow', Action: 's3:*', Resource: '*' })
    const told = async (input: Partial<SimulateCustomPolicyInput>) =>
      (await custom({ policyInputList: [withMfa], ...input })).map(({ evalDecision, reason, mfaRequired }) => [
        evalDecision,
        reason,
        mfaRequired,
      ])
    expect(await told({})).toEqual([['IMPLICIT_DENY', 'NO_IDENTITY_POLICY', true]])
    expect(
      await told({ contextEntries: [{ contextKeyName: 'aws:MultiFactorAuthPresent', contextKeyValues: ['false'] }] }),
    ).toEqual([['IMPLICIT_DENY', 'NO_IDENTITY_POLICY', true]])
    expect(
      await told({
        contextEntries: [
          { contextKeyName: 'aws:MultiFactorAuthPresent', contextKeyValues: ['true'] },
          { contextKeyName: 'aws:MultiFactorAuthAge', contextKeyValues: ['60'] },
        ],
      }),
    ).toEqual([['ALLOW', null, false]])
    expect(await told({ permissionsBoundaryPolicyInputList: [boundary] })).toEqual([
      ['IMPLICIT_DENY', 'NO_IDENTITY_POLICY', false],
    ])
    expect(await told({ policyInputList: [ALLOW_ALL], permissionsBoundaryPolicyInputList: [boundary] })).toEqual([
      ['IMPLICIT_DENY', 'PERMISSIONS_BOUNDARY', false],
    ])
  })

  test('takes lists of values for keys that have many', async () => {
    const policy = document({
      Effect: 'Allow',
      Action: 'iam:*',
      Resource: '*',
      Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] }, Null: { 'aws:TagKeys': 'false' } },
    })
    const tagged = (...contextKeyValues: string[]) =>
      decisions({ policyInputList: [policy], contextEntries: [{ contextKeyName: 'aws:TagKeys', contextKeyValues }] })
    expect(await tagged('a', 'b')).toEqual(['ALLOW'])
    expect(await tagged('a', 'c')).toEqual(['IMPLICIT_DENY'])
  })

  test('holds a boundary against what policies allow', async () => {
    const boundary = document({ Effect: 'Allow', Action: 's3:*', Resource: '*' })
    const results = await custom({
      actionNames: ['iam:GetUser', 's3:GetObject'],
      permissionsBoundaryPolicyInputList: [boundary],
    })
    expect(results.map((one) => [one.evalDecision, one.allowedByPermissionsBoundary])).toEqual([
      ['IMPLICIT_DENY', false],
      ['ALLOW', true],
    ])
    expect((await custom({}))[0]?.allowedByPermissionsBoundary).toBeNull()
  })

  test('weighs a resource policy, of the own account and of another one', async () => {
    const callerArn = `arn:aws:iam::${ACCOUNT}:user/alice`
    const resourcePolicy = document({
      Effect: 'Allow',
      Principal: { AWS: callerArn },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::b/x',
    })
    const ask = async (policyInputList: string[], resourceOwner: string | null) =>
      (
        await custom({
          policyInputList,
          actionNames: ['s3:GetObject'],
          resourceArns: ['arn:aws:s3:::b/x'],
          resourcePolicy,
          callerArn,
          resourceOwner,
        })
      )[0]
    expect((await ask([], null))?.evalDecision).toBe('ALLOW')
    expect((await ask([], '999999999999'))?.evalDecision).toBe('IMPLICIT_DENY')
    expect(await ask([ALLOW_ALL], 'arn:aws:iam::999999999999:root')).toMatchObject({
      evalDecision: 'ALLOW',
      evalDecisionDetails: [
        { sourcePolicyType: 'IAM Policy', evalDecision: 'ALLOW' },
        { sourcePolicyType: 'Resource Policy', evalDecision: 'ALLOW' },
      ],
    })
  })

  test.each([
    ['named by its ARN', { resourceArns: ['arn:aws:sqs:eu-west-1:999999999999:q'] }],
    ['named as the owner', { resourceArns: ['arn:aws:s3:::b/x'], resourceOwner: '999999999999' }],
    [
      'of a caller from elsewhere',
      { resourceArns: [`arn:aws:sqs:eu-west-1:${ACCOUNT}:q`], callerArn: 'arn:aws:iam::999999999999:user/mallory' },
    ],
  ])('refuses what another account owns without a policy of its own there: %s', async (_, input) => {
    const ask = async (statement?: object) => {
      const resourcePolicy = statement === undefined ? null : document({ Resource: '*', Action: '*', ...statement })
      const callerArn = `arn:aws:iam::${ACCOUNT}:user/alice`
      return (await custom({ actionNames: ['sqs:SendMessage'], callerArn, ...input, resourcePolicy }))[0]
    }
    expect(await ask()).toMatchObject({ evalDecision: 'IMPLICIT_DENY', reason: 'RESOURCE_POLICY' })
    expect(await ask({ Effect: 'Allow', Principal: '*' })).toMatchObject({ evalDecision: 'ALLOW' })
    expect(await ask({ Effect: 'Allow', Principal: { AWS: '555555555555' } })).toMatchObject({
      evalDecision: 'IMPLICIT_DENY',
    })
  })

  test('takes what names no account for the caller’s own', async () => {
    const resourceArns = ['*', 'arn:aws:s3:::b/x', 'arn:aws:iam::aws:policy/IAMReadOnlyAccess', 'arn:aws:iam::*:user/a']
    expect(await decisions({ resourceArns })).toEqual(resourceArns.map(() => 'ALLOW'))
  })

  test('knows every action of IAM', () => {
    expect(
      checkPolicy(
        document({ Effect: 'Allow', Action: 'iam:PutAccountProperties', Resource: '*' }),
        'inline',
        KNOWN_ACTIONS,
      ),
    ).toEqual([])
  })

  test.each<[string, Partial<SimulateCustomPolicyInput>, string]>([
    ['a wildcard', { actionNames: ['s3:*'] }, 'InvalidInput'],
    ['what is no action', { actionNames: ['GetUser'] }, 'InvalidInput'],
    ['an action that is too short', { actionNames: ['a:'] }, 'ValidationError'],
    ['no action', { actionNames: [] }, 'ValidationError'],
    ['what is no ARN', { resourceArns: ['bucket'] }, 'InvalidInput'],
    ['a malformed policy', { policyInputList: ['{'] }, 'InvalidInput'],
    ['two boundaries', { permissionsBoundaryPolicyInputList: [ALLOW_ALL, ALLOW_ALL] }, 'InvalidInput'],
    ['a role as caller', { callerArn: `arn:aws:iam::${ACCOUNT}:role/app` }, 'InvalidInput'],
    [
      'a resource policy without a caller',
      { resourcePolicy: document({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }) },
      'InvalidInput',
    ],
    ['a short key', { contextEntries: [{ contextKeyName: 'a:b', contextKeyValues: [] }] }, 'ValidationError'],
    [
      'two values of one',
      { contextEntries: [{ contextKeyName: 'aws:x', contextKeyValues: ['1', '2'], contextKeyType: 'NUMERIC' }] },
      'InvalidInput',
    ],
    [
      'too many pairs',
      {
        actionNames: Array.from({ length: 40 }, (_, i) => `s3:A${i}`),
        resourceArns: Array.from({ length: 40 }, (_, i) => `arn:aws:s3:::b${i}`),
      },
      'ValidationError',
    ],
  ])('refuses %s', async (_, input, code) => {
    expect(await codedError(() => custom(input))).toMatchObject({ code, httpStatus: 400 })
  })

  test.each([
    ['allow', 'The policy failed legacy parsing'],
    ['Permit', 'Syntax errors in policy.'],
  ])('says where a malformed policy is wrong: an Effect of %s', async (effect, message) => {
    const policyInputList = [ALLOW_ALL, `{"Version":"2012-10-17","Statement":[{"Effect":"${effect}"}]}`]
    expect(await codedError(() => custom({ policyInputList }))).toMatchObject({
      message: `Invalid policy PolicyInputList.2: ${message}`,
      details: { path: '$.Statement[0].Effect', line: 1 },
    })
  })
})

const arn = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`

function sourcesOf(results: readonly SimulationResult[]) {
  return results.flatMap(({ matchedStatements }) =>
    matchedStatements.map(({ sourcePolicyName, sourcePolicyArn, sourceEntityArn }) => [
      sourcePolicyName,
      sourcePolicyArn,
      sourceEntityArn,
    ]),
  )
}

const allow = (...Action: string[]) => document({ Effect: 'Allow', Action, Resource: '*' })
const deny = (...Action: string[]) => document({ Effect: 'Deny', Action, Resource: '*' })
const level = (...serviceControlPolicyInputList: string[]) => ({ serviceControlPolicyInputList })

describe('service control policies in simulateCustomPolicy', () => {
  const told = async (levels: ReturnType<typeof level>[], input: Partial<SimulateCustomPolicyInput> = {}) =>
    (await custom({ orderedOrganizationPolicyInputList: levels, ...input })).map(
      ({ evalDecision, reason, allowedByOrganizations }) => [evalDecision, reason, allowedByOrganizations],
    )
  const BARRED = ['IMPLICIT_DENY', 'ORGANIZATION_POLICY', false]

  test.each([
    ['every level allows it', [level(ALLOW_ALL), level(allow('iam:*'))], ['ALLOW', null, true]],
    ['the root of the organization does not allow it', [level(allow('s3:*')), level(ALLOW_ALL)], BARRED],
    ['a unit in between does not', [level(ALLOW_ALL), level(allow('s3:*')), level(ALLOW_ALL)], BARRED],
    ['the account does not', [level(ALLOW_ALL), level(allow('s3:*'))], BARRED],
    ['one of the policies of a level does', [level(allow('s3:*'), allow('iam:Get*'))], ['ALLOW', null, true]],
    [
      'a level denies it beside an Allow',
      [level(ALLOW_ALL), level(ALLOW_ALL, deny('iam:Get*'))],
      ['EXPLICIT_DENY', 'ORGANIZATION_POLICY', false],
    ],
  ])('decide when %s', async (_, levels, expected) => {
    expect(await told(levels)).toEqual([expected])
  })

  test('grant nothing, and leave an explicit deny what it is', async () => {
    expect(await told([level(ALLOW_ALL)], { policyInputList: [] })).toEqual([
      ['IMPLICIT_DENY', 'NO_IDENTITY_POLICY', true],
    ])
    expect(await told([level(allow('s3:*'))], { policyInputList: [ALLOW_ALL, deny('iam:*')] })).toEqual([
      ['EXPLICIT_DENY', 'IDENTITY_POLICY', false],
    ])
  })

  test('bind a caller whom a resource policy names, too', async () => {
    const callerArn = `arn:aws:iam::${ACCOUNT}:user/alice`
    const resourcePolicy = document({
      Effect: 'Allow',
      Principal: { AWS: callerArn },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::b/*',
    })
    const asked = { policyInputList: [], actionNames: ['s3:GetObject'], resourceArns: ['arn:aws:s3:::b/a'] }
    const decide = (...levels: ReturnType<typeof level>[]) => told(levels, { ...asked, callerArn, resourcePolicy })
    expect(await decide(level(ALLOW_ALL))).toEqual([['ALLOW', null, true]])
    expect(await decide(level(allow('iam:*')))).toEqual([BARRED])
  })

  test('are said to be none where none are given, and the statements that deny are named', async () => {
    expect(await told([])).toEqual([['ALLOW', null, null]])
    const [denied] = await custom({ orderedOrganizationPolicyInputList: [level(ALLOW_ALL, deny('iam:*'))] })
    expect(denied?.matchedStatements).toMatchObject([
      {
        sourcePolicyId: 'OrderedOrganizationPolicyInputList.1.serviceControlPolicyInputList.2',
        sourcePolicyType: 'Service Control Policy',
      },
    ])
  })

  test.each([
    ['a level without a policy', [level()], 'ValidationError'],
    ['more levels than an organization has', Array.from({ length: 8 }, () => level(ALLOW_ALL)), 'ValidationError'],
    ['a policy that is none', [level('{}')], 'InvalidInput'],
  ])('refuse %s', async (_, orderedOrganizationPolicyInputList, code) => {
    expect((await codedError(async () => custom({ orderedOrganizationPolicyInputList }))).code).toBe(code)
  })
})

describe('simulatePrincipalPolicy', async () => {
  let db: PrismaClient
  let account: SeededAccount

  beforeAll(async () => {
    ;({ db } = await freshDatabase())
    const services = testServices({ db })
    account = await seedAccount(services)
    const { accountId } = account
    const at = services.clock()
    const shared = await account.createTestPolicy({
      name: 'Shared',
      document: document({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }),
    })
    const limit = await account.createTestPolicy({
      name: 'Limit',
      document: document({ Effect: 'Allow', Action: ['s3:*', 'sqs:*', 'sns:*'], Resource: '*' }),
    })
    const user = await account.createTestUser({
      name: 'Alice',
      path: '/staff/',
      policies: { own: document({ Effect: 'Allow', Action: ['s3:*', 'ec2:*'], Resource: '*' }) },
      attached: [shared.id],
      boundary: limit.id,
    })
    const policy = {
      name: 'sending',
      nameKey: 'sending',
      document: document({ Effect: 'Allow', Action: 'sns:*', Resource: '*' }),
      updatedAt: at,
    }
    const named = (name: string) => ({ accountId, name, nameKey: name.toLowerCase(), createdAt: at })
    await db.group.create({ data: { ...named('Senders'), id: 'AGPA1' } })
    await db.groupPolicy.create({ data: { accountId, groupId: 'AGPA1', ...policy } })
    await db.groupPolicyAttachment.create({
      data: { accountId, groupId: 'AGPA1', policyId: shared.id, attachedAt: at },
    })
    await db.groupMember.create({ data: { accountId, groupId: 'AGPA1', userId: user.id, addedAt: at } })
    await db.role.create({ data: { ...named('App'), id: 'AROA1', path: '/svc/', trustPolicy: '{}' } })
    await db.rolePolicy.create({ data: { accountId, roleId: 'AROA1', ...policy } })
  })

  const simulate = (source: string, input: Partial<SimulatePrincipalPolicyInput> = {}) =>
    simulatePrincipalPolicy(
      db,
      ACCOUNT,
      {
        policySourceArn: `arn:aws:iam::${ACCOUNT}:${source}`,
        actionNames: ['s3:GetObject', 'sqs:SendMessage', 'sns:Publish', 'ec2:RunInstances'],
        ...input,
      },
      fullBudget(),
    )

  test('takes the policies of a user and of its groups, within the boundary', async () => {
    const results = await simulate('user/staff/Alice')
    expect(
      results.map((one) => [one.evalDecision, one.matchedStatements.map((each) => Object.values(each).slice(0, 2))]),
    ).toEqual([
      [
        'ALLOW',
        [
          ['user_Alice_own', 'user'],
          ['Limit', 'IAM Permissions Boundary Policy'],
        ],
      ],
      [
        'ALLOW',
        [
          ['Shared', 'IAM Policy'],
          ['Limit', 'IAM Permissions Boundary Policy'],
        ],
      ],
      [
        'ALLOW',
        [
          ['group_Senders_sending', 'group'],
          ['Limit', 'IAM Permissions Boundary Policy'],
        ],
      ],
      ['IMPLICIT_DENY', [['user_Alice_own', 'user']]],
    ])
    expect(results.map(({ allowedByPermissionsBoundary: allowed }) => allowed)).toEqual([true, true, true, false])
  })

  test.each<[string, PolicyIdentifierInput[], string]>([
    ['nothing', [], 'AAAI'],
    ['inline policies', [{ policyType: 'INLINE' }], 'IAII'],
    ['managed policies of the customer', [{ policyType: 'USER_MANAGED' }], 'AIAI'],
    ['managed policies of AWS', [{ policyType: 'AWS_MANAGED' }], 'AAAI'],
    ['the boundary', [{ policyType: 'PERMISSION_BOUNDARY' }], 'AAAA'],
    ['service and resource control policies', [{ policyType: 'SCP' }, { policyType: 'RCP' }], 'AAAI'],
    ['a policy by ARN', [{ policyArn: `arn:aws:iam::${ACCOUNT}:policy/Shared` }], 'AIAI'],
    ['policies by the ARN with wildcards', [{ policyArn: `arn:aws:iam::${ACCOUNT}:policy/S?a*d` }], 'AIAI'],
    ['no boundary by its ARN', [{ policyArn: `arn:aws:iam::${ACCOUNT}:policy/*` }], 'AIAI'],
    ['an inline policy of a group', [inlineOf('sending', 'GROUP', 'Sen*')], 'AAII'],
    ['an inline policy of another', [inlineOf('sending', 'GROUP', 'Sen')], 'AAAI'],
    ['an inline policy of another kind', [inlineOf('sending', 'USER', 'Senders')], 'AAAI'],
    ['several', [inlineOf('own', 'USER', 'Alice'), { policyType: 'PERMISSION_BOUNDARY' }], 'IAAI'],
  ])('leaves out %s when asked to', async (_, policyExclusionList, expected) => {
    const results = await simulate('user/staff/Alice', { policyExclusionList })
    expect(results.map(({ evalDecision }) => evalDecision.charAt(0)).join('')).toBe(expected)
  })

  test.each<[string, PolicyIdentifierInput]>([
    ['nothing', {}],
    ['two things', { policyType: 'INLINE', policyArn: `arn:aws:iam::${ACCOUNT}:policy/Shared` }],
    ['no ARN', { policyArn: 'Shared' }],
    ['an ARN of something else', { policyArn: `arn:aws:iam::${ACCOUNT}:user/Alice` }],
    ['an ARN with a wildcard outside its name', { policyArn: 'arn:aws:iam::*:policy/Shared' }],
    ['a name with two stars', inlineOf('own', 'USER', '*A*')],
  ])('refuses an identifier of %s', async (_, identifier) => {
    const refused = await codedError(() => simulate('user/staff/Alice', { policyExclusionList: [identifier] }))
    expect([refused.code, refused.message]).toEqual(['InvalidInput', expect.stringContaining('PolicyExclusionList.1')])
  })

  test('names each policy and what it is part of, so that it can be read', async () => {
    expect(sourcesOf(await simulate('user/staff/Alice'))).toEqual([
      ['own', null, arn('user/staff/Alice')],
      ['Limit', arn('policy/Limit'), null],
      ['Shared', arn('policy/Shared'), null],
      ['Limit', arn('policy/Limit'), null],
      ['sending', null, arn('group/Senders')],
      ['Limit', arn('policy/Limit'), null],
      ['own', null, arn('user/staff/Alice')],
    ])
    expect(sourcesOf(await simulate('role/svc/App'))).toEqual([['sending', null, arn('role/svc/App')]])
  })

  test('puts a boundary that is given in the place of the attached one, and policies beside those there are', async () => {
    const results = await simulate('user/staff/Alice', {
      actionNames: ['ec2:RunInstances', 'iam:GetUser'],
      permissionsBoundaryPolicyInputList: [ALLOW_ALL],
      policyInputList: [document({ Effect: 'Allow', Action: 'iam:*', Resource: '*' })],
    })
    expect(results.map(({ evalDecision }) => evalDecision)).toEqual(['ALLOW', 'ALLOW'])
  })

  test('takes a group and a role as well', async () => {
    expect((await simulate('group/Senders')).map(decisionOf)).toEqual([
      'IMPLICIT_DENY',
      'ALLOW',
      'ALLOW',
      'IMPLICIT_DENY',
    ])
    expect((await simulate('role/svc/App')).map(decisionOf)).toEqual([
      'IMPLICIT_DENY',
      'IMPLICIT_DENY',
      'ALLOW',
      'IMPLICIT_DENY',
    ])
  })

  test.each([
    ['user/Missing', 'NoSuchEntity', 'The user with name Missing cannot be found.'],
    ['user/Alice', 'NoSuchEntity', 'The user with name Alice cannot be found.'],
    ['group/Missing', 'NoSuchEntity', 'The group with name Missing cannot be found.'],
    ['role/Missing', 'NoSuchEntity', 'The role with name Missing cannot be found.'],
    [
      'root',
      'InvalidInput',
      `Invalid Entity Arn: arn:aws:iam::${ACCOUNT}:root does not clearly define entity type and name.`,
    ],
  ])('answers for %s with %s', async (source, code, message) => {
    expect(await codedError(() => simulate(source))).toMatchObject({ code, message })
  })

  test('finds nobody in another account', async () => {
    const policySourceArn = 'arn:aws:iam::999999999999:user/staff/Alice'
    expect(await codedError(() => simulate('', { policySourceArn }))).toMatchObject({ code: 'NoSuchEntity' })
  })

  test('the keys that policies ask for are told', async () => {
    const asking = document({
      Effect: 'Allow',
      Action: '*',
      Resource: 'arn:aws:s3:::${aws:username}',
      Condition: { Bool: { 'aws:SecureTransport': 'true' }, Null: { 'AWS:Username': 'false' } },
    })
    expect(await contextKeysForCustomPolicy([asking, asking])).toEqual(['aws:username', 'aws:SecureTransport'])
    const policySourceArn = `arn:aws:iam::${ACCOUNT}:user/staff/Alice`
    const keys = (policyInputList?: string[]) =>
      contextKeysForPrincipalPolicy(
        db,
        ACCOUNT,
        { policySourceArn, ...(policyInputList && { policyInputList }) },
        fullBudget(),
      )
    expect(await keys()).toEqual([])
    expect(await keys([asking])).toEqual(['aws:username', 'aws:SecureTransport'])
  })
})
