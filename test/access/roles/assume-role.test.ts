import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Account, at, type Installation, openInstallation, policyOf, textAt } from '../../support/installation.ts'
import { enrol } from '../../support/world.ts'
import { assume, attempt, enter, makeRole, must, type Trust, trustOf } from './role-setup.ts'

let installation: Installation
let account: Account
let other: Account
let named = 0

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
  other = await installation.openAccount()
})

afterAll(() => installation.stop())

const newName = (what: string) => `${what}-${++named}`
const toAssume = (on = '*') => ({ action: 'sts:AssumeRole', on })
const trusting = (...trust: readonly Trust[]) =>
  makeRole(account, { roleName: newName('role'), trust: trustOf(...trust) })
const refusal = (who: { arn: string }, roleArn: string, action = 'sts:AssumeRole') =>
  `User: ${who.arn} is not authorized to perform: ${action} on resource: ${roleArn}`

const globalId = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64')
const limitedTo = (...action: string[]) => ({ policy: policyOf([{ action }]) })

describe('in one account', () => {
  test('a role that trusts the account leaves the decision to the user’s policies', async () => {
    const role = await trusting({ who: account.arn('root') })
    const without = await account.user({ name: newName('user') })
    const within = await account.user({ name: newName('user'), allow: [toAssume(role.arn)] })
    expect((await assume(without.ask, { roleArn: role.arn })).codes).toEqual(['AccessDenied'])
    expect((await assume(within.ask, { roleArn: role.arn })).codes).toEqual([])
  })

  test('a role that names the user needs nothing of the user, and yields to its explicit deny', async () => {
    const user = await account.user({ name: newName('user') })
    const denied = await account.user({ name: newName('user'), allow: [{ ...toAssume(), effect: 'Deny' }] })
    const role = await trusting({ who: [user.arn, denied.arn] })
    expect((await assume(user.ask, { roleArn: role.arn })).codes).toEqual([])
    expect((await assume(denied.ask, { roleArn: role.arn })).codes).toEqual(['AccessDenied'])
  })

  test('a missing role, no trust and no permission are the same answer', async () => {
    const [stranger, powerless] = [newName('user'), newName('user')]
    const everything = await account.user({ name: stranger, allow: [{ action: '*' }] })
    const nothing = await account.user({ name: powerless })
    const trustsOthers = await trusting({ who: nothing.arn })
    const trustsAccount = await trusting({ who: account.accountId })
    const missing = account.arn('role/none')
    const denials = [
      { user: everything, roleArn: trustsOthers.arn },
      { user: everything, roleArn: missing },
      { user: nothing, roleArn: trustsAccount.arn },
      { user: nothing, roleArn: missing },
      { user: everything, roleArn: other.arn('role/none') },
    ]
    for (const { user, roleArn } of denials) {
      const { errors, data } = await assume(user.ask, { roleArn })
      expect(data).toEqual({ assumeRole: null })
      expect(errors).toMatchObject([
        {
          message: refusal(user, roleArn),
          extensions: {
            code: 'AccessDenied',
            authz: {
              decisionId: expect.any(String),
              principal: user.arn,
              action: 'sts:AssumeRole',
              resource: roleArn,
              effect: 'IMPLICIT_DENY',
              reason: 'RESOURCE_POLICY',
              mfaRequired: false,
            },
          },
        },
      ])
      const events = await account.trail()
      expect(events.find(({ decisionId }) => decisionId === errors[0]?.extensions.authz?.decisionId)).toMatchObject({
        result: 'DENIED',
        action: 'sts:AssumeRole',
        resource: roleArn,
        principalArn: user.arn,
      })
    }
  })

  test('root assumes no role', async () => {
    const role = await trusting({ who: account.accountId })
    expect((await assume(account.root, { roleArn: role.arn })).errors).toMatchObject([
      { message: 'Roles may not be assumed by root accounts.', extensions: { code: 'AccessDenied' } },
    ])
  })

  test('an external id must be the right one', async () => {
    const user = await account.user({ name: newName('user') })
    const role = await trusting({ who: user.arn, when: { StringEquals: { 'sts:ExternalId': 'ticket-7' } } })
    const codes = async (externalId?: string) => (await assume(user.ask, { roleArn: role.arn, externalId })).codes
    expect(await codes('ticket-7')).toEqual([])
    expect(await codes('ticket-8')).toEqual(['AccessDenied'])
    expect(await codes()).toEqual(['AccessDenied'])
    const attempts = (await account.trail()).filter(({ action }) => action === 'sts:AssumeRole')
    expect(JSON.stringify(attempts)).not.toContain('ticket-')
  })

  test('conditions see the role’s tags, the session’s name and the caller', async () => {
    const user = await account.user({
      name: newName('user'),
      tags: { team: 'red' },
      allow: [{ ...toAssume(), when: { StringEquals: { 'iam:ResourceTag/team': '${aws:PrincipalTag/team}' } } }],
    })
    const role = (team: string) =>
      makeRole(account, {
        roleName: newName('role'),
        tags: [{ key: 'team', value: team }],
        trust: trustOf({ who: account.accountId, when: { StringLike: { 'sts:RoleSessionName': '${aws:username}' } } }),
      })
    const [red, blue] = [await role('red'), await role('blue')]
    expect((await assume(user.ask, { roleArn: red.arn, roleSessionName: user.name })).codes).toEqual([])
    expect((await assume(user.ask, { roleArn: red.arn })).codes).toEqual(['AccessDenied'])
    expect((await assume(user.ask, { roleArn: blue.arn, roleSessionName: user.name })).codes).toEqual(['AccessDenied'])
  })

  test('trust follows a rename, and whoever takes over the name is not trusted', async () => {
    const name = newName('user')
    const user = await account.user({ name })
    const role = await trusting({ who: user.arn })
    await must(account.root, 'updateUser', { userName: name, newUserName: `${name}-renamed` })
    const usurper = await account.user({ name })
    expect((await assume(user.ask, { roleArn: role.arn })).codes).toEqual([])
    expect((await assume(usurper.ask, { roleArn: role.arn })).codes).toEqual(['AccessDenied'])
  })
})

describe('across accounts', () => {
  test('both sides must agree, whatever the trust policy names', async () => {
    for (const form of ['user', 'account'] as const) {
      const willing = await other.user({ name: newName('user'), allow: [toAssume()] })
      const unwilling = await other.user({ name: newName('user') })
      const who = form === 'user' ? [willing.arn, unwilling.arn] : other.accountId
      const role = await trusting({ who })
      const closed = await trusting({ who: account.accountId })
      expect((await assume(willing.ask, { roleArn: role.arn })).codes).toEqual([])
      expect((await assume(unwilling.ask, { roleArn: role.arn })).codes).toEqual(['AccessDenied'])
      expect((await assume(willing.ask, { roleArn: closed.arn })).codes).toEqual(['AccessDenied'])
    }
  })

  test('the session is the role’s account’s, and nothing of its own account’s is left to it', async () => {
    const visitor = await other.user({ name: newName('visitor'), allow: [{ action: '*' }] })
    const role = await makeRole(account, {
      roleName: newName('role'),
      trust: trustOf({ who: visitor.arn }),
      allow: [{ action: ['iam:GetUser', 'iam:ListUsers'] }],
    })
    await account.createTestUser({ name: 'TestCaller', accessKeys: 0 })
    const { ask } = await enter(installation, visitor.ask, { roleArn: role.arn })
    expect((await ask('{ viewer { accountId } user(name: "TestCaller") { arn } }')).data).toEqual({
      viewer: { accountId: account.accountId },
      user: { arn: account.arn('user/TestCaller') },
    })
    expect((await ask(`{ user(name: "${visitor.name}") { arn } }`)).codes).toEqual(['NoSuchEntity'])
    const events = (await account.trail()).filter(({ principalArn }) => principalArn === visitor.arn)
    expect(events).toMatchObject([{ action: 'sts:AssumeRole', resource: role.arn, result: 'SUCCESS' }])
  })

  test('nothing else crosses: names, ARNs and ids of another account are found by nobody', async () => {
    const resident = await account.createTestUser({ name: newName('resident') })
    const policy = await account.createTestPolicy({ name: newName('policy'), document: policyOf([{ action: 's3:*' }]) })
    const role = await trusting({ who: other.accountId })
    const admin = other.root
    expect((await admin(`{ user(name: "${resident.name}") { arn } }`)).codes).toEqual(['NoSuchEntity'])
    expect((await admin(`{ role(name: "${role.arn.split('/').at(-1)}") { arn } }`)).codes).toEqual(['NoSuchEntity'])
    expect((await admin('query ($arn: ARN!) { policy(arn: $arn) { arn } }', { arn: policy.arn })).codes).toEqual([
      'NoSuchEntity',
    ])
    const ids = [globalId('User', resident.id), globalId('Role', role.roleId), globalId('Policy', policy.id)]
    for (const id of [...ids, globalId('AccessKey', resident.accessKeys[0]!.id)])
      expect((await admin('query ($id: ID!) { node(id: $id) { id } }', { id })).data).toEqual({ node: null })
    const mine = newName('mine')
    await must(admin, 'createRole', { roleName: mine, assumeRolePolicyDocument: trustOf({ who: other.accountId }) })
    expect((await attempt(admin, 'attachRolePolicy', { roleName: mine, policyArn: policy.arn })).codes).toEqual([
      'NoSuchEntity',
    ])
    // Being trusted shows nothing of the role itself.
    expect((await admin(`{ roles { edges { node { arn } } } }`)).text).not.toContain(role.arn)
  })
})

describe('sessions', () => {
  test('have the role’s permissions within its boundary, and a session policy never widens them', async () => {
    const user = await account.user({ name: newName('user') })
    const boundary = await account.createTestPolicy({
      name: newName('boundary'),
      document: policyOf([{ action: ['iam:GetUser', 'iam:ListUsers', 'iam:ListRoles'] }]),
    })
    const role = await makeRole(account, {
      roleName: newName('role'),
      trust: trustOf({ who: user.arn }),
      permissionsBoundary: boundary.arn,
      allow: [{ action: ['iam:ListUsers', 'iam:ListRoles', 'iam:ListPolicies'] }],
    })
    const query = '{ users { edges { cursor } } roles { edges { cursor } } policies { edges { cursor } } }'
    const allowed = async (more: object) => {
      const { ask } = await enter(installation, user.ask, { roleArn: role.arn, ...more })
      const answer = await ask(query)
      return ['users', 'roles', 'policies'].filter((field) => at(answer, `${field}.edges`) !== undefined)
    }
    expect(await allowed({})).toEqual(['users', 'roles'])
    expect(await allowed(limitedTo('iam:ListUsers', 'iam:GetUser', 'iam:ListPolicies'))).toEqual(['users'])
    expect(await allowed(limitedTo('*'))).toEqual(['users', 'roles'])
    expect(await allowed(limitedTo('s3:*'))).toEqual([])
  })

  test('say that it was the session policy', async () => {
    const user = await account.user({ name: newName('user') })
    const role = await makeRole(account, {
      roleName: newName('role'),
      trust: trustOf({ who: user.arn }),
      allow: [{ action: '*' }],
    })
    const { ask, answer } = await enter(installation, user.ask, {
      roleArn: role.arn,
      policy: policyOf([{ action: 'iam:ListUsers' }]),
    })
    const session = textAt(answer, 'assumeRole.assumedRoleUser.arn')
    expect((await ask('{ roles { edges { cursor } } }')).errors).toMatchObject([
      {
        message: `User: ${session} is not authorized to perform: iam:ListRoles on resource: ${account.arn('role/')} because no session policy allows the iam:ListRoles action`,
        extensions: { authz: { reason: 'SESSION_POLICY' } },
      },
    ])
  })

  test('follow the managed policies that limit them, and have nothing when one is gone', async () => {
    const user = await account.user({ name: newName('user') })
    const role = await makeRole(account, {
      roleName: newName('role'),
      trust: trustOf({ who: user.arn }),
      allow: [{ action: '*' }],
    })
    const managed = await account.createTestPolicy({
      name: newName('limit'),
      document: policyOf([{ action: 'iam:ListUsers' }]),
    })
    const { bearer } = await enter(installation, user.ask, { roleArn: role.arn, policyArns: [managed.arn] })
    const codes = async (field: string) => (await bearer(`{ ${field} { edges { cursor } } }`)).codes
    expect([await codes('users'), await codes('roles')]).toEqual([[], ['AccessDenied']])
    await must(account.root, 'createPolicyVersion', {
      policyArn: managed.arn,
      policyDocument: policyOf([{ action: 'iam:ListRoles' }]),
      setAsDefault: true,
    })
    expect([await codes('users'), await codes('roles')]).toEqual([['AccessDenied'], []])
    await must(account.root, 'deletePolicyVersion', { policyArn: managed.arn, versionId: 'v1' })
    await must(account.root, 'deletePolicy', { policyArn: managed.arn })
    expect(await codes('roles')).toEqual(['AccessDenied'])
    expect((await assume(user.ask, { roleArn: role.arn, policyArns: [managed.arn] })).errors).toMatchObject([
      { message: `Policy ${managed.arn} does not exist or is not attachable.`, extensions: { code: 'NoSuchEntity' } },
    ])
  })

  test('are nobody in place of whom a user could be meant', async () => {
    const user = await account.user({ name: newName('user') })
    const role = await makeRole(account, {
      roleName: newName('role'),
      trust: trustOf({ who: user.arn }),
      allow: [{ action: 'iam:*' }],
    })
    const { ask } = await enter(installation, user.ask, { roleArn: role.arn })
    const error = { message: 'Must specify userName when calling with non-User credentials' }
    for (const query of [
      'mutation { createAccessKey(input: {}) { secretAccessKey } }',
      '{ user { name } }',
      'mutation { signOutEverywhere { signedOut } }',
    ])
      expect((await ask(query)).errors).toMatchObject([{ ...error, extensions: { code: 'ValidationError' } }])
    expect((await ask('mutation { getSessionToken(input: {}) { accessKeyId } }')).errors).toMatchObject([
      { message: 'Cannot call GetSessionToken with session credentials', extensions: { code: 'AccessDenied' } },
    ])
    expect(
      (
        await ask(
          '{ viewer { user { name } sessions { sessionId } can(checks: [{ action: "iam:CreateAccessKey" }]) { allowed } } }',
        )
      ).data,
    ).toEqual({ viewer: { user: null, sessions: [], can: [{ allowed: true }] } })
  })

  test('have no user name for a policy variable', async () => {
    const user = await account.user({ name: newName('user') })
    const role = await makeRole(account, {
      roleName: newName('role'),
      trust: trustOf({ who: user.arn }),
      allow: [{ action: 'iam:GetUser', on: account.arn('user/${aws:username}') }],
    })
    const { ask } = await enter(installation, user.ask, { roleArn: role.arn, roleSessionName: user.name })
    expect((await ask(`{ user(name: "${user.name}") { name } }`)).codes).toEqual(['AccessDenied'])
  })

  test('show policies the role’s ARN with its path, its id with the session’s name, and no MFA', async () => {
    const user = await account.user({ name: newName('user') })
    const roleName = newName('role')
    const trust = trustOf({ who: user.arn })
    const made = await makeRole(account, { roleName, path: '/deep/', trust })
    const granted = async (when: Trust['when'], roleSessionName = 'session') => {
      const policyDocument = policyOf([{ action: 'iam:ListUsers', ...(when && { when }) }])
      await must(account.root, 'putRolePolicy', { roleName, policyName: 'allowed', policyDocument })
      const { ask } = await enter(installation, user.ask, { roleArn: made.arn, roleSessionName })
      return (await ask('{ users { edges { cursor } } }')).codes.length === 0
    }
    expect(await granted({ ArnEquals: { 'aws:PrincipalArn': account.arn(`role/deep/${roleName}`) } })).toBe(true)
    expect(await granted({ StringEquals: { 'aws:userid': `${made.roleId}:me-7` } }, 'me-7')).toBe(true)
    expect(await granted({ StringEquals: { 'aws:PrincipalType': 'AssumedRole' } })).toBe(true)
    expect(await granted({ Null: { 'aws:username': 'true', 'aws:TokenIssueTime': 'false' } })).toBe(true)
    expect(await granted({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } })).toBe(false)
  })
})

describe('session tags', () => {
  const both = ['sts:AssumeRole', 'sts:TagSession']

  test('need sts:TagSession, override the tags of the role, and are told apart without regard to case', async () => {
    const user = await account.user({ name: newName('user') })
    const taggable = (action: string | string[]) =>
      makeRole(account, {
        roleName: newName('role'),
        tags: [{ key: 'Team', value: 'red' }],
        trust: trustOf({ who: user.arn, action }),
        allow: [{ action: 'iam:ListUsers', when: { StringEquals: { 'aws:PrincipalTag/team': 'blue' } } }],
      })
    const tags = [{ key: 'TEAM', value: 'blue' }]
    const role = await taggable(both)
    const plain = await enter(installation, user.ask, { roleArn: role.arn })
    const tagged = await enter(installation, user.ask, { roleArn: role.arn, tags })
    const users = '{ users { edges { cursor } } }'
    expect((await plain.ask(users)).codes).toEqual(['AccessDenied'])
    expect((await tagged.ask(users)).codes).toEqual([])
    expect(at(tagged.answer, 'assumeRole.packedPolicySize')).toEqual(expect.any(Number))
    const untaggable = await taggable('sts:AssumeRole')
    expect((await assume(user.ask, { roleArn: untaggable.arn, tags })).errors).toMatchObject([
      { message: refusal(user, untaggable.arn, 'sts:TagSession'), extensions: { code: 'AccessDenied' } },
    ])
  })

  test('fit into both forms of the credentials when they take all the room there is', async () => {
    const user = await account.user({ name: newName('user') })
    const role = await trusting({ who: user.arn, action: both })
    const tags = Array.from({ length: 13 }, (_, i) => ({ key: `key-${i}`, value: 'v'.repeat(256) }))
    const { ask, bearer, answer } = await enter(installation, user.ask, { roleArn: role.arn, tags })
    expect(at(answer, 'assumeRole.packedPolicySize')).toBe(97)
    expect((await ask('{ viewer { arn } }')).codes).toEqual([])
    expect((await bearer('{ viewer { arn } }')).codes).toEqual([])
  })

  test('follow down the chain when they are transitive, and cannot be overridden there', async () => {
    const user = await account.user({ name: newName('user') })
    const first = await trusting({ who: user.arn, action: both })
    const second = await makeRole(account, {
      roleName: newName('role'),
      trust: trustOf({ who: first.arn, action: both }),
      allow: [
        { action: 'iam:ListUsers', when: { StringEquals: { 'aws:PrincipalTag/case': '7' } } },
        { action: 'iam:ListRoles', when: { StringEquals: { 'aws:PrincipalTag/mood': 'good' } } },
      ],
    })
    const policyDocument = policyOf([{ action: both }])
    await must(account.root, 'putRolePolicy', {
      roleName: first.arn.split('/').at(-1),
      policyName: 'p',
      policyDocument,
    })
    const tags = [
      { key: 'case', value: '7' },
      { key: 'mood', value: 'good' },
    ]
    const one = await enter(installation, user.ask, { roleArn: first.arn, tags, transitiveTagKeys: ['Case'] })
    const two = await enter(installation, one.ask, { roleArn: second.arn })
    expect((await two.ask('{ users { edges { cursor } } }')).codes).toEqual([])
    expect((await two.ask('{ roles { edges { cursor } } }')).codes).toEqual(['AccessDenied'])
    expect((await assume(one.ask, { roleArn: second.arn, tags: [{ key: 'CASE', value: '8' }] })).errors).toMatchObject([
      {
        message:
          "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
        extensions: { code: 'InvalidParameterValue' },
      },
    ])
  })
})

describe('a chain of roles', () => {
  const SET = ['sts:AssumeRole', 'sts:SetSourceIdentity']

  test('lasts an hour at most, and keeps the source identity that it began with', async () => {
    const user = await account.user({ name: newName('user') })
    const first = await trusting({ who: user.arn, action: SET })
    const second = await makeRole(account, {
      roleName: newName('role'),
      maxSessionDuration: 43_200,
      trust: trustOf({ who: first.arn, action: SET }),
    })
    await must(account.root, 'putRolePolicy', {
      roleName: first.arn.split('/').at(-1),
      policyName: 'p',
      policyDocument: policyOf([{ action: SET }]),
    })
    const one = await enter(installation, user.ask, { roleArn: first.arn, sourceIdentity: 'ann' })
    const two = await enter(installation, one.ask, { roleArn: second.arn })
    expect((await two.ask('{ viewer { sourceIdentity } }')).data).toEqual({ viewer: { sourceIdentity: 'ann' } })
    expect((await assume(one.ask, { roleArn: second.arn, durationSeconds: 3601 })).errors).toMatchObject([
      {
        message: 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
        extensions: { code: 'ValidationError' },
      },
    ])
    expect((await assume(one.ask, { roleArn: second.arn, sourceIdentity: 'bob' })).errors).toMatchObject([
      {
        message: 'The source identity is already set for this assume role session',
        extensions: { code: 'ValidationError' },
      },
    ])
  })

  test('does not go on without leave to set the source identity', async () => {
    const user = await account.user({ name: newName('user') })
    const first = await trusting({ who: user.arn, action: SET })
    const second = await trusting({ who: first.arn })
    await must(account.root, 'putRolePolicy', {
      roleName: first.arn.split('/').at(-1),
      policyName: 'p',
      policyDocument: policyOf([{ action: SET }]),
    })
    const named = await enter(installation, user.ask, { roleArn: first.arn, sourceIdentity: 'ann' })
    const session = { arn: textAt(named.answer, 'assumeRole.assumedRoleUser.arn') }
    expect((await assume(named.ask, { roleArn: second.arn })).errors).toMatchObject([
      { message: refusal(session, second.arn, 'sts:SetSourceIdentity') },
    ])
    const nameless = await enter(installation, user.ask, { roleArn: first.arn })
    expect((await assume(nameless.ask, { roleArn: second.arn })).codes).toEqual([])
  })
})

describe('a role that asks for MFA', () => {
  test('takes a code with the request, says so when there is none, and passes no MFA on', async () => {
    const name = newName('user')
    const user = await account.user({ name })
    const device = await enrol({ installation, root: account.root }, `${name}-device`, name)
    const role = await trusting({ who: user.arn, when: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })
    const without = await assume(user.ask, { roleArn: role.arn })
    expect(without.errors).toMatchObject([
      { message: refusal(user, role.arn), extensions: { code: 'AccessDenied', authz: { mfaRequired: true } } },
    ])
    const { serialNumber } = device
    const tokenCode = device.code()
    const wrong = tokenCode === '000000' ? '000001' : '000000'
    const refused = async (input: object) => (await assume(user.ask, { roleArn: role.arn, ...input })).errors
    expect(await refused({ serialNumber, tokenCode: wrong })).toMatchObject([
      { message: 'MultiFactorAuthentication failed with invalid MFA one time pass code. ' },
    ])
    expect(await refused({ serialNumber: account.arn('mfa/other'), tokenCode })).toMatchObject([
      {
        message:
          'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
      },
    ])
    expect(await refused({ serialNumber })).toMatchObject([
      {
        message: 'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
        extensions: { code: 'AccessDenied' },
      },
    ])
    const { ask } = await enter(installation, user.ask, { roleArn: role.arn, serialNumber, tokenCode })
    expect((await ask('{ viewer { mfaAuthenticatedAt } }')).data).toEqual({ viewer: { mfaAuthenticatedAt: null } })
    expect(await refused({ serialNumber, tokenCode })).toHaveLength(1)
  })
})

describe('parameters', () => {
  const valid = { roleSessionName: 'session' }
  test.each<[string, object, string, string?]>([
    [
      'a name with a colon',
      { roleSessionName: 'Session1:2' },
      "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    ],
    [
      'too short a time',
      { durationSeconds: 899 },
      "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    ],
    [
      'too long a time',
      { durationSeconds: 43_201 },
      "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
    ],
    ['no ARN', { roleArn: 'nothing-valid-in-here' }, 'nothing-valid-in-here is invalid'],
    [
      'a time that the role does not allow',
      { durationSeconds: 3601 },
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    ],
    [
      'a transitive tag that is not there',
      { tags: [{ key: 'a', value: '1' }], transitiveTagKeys: ['b'] },
      'The specified transitive tag key must be included in the requested tags.',
      'InvalidParameterValue',
    ],
    [
      'one tag twice',
      {
        tags: [
          { key: 'a', value: '1' },
          { key: 'A', value: '2' },
        ],
      },
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      'InvalidParameterValue',
    ],
    ['a session policy that is none', { policy: '{' }, 'Syntax errors in policy.', 'MalformedPolicyDocument'],
    [
      'too long a session policy',
      { policy: ' '.repeat(2049) },
      "1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to 2048",
    ],
    [
      'policies that nobody can have',
      { policyArns: ['arn:aws:iam::aws:policy/IAMReadOnlyAccess', 'arn:short'] },
      "1 validation error detected: Value at 'policyArns.2.member.arn' failed to satisfy constraint: Member must have length greater than or equal to 20",
    ],
    [
      'a policy with a character that no database takes',
      { policyArns: ['arn:aws:iam::aws:policy/\u0000'] },
      "1 validation error detected: Value at 'policyArns.1.member.arn' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\t\\n\\r\\u0020-\\u00FF]*",
    ],
    [
      'a policy of some other name than an ARN',
      { policyArns: ['IAMReadOnlyAccess of AWS'] },
      'Invalid ARN:  Could not be parsed!',
    ],
    [
      'more than fits into a token',
      { tags: Array.from({ length: 20 }, (_, i) => ({ key: `key-${i}`, value: 'v'.repeat(256) })) },
      'Packed size of session tags and policies consumes 149% of allotted space.',
      'PackedPolicyTooLarge',
    ],
  ])('%s', async (_what, input, message, code = 'ValidationError') => {
    const user = await account.user({ name: newName('user') })
    const role = await trusting({ who: user.arn, action: ['sts:AssumeRole', 'sts:TagSession'] })
    expect((await assume(user.ask, { roleArn: role.arn, ...valid, ...input })).errors).toMatchObject([
      { message, extensions: { code } },
    ])
  })
})
