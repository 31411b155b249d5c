import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Account, at, type Grant, type Installation, openInstallation, policyOf } from '../support/installation.ts'

let installation: Installation
let account: Account
let named = 0

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
})

afterAll(() => installation.stop())

const newName = (what: string) => `${what}-${++named}`

const limited = async (allow: readonly Grant[], boundary: readonly Grant[]) => {
  const policy = await account.createTestPolicy({ name: newName('boundary'), document: policyOf(boundary) })
  return await account.user({ name: newName('limited'), allow, boundary: policy.id })
}

const tags = (entries: Readonly<Record<string, string>>) =>
  Object.entries(entries).map(([key, value]) => ({ key, value }))

const createOwn = (variable: string, path = ''): Grant => ({
  action: 'iam:CreateAccessKey',
  on: `arn:aws:iam::*:user${path}/${variable}`,
})

describe('a permissions boundary', () => {
  test('limits what policies allow', async () => {
    const user = await limited([{ action: 'iam:*' }], [{ action: 'iam:GetUser' }])
    const { data, errors } = await user.ask('{ user { name } users { edges { node { name } } } }')
    expect(data).toEqual({ user: { name: user.name }, users: null })
    expect(errors).toMatchObject([
      {
        message: `User: ${user.arn} is not authorized to perform: iam:ListUsers on resource: ${account.arn('user/')} because no permissions boundary allows the iam:ListUsers action`,
        extensions: { authz: { effect: 'IMPLICIT_DENY', reason: 'PERMISSIONS_BOUNDARY' } },
      },
    ])
  })

  test('grants nothing', async () => {
    const user = await limited([], [{ action: '*' }])
    const { errors } = await user.ask('{ user { name } }')
    expect(errors).toMatchObject([{ extensions: { authz: { reason: 'NO_IDENTITY_POLICY' } } }])
  })

  test('denies what it denies', async () => {
    const user = await limited([{ action: '*' }], [{ action: '*' }, { effect: 'Deny', action: 'iam:GetUser' }])
    const { errors } = await user.ask('{ user { name } }')
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/ on resource: user \S+ with an explicit deny in a permissions boundary$/),
        extensions: { authz: { effect: 'EXPLICIT_DENY', reason: 'PERMISSIONS_BOUNDARY' } },
      },
    ])
  })

  test('of the target is a condition key of what is done to it', async () => {
    const boundary = await account.createTestPolicy({
      name: newName('for-all'),
      document: policyOf([{ action: 's3:*' }]),
    })
    const bound = await account.createTestUser({ name: newName('bound'), boundary: boundary.id, accessKeys: 0 })
    const free = await account.createTestUser({ name: newName('free'), accessKeys: 0 })
    const when = { StringEquals: { 'iam:PermissionsBoundary': boundary.arn } }
    const admin = await account.user({
      name: newName('delegate'),
      allow: [{ action: ['iam:PutUserPolicy', 'iam:CreateUser'], when }],
    })
    const put = (userName: string) =>
      admin.ask('mutation ($input: PutUserPolicyInput!) { putUserPolicy(input: $input) { policyName } }', {
        input: { userName, policyName: 'p', policyDocument: policyOf([{ action: 's3:*' }]) },
      })
    const create = (permissionsBoundary: string | null) =>
      admin.ask('mutation ($input: CreateUserInput!) { createUser(input: $input) { user { name } } }', {
        input: { userName: newName('made'), permissionsBoundary },
      })
    expect((await put(bound.name)).codes).toEqual([])
    expect((await put(free.name)).codes).toEqual(['AccessDenied'])
    expect((await create(boundary.arn)).codes).toEqual([])
    expect((await create(null)).codes).toEqual(['AccessDenied'])
    expect((await create(account.arn('policy/other'))).codes).toEqual(['AccessDenied'])
  })
})

describe('tags as conditions', () => {
  const CREATE = 'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { name } } }'
  const TAG = 'mutation ($input: TagUserInput!) { tagUser(input: $input) { user { name } } }'
  const UNTAG = 'mutation ($input: UntagUserInput!) { untagUser(input: $input) { user { name } } }'

  test.each([
    [
      'the value of a tag that is given',
      { StringEquals: { 'aws:RequestTag/team': 'red' } },
      { team: 'red' },
      { team: 'blue' },
    ],
    ['that a tag is given', { Null: { 'aws:RequestTag/team': 'false' } }, { team: 'any' }, { other: 'any' }],
    [
      'which keys may be given',
      { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'seat'] } },
      { team: '1', seat: '2' },
      { team: '1', root: '2' },
    ],
    [
      'which keys must be given',
      { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } },
      { team: '1', x: '2' },
      { x: '2' },
    ],
  ])('of the request: %s', async (_what, when, right, wrong) => {
    const target = await account.createTestUser({ name: newName('tagged'), accessKeys: 0 })
    const tagger = await account.user({
      name: newName('tagger'),
      allow: [{ action: ['iam:CreateUser', 'iam:TagUser'], when }],
    })
    const create = (given: Readonly<Record<string, string>>) =>
      tagger.ask(CREATE, { input: { userName: newName('new'), tags: tags(given) } })
    const tag = (given: Readonly<Record<string, string>>) =>
      tagger.ask(TAG, { input: { userName: target.name, tags: tags(given) } })
    expect((await create(right)).codes).toEqual([])
    expect((await create(wrong)).codes).toEqual(['AccessDenied'])
    expect((await tag(right)).codes).toEqual([])
    expect((await tag(wrong)).codes).toEqual(['AccessDenied'])
  })

  test('of the request: which keys may be taken away', async () => {
    const target = await account.createTestUser({
      name: newName('tagged'),
      tags: { team: '1', role: '2' },
      accessKeys: 0,
    })
    const tagger = await account.user({
      name: newName('tagger'),
      allow: [{ action: 'iam:UntagUser', when: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' } } }],
    })
    const untag = (tagKeys: string[]) => tagger.ask(UNTAG, { input: { userName: target.name, tagKeys } })
    expect((await untag(['team', 'role'])).codes).toEqual(['AccessDenied'])
    expect((await untag(['team'])).codes).toEqual([])
  })

  test('of the target, in either spelling of the key', async () => {
    const red = await account.createTestUser({ name: newName('red'), tags: { Team: 'red' }, accessKeys: 0 })
    const blue = await account.createTestUser({ name: newName('blue'), tags: { Team: 'blue' }, accessKeys: 0 })
    for (const key of ['aws:ResourceTag/team', 'iam:ResourceTag/TEAM']) {
      const leader = await account.user({
        name: newName('leader'),
        allow: [{ action: 'iam:TagUser', when: { StringEquals: { [key]: 'red' } } }],
      })
      const tag = (userName: string) => leader.ask(TAG, { input: { userName, tags: tags({ seen: 'yes' }) } })
      expect((await tag(red.name)).codes).toEqual([])
      expect((await tag(blue.name)).codes).toEqual(['AccessDenied'])
      expect((await tag('nobody-here')).codes).toEqual(['AccessDenied'])
    }
  })

  test('of the target compared with those of the caller', async () => {
    const red = await account.createTestUser({ name: newName('red'), tags: { team: 'red' }, accessKeys: 0 })
    const leader = await account.user({
      name: newName('leader'),
      tags: { team: 'red' },
      allow: [
        { action: 'iam:GetUser', when: { StringEquals: { 'aws:ResourceTag/team': `\${aws:PrincipalTag/team}` } } },
      ],
    })
    const get = () => leader.ask('query ($name: String) { user(name: $name) { name } }', { name: red.name })
    expect((await get()).codes).toEqual([])
    await account.root(TAG, { input: { userName: red.name, tags: tags({ team: 'blue' }) } })
    expect((await get()).codes).toEqual(['AccessDenied'])
  })

  test('hold for the tag that describes an access key, too', async () => {
    const DESCRIBE = 'mutation ($input: CreateAccessKeyInput!) { createAccessKey(input: $input) { __typename } }'
    const create = async (when: NonNullable<Grant['when']>) => {
      const user = await account.user({
        name: newName('describer'),
        allow: [{ action: 'iam:CreateAccessKey' }, { action: 'iam:TagUser', when }],
      })
      return (await user.ask(DESCRIBE, { input: { description: 'a bot' } })).codes
    }
    expect(await create({ 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' } })).toEqual(['AccessDenied'])
    expect(
      await create({ 'ForAllValues:StringLike': { 'aws:TagKeys': 'AKIA*' }, Null: { 'aws:TagKeys': 'false' } }),
    ).toEqual([])
  })
})

describe('which policy is attached', () => {
  test('is a condition on iam:PolicyARN; the resource is the user', async () => {
    const policyDocument = policyOf([{ action: 's3:*' }])
    const dev = await account.createTestPolicy({ name: newName('dev'), path: '/dev/a/', document: policyDocument })
    const ops = await account.createTestPolicy({ name: newName('ops'), path: '/ops/', document: policyDocument })
    const target = await account.createTestUser({ name: newName('target'), accessKeys: 0 })
    const admin = await account.user({
      name: newName('admin'),
      allow: [
        {
          action: ['iam:AttachUserPolicy', 'iam:DetachUserPolicy'],
          on: target.arn,
          when: { ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::*:policy/dev/*' } },
        },
      ],
    })
    const act = (name: string, policyArn: string) =>
      admin.ask(
        `mutation ($input: ${name}Input!) { ${name.charAt(0).toLowerCase()}${name.slice(1)}(input: $input) { __typename } }`,
        {
          input: { userName: target.name, policyArn },
        },
      )
    expect((await act('AttachUserPolicy', dev.arn)).codes).toEqual([])
    expect((await act('AttachUserPolicy', ops.arn)).codes).toEqual(['AccessDenied'])
    expect((await act('DetachUserPolicy', dev.arn)).codes).toEqual([])
  })
})

describe('the resource is the whole ARN', () => {
  const variables = [`\${aws:username}`, '$<aws:username>']

  test.each(variables)('so %s reaches a user at the root of the tree only', async (variable) => {
    const atRoot = await account.user({ name: newName('flat'), allow: [createOwn(variable)] })
    const below = await account.user({ name: newName('deep'), path: '/div/', allow: [createOwn(variable)] })
    const right = await account.user({ name: newName('right'), path: '/div/', allow: [createOwn(variable, '/div')] })
    const create = 'mutation { createAccessKey(input: {}) { __typename } }'
    expect((await atRoot.ask(create)).codes).toEqual([])
    expect((await below.ask(create)).codes).toEqual(['AccessDenied'])
    expect((await right.ask(create)).codes).toEqual([])
  })

  test('as it is stored, whatever case the caller writes the name in', async () => {
    const target = await account.createTestUser({ name: newName('MixedCase'), path: '/Div/', accessKeys: 0 })
    const get = 'query ($name: String) { user(name: $name) { name } }'
    const exact = await account.user({ name: newName('exact'), allow: [{ action: 'IAM:getuser', on: target.arn }] })
    const lower = await account.user({
      name: newName('lower'),
      allow: [{ action: 'iam:GetUser', on: target.arn.toLowerCase() }],
    })
    for (const name of [target.name, target.name.toLowerCase(), target.name.toUpperCase()]) {
      expect((await exact.ask(get, { name })).data).toEqual({ user: { name: target.name } })
      const { errors } = await lower.ask(get, { name })
      expect(errors[0]?.message).toContain(`on resource: user ${name} because`)
      // A denial repeats what the caller wrote: the spelling and the path would tell that the name exists.
      expect(errors[0]?.extensions.authz?.resource).toBe(account.arn(`user/${name}`))
    }
  })

  test('before and after a rename or a move', async () => {
    const old = await account.createTestUser({ name: newName('before'), path: '/a/', accessKeys: 0 })
    const update = (ask: typeof account.root, input: object) =>
      ask('mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { arn } } }', { input })
    const fromOnly = await account.user({
      name: newName('from'),
      allow: [{ action: 'iam:UpdateUser', on: account.arn('user/a/*') }],
    })
    const both = await account.user({
      name: newName('both'),
      allow: [{ action: 'iam:UpdateUser', on: [account.arn('user/a/*'), account.arn('user/b/after')] }],
    })
    const input = { userName: old.name, newUserName: 'after', newPath: '/b/' }
    const refused = await update(fromOnly.ask, input)
    expect(refused.errors[0]?.extensions.authz?.resource).toBe(account.arn('user/b/after'))
    expect((await update(fromOnly.ask, { ...input, newPath: null })).codes).toEqual([])
    await update(account.root, { userName: 'after', newUserName: old.name })
    expect((await update(both.ask, input)).data).toEqual({ updateUser: { user: { arn: account.arn('user/b/after') } } })
  })
})

describe('viewer.can', () => {
  const actions = [
    'iam:GetUser',
    'iam:ListUsers',
    'iam:GetPolicy',
    'iam:ListPolicies',
    'iam:GetAccessKeyLastUsed',
    'iam:Get*',
    'iam:List*',
    '*',
  ]
  const flat = 'Flat'
  const deep = 'Deep'

  test('says what the gate then does, whatever the policies', { timeout: 120_000 }, async () => {
    const own = await installation.openAccount()
    const one = await own.createTestUser({ name: flat, tags: { team: 'red' } })
    const two = await own.createTestUser({ name: deep, path: '/div/', tags: { team: 'blue' } })
    const policy = await own.createTestPolicy({ name: 'Thing', path: '/p/', document: policyOf([{ action: 's3:*' }]) })
    const resources = [
      '*',
      one.arn,
      two.arn,
      own.arn('user/*'),
      own.arn('user/div/*'),
      own.arn('user/'),
      policy.arn,
      own.arn('policy/*'),
    ]
    const conditions: Grant['when'][] = [
      undefined,
      undefined,
      { StringEquals: { 'aws:ResourceTag/team': 'red' } },
      { StringNotEquals: { 'iam:ResourceTag/team': 'red' } },
      { StringLike: { 'aws:username': 'viewer*' } },
      { Null: { 'aws:MultiFactorAuthPresent': 'false' } },
      { IpAddress: { 'aws:SourceIp': '127.0.0.1' } },
    ]
    const questions = [
      { action: 'iam:GetUser', resource: one.arn, query: '{ user(name: "Flat") { name } }' },
      { action: 'iam:GetUser', resource: two.arn, query: '{ user(name: "Deep") { name } }' },
      { action: 'iam:GetUser', resource: own.arn('user/Missing'), query: '{ user(name: "Missing") { name } }' },
      { action: 'iam:GetUser', resource: null, query: '{ user { name } }' },
      { action: 'iam:ListUsers', resource: null, query: '{ users { edges { cursor } } }' },
      {
        action: 'iam:ListUsers',
        resource: own.arn('user/div/'),
        query: '{ users(pathPrefix: "/div/") { edges { cursor } } }',
      },
      { action: 'iam:GetPolicy', resource: policy.arn, query: `{ policy(arn: "${policy.arn}") { arn } }` },
      { action: 'iam:ListPolicies', resource: null, query: '{ policies { edges { cursor } } }' },
      {
        action: 'iam:GetAccessKeyLastUsed',
        resource: one.arn,
        query: `{ accessKey(id: "${one.accessKeys[0]!.id}") { id } }`,
      },
      {
        action: 'iam:GetAccessKeyLastUsed',
        resource: two.arn,
        query: `{ accessKey(id: "${two.accessKeys[0]!.id}") { id } }`,
      },
    ]
    const grant: fc.Arbitrary<Grant> = fc.record({
      effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
      action: fc.constantFrom(...actions),
      on: fc.constantFrom(...resources),
      when: fc.constantFrom(...conditions),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(grant, { minLength: 1, maxLength: 5 }),
        fc.option(fc.array(grant, { minLength: 1, maxLength: 3 })),
        async (allow, limits) => {
          const boundary =
            limits && (await own.createTestPolicy({ name: newName('limit'), document: policyOf(limits) })).id
          const asker = await own.user({ name: newName('viewer'), allow, ...(boundary && { boundary }) })
          const checks = questions.map(({ action, resource }) => ({ action, resource }))
          const said = await asker.ask(
            'query ($checks: [AccessCheck!]!) { viewer { can(checks: $checks) { allowed } } }',
            { checks },
          )
          const live = await Promise.all(questions.map(({ query }) => asker.ask(query)))
          expect(questions.map((_, n) => at(said, `viewer.can.${n}.allowed`))).toEqual(
            live.map(({ codes }) => !codes.includes('AccessDenied')),
          )
        },
      ),
      { numRuns: 40 },
    )
  })

  test('explains a denial in the words that the gate would use, and records nothing', async () => {
    const user = await account.user({
      name: newName('asks'),
      allow: [{ action: 'iam:CreateAccessKey', on: account.arn('user/x') }],
    })
    const before = (await account.trail()).length
    const { data } = await user.ask(
      `query ($checks: [AccessCheck!]!) { viewer { can(checks: $checks) { allowed effect reason mfaRequired action resource message } } }`,
      {
        checks: [{ action: 'iam:CreateAccessKey' }, { action: 'iam:CreateAccessKey', resource: account.arn('user/x') }],
      },
    )
    const common = { action: 'iam:CreateAccessKey', mfaRequired: false }
    expect(data).toEqual({
      viewer: {
        can: [
          {
            ...common,
            allowed: false,
            effect: 'IMPLICIT_DENY',
            reason: 'NO_IDENTITY_POLICY',
            resource: user.arn,
            message: `User: ${user.arn} is not authorized to perform: iam:CreateAccessKey on resource: user ${user.name} because no identity-based policy allows the iam:CreateAccessKey action`,
          },
          { ...common, allowed: true, effect: 'ALLOW', reason: null, resource: account.arn('user/x'), message: null },
        ],
      },
    })
    expect(await account.trail()).toHaveLength(before)
  })

  test('tells before a resource is known whether any of them could be allowed', async () => {
    const boundary = await account.createTestPolicy({
      name: newName('limit'),
      document: policyOf([{ action: 's3:*' }]),
    })
    const [maker, denier, nobody] = await Promise.all([
      account.user({ name: newName('maker'), allow: [{ action: 'iam:CreateU*', on: account.arn('user/dev/*') }] }),
      account.user({ name: newName('denier'), allow: [{ action: 'iam:CreateUser' }], boundary: boundary.id }),
      account.user({ name: newName('nobody') }),
    ])
    const ask = '{ viewer { mayBeAllowed(actions: ["iam:CreateUser", "iam:CreateGroup"]) } }'
    expect((await maker.ask(ask)).data).toEqual({ viewer: { mayBeAllowed: [true, false] } })
    expect((await denier.ask(ask)).data).toEqual({ viewer: { mayBeAllowed: [true, false] } })
    expect((await nobody.ask(ask)).data).toEqual({ viewer: { mayBeAllowed: [false, false] } })
    expect((await account.root(ask)).data).toEqual({ viewer: { mayBeAllowed: [true, true] } })
    expect((await account.root('{ viewer { mayBeAllowed(actions: ["iam:*"]) } }')).codes).toEqual(['ValidationError'])
  })

  test('refuses what is no action, and too many questions', async () => {
    expect((await askRoot([{ action: 'iam:*' }])).codes).toEqual(['ValidationError'])
    expect((await askRoot(Array.from({ length: 501 }, () => ({ action: 'iam:GetUser' })))).codes).toEqual([
      'ValidationError',
    ])
  })
})

function askRoot(checks: readonly object[]) {
  return account.root('query ($checks: [AccessCheck!]!) { viewer { can(checks: $checks) { allowed } } }', { checks })
}
