import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BUILT_IN_POLICIES } from '../../src/iam/policies/built-in/index.ts'
import { ensureBuiltInPolicies } from '../../src/store/built-in-policies.ts'
import {
  type Account,
  type Answer,
  type Ask,
  at,
  type Installation,
  openInstallation,
  policyOf,
  textAt,
} from '../support/installation.ts'
import { PASSWORD, passwordHash } from '../support/world.ts'
import { totp } from '../support/signing-in.ts'
import { attempt, enter, makeRole, must, trustOf } from './roles/role-setup.ts'
import { signIn, userInAllWays } from './sign-in.ts'

let installation: Installation
let account: Account
let other: Account
let named = 0

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
  other = await installation.openAccount()
  await ensureBuiltInPolicies(installation.services, BUILT_IN_POLICIES)
})

afterAll(() => installation.stop())

const builtIn = (name: string) => `arn:aws:iam::aws:policy/${name}`
const newName = (what: string) => `${what}-${++named}`
const idOf = (name: string) => BUILT_IN_POLICIES.find((policy) => policy.name === name)!.id
const attach = (userName: string, name: string) =>
  must(account.root, 'attachUserPolicy', { userName, policyArn: builtIn(name) })

const keyIn = (answer: Answer) => ({
  accessKeyId: textAt(answer, 'createAccessKey.accessKey.accessKeyId'),
  secretAccessKey: textAt(answer, 'createAccessKey.secretAccessKey'),
})
const create = (ask: Ask, input: object) =>
  attempt(ask, 'createAccessKey', input, 'accessKey { accessKeyId description } secretAccessKey')

/** Every change of keys, and what must be there to be read for it. */
async function rotate(ask: Ask): Promise<void> {
  const made = await create(ask, { description: 'the new laptop' })
  expect(made.errors).toEqual([])
  const { accessKeyId, secretAccessKey } = keyIn(made)
  const withNewKey = installation.signs({ accessKeyId, secretAccessKey })
  expect((await withNewKey('{ viewer { arn } }')).errors).toEqual([])
  const seen = await ask(`{ user { name userId accessKeys {
    accessKeyId status description lastUsed { __typename }
  } } }`)
  expect(seen.errors).toEqual([])
  await must(ask, 'updateAccessKey', { accessKeyId, description: 'an old laptop' })
  await must(ask, 'updateAccessKey', { accessKeyId, status: 'INACTIVE' })
  await must(ask, 'updateAccessKey', { accessKeyId, description: '' })
  await must(ask, 'deleteAccessKey', { accessKeyId })
}

/** None of what concerns others, or oneself beyond one's keys, may be allowed. */
async function expectNothingElse(ask: Ask, victim: { name: string; keyId: string }): Promise<void> {
  const { name: userName, keyId: accessKeyId } = victim
  const refused = [
    await create(ask, { userName }),
    await attempt(ask, 'updateAccessKey', { userName, accessKeyId, status: 'INACTIVE' }),
    await attempt(ask, 'updateAccessKey', { userName, accessKeyId, description: 'mine' }),
    await attempt(ask, 'deleteAccessKey', { userName, accessKeyId }),
    await ask('query ($name: String!) { user(name: $name) { name } }', { name: userName }),
    await ask('{ users { edges { node { name } } } }'),
    await attempt(ask, 'tagUser', { userName, tags: [{ key: accessKeyId, value: 'x' }] }),
    await attempt(ask, 'attachUserPolicy', { userName, policyArn: builtIn('AdministratorAccess') }),
  ]
  expect(refused.map(({ codes }) => codes)).toEqual(refused.map(() => ['AccessDenied']))
}

async function victim() {
  const user = await account.createTestUser({ name: newName('victim'), path: '/staff/' })
  return { name: user.name, keyId: user.accessKeys[0]!.id }
}

describe.each(['/', '/staff/', '/staff/eu/'])('IAMSelfManageAccessKeys for a user under %s', (path) => {
  test('lets the user do the whole rotation, and nothing about others', async () => {
    const name = newName('self')
    const user = await account.user({ name, path })
    await attach(name, 'IAMSelfManageAccessKeys')
    await rotate(user.ask)
    await expectNothingElse(user.ask, await victim())
  })
})

test('with it nobody writes tags on themselves that are no descriptions of keys', async () => {
  const name = newName('self')
  const user = await account.user({ name })
  await attach(name, 'IAMSelfManageAccessKeys')
  const tag = (...keys: string[]) =>
    attempt(user.ask, 'tagUser', { userName: name, tags: keys.map((key) => ({ key, value: 'x' })) })
  const untag = (...tagKeys: string[]) => attempt(user.ask, 'untagUser', { userName: name, tagKeys })
  const keyId = user.accessKeys[0]!.id
  expect((await tag(keyId)).codes).toEqual([])
  expect((await tag(keyId, 'team')).codes).toEqual(['AccessDenied'])
  expect((await tag('AKIA')).codes).toEqual(['AccessDenied'])
  expect((await tag()).codes).not.toEqual([])
  expect((await untag('team')).codes).toEqual(['AccessDenied'])
  expect((await untag(keyId)).codes).toEqual([])
})

test('with it a name that begins like another one is another one', async () => {
  const short = await account.user({ name: 'ann' })
  await attach('ann', 'IAMSelfManageAccessKeys')
  await account.createTestUser({ name: 'joann', accessKeys: 0 })
  await account.createTestUser({ name: 'anna', path: '/ann/', accessKeys: 0 })
  for (const userName of ['joann', 'anna'])
    expect((await create(short.ask, { userName })).codes).toEqual(['AccessDenied'])
})

describe.each(['/', '/staff/'])('IAMSelfManageAccessKeysWithMFA for a user under %s', (path) => {
  test('allows changes of keys with MFA only, and tells that MFA would do', async () => {
    const name = newName('careful')
    const { ways } = await userInAllWays(installation, account, {
      name,
      path,
      attached: [idOf('IAMSelfManageAccessKeysWithMFA')],
    })
    const keys = await ways.key('{ user { accessKeys { accessKeyId } } }')
    const accessKeyId = textAt(keys, 'user.accessKeys.0.accessKeyId')
    // Temporary credentials without MFA do nothing in IAM at all, whatever policies say.
    for (const ask of [ways.key, ways.password]) {
      const refused = [
        await create(ask, {}),
        await create(ask, { description: 'x' }),
        await attempt(ask, 'updateAccessKey', { accessKeyId, status: 'INACTIVE' }),
        await attempt(ask, 'updateAccessKey', { accessKeyId, description: 'x' }),
        await attempt(ask, 'deleteAccessKey', { accessKeyId }),
        await attempt(ask, 'deactivateMfaDevice', { serialNumber: account.arn(`mfa/${name}-device`) }),
      ]
      for (const { codes, errors } of refused) {
        expect(codes).toEqual(['AccessDenied'])
        expect(errors[0]?.extensions.authz?.mfaRequired).toBe(true)
      }
      const read = await ask(
        `{ user { name accessKeys { status description lastUsed { __typename } } mfaDevices { serialNumber } } }`,
      )
      expect(read.errors).toEqual([])
    }
    for (const ask of [ways.passwordAndMfa, ways.temporaryAndMfa]) {
      await rotate(ask)
      await expectNothingElse(ask, await victim())
    }
  })
})

const seedOf = (answer: Answer) => textAt(answer, 'createVirtualMfaDevice.base32StringSeed')
const newDevice = (ask: Ask, virtualMfaDeviceName: string, more: object = {}) =>
  attempt(ask, 'createVirtualMfaDevice', { virtualMfaDeviceName, ...more }, 'base32StringSeed')
const enable = (ask: Ask, serialNumber: string, seed: string, more: object = {}) =>
  attempt(ask, 'enableMfaDevice', {
    serialNumber,
    authenticationCode1: totp(seed, installation.clock(), -1),
    authenticationCode2: totp(seed, installation.clock(), 0),
    ...more,
  })

describe('a user with IAMSelfManageAccessKeysWithMFA and without a device', () => {
  test('sets one up and manages keys with it; a thief of the key adds none', async () => {
    const name = newName('fresh')
    const user = await account.user({
      name,
      path: '/staff/',
      passwordHash: await passwordHash,
      attached: [idOf('IAMSelfManageAccessKeysWithMFA')],
    })
    const serialNumber = account.arn(`mfa/${name}`)
    // A first attempt whose seed was lost is thrown away.
    expect((await newDevice(user.ask, name)).codes).toEqual([])
    expect((await attempt(user.ask, 'deleteVirtualMfaDevice', { serialNumber })).codes).toEqual([])
    const seed = seedOf(await newDevice(user.ask, name))
    expect((await enable(user.ask, serialNumber, seed)).codes).toEqual([])

    installation.clock.advance(60_000)
    const ask = await signIn(installation, account, name, {
      mfaCode: totp(seed, installation.clock(), 0),
      password: PASSWORD,
    })
    await rotate(ask)
    const again = 'mutation { createRecoveryCodes { recoveryCodes } }'
    expect(at(await ask(again), 'createRecoveryCodes.recoveryCodes')).toHaveLength(10)
    expect((await user.ask(again)).codes).toEqual(['AccessDenied'])

    expect((await newDevice(user.ask, name)).codes).toEqual(['EntityAlreadyExists'])
    expect((await attempt(user.ask, 'deleteVirtualMfaDevice', { serialNumber })).codes).toEqual(['DeleteConflict'])
    for (const more of [{ path: '/more/' }, { path: `/${name}/` }])
      expect((await newDevice(user.ask, name, more)).codes).toEqual(['AccessDenied'])
    expect((await newDevice(ask, name, { path: '/more/' })).codes).toEqual([])
  })

  test('has no part in the devices of others', async () => {
    const name = newName('fresh')
    const user = await account.user({ name, attached: [idOf('IAMSelfManageAccessKeysWithMFA')] })
    const { name: other } = await victim()
    expect((await newDevice(user.ask, other)).codes).toEqual(['AccessDenied'])
    const seed = seedOf(await newDevice(account.root, other))
    const serialNumber = account.arn(`mfa/${other}`)
    expect((await attempt(user.ask, 'deleteVirtualMfaDevice', { serialNumber })).codes).toEqual(['AccessDenied'])
    expect((await enable(user.ask, serialNumber, seed, { userName: other })).codes).toEqual(['AccessDenied'])
  })
})

test.each(['/', '/staff/'])('IAMUserChangePassword lets a user under %s change the own password', async (path) => {
  const name = newName('changer')
  const user = await account.user({
    name,
    path,
    passwordHash: await passwordHash,
    attached: [idOf('IAMUserChangePassword')],
  })
  const ask = await signIn(installation, account, name)
  // There is no policy: whoever may not ask does not learn it.
  expect((await user.ask('{ passwordPolicy { __typename } }')).codes).toEqual(['NoSuchEntity'])
  const changed = await attempt(ask, 'changePassword', { oldPassword: PASSWORD, newPassword: 'Another-Horse-8' })
  expect(changed.codes).toEqual([])
  await expectNothingElse(user.ask, await victim())
})

test('IAMReadOnlyAccess sees everything and changes nothing; IAMFullAccess may', async () => {
  const { name: userName, keyId } = await victim()
  const reader = await account.user({ name: newName('reader'), attached: [idOf('IAMReadOnlyAccess')] })
  const writer = await account.user({ name: newName('writer'), attached: [idOf('IAMFullAccess')] })
  const read = await reader.ask(
    `query ($name: String!, $arn: ARN!) {
      users { edges { node { name } } } user(name: $name) { accessKeys { accessKeyId } attachedPolicies { edges { node { arn } } } }
      policy(arn: $arn) { policyName defaultVersion { policyDocument } }
    }`,
    { name: userName, arn: builtIn('AdministratorAccess') },
  )
  expect(read.errors).toEqual([])
  const changes = (ask: Ask) => [
    () => create(ask, { userName }),
    () => attempt(ask, 'updateAccessKey', { userName, accessKeyId: keyId, status: 'INACTIVE' }),
    () => attempt(ask, 'attachUserPolicy', { userName, policyArn: builtIn('IAMUserChangePassword') }),
    () => attempt(ask, 'createUser', { userName: newName('made') }),
  ]
  for (const work of changes(reader.ask)) expect((await work()).codes).toEqual(['AccessDenied'])
  for (const work of changes(writer.ask)) expect((await work()).codes).toEqual([])
})

/** What a caller with a policy may ask, of all that the policies for groups of staff tell apart. */
const ASKED = {
  'names of users': '{ users { edges { node { name } } } }',
  'names of roles': '{ roles { edges { node { name } } } }',
  'the text of a policy': `{ policy(arn: "${builtIn('AdministratorAccess')}") { defaultVersion { policyDocument } } }`,
  'the texts of all policies':
    '{ accountAuthorizationDetails { details(first: 1) { edges { node { __typename } } } } }',
  'the audit trail': '{ auditEvents(first: 1) { edges { node { __typename } } } }',
  'the reason of a denial': '{ decodeAuthorizationMessage(encodedMessage: "none") }',
  'a key for oneself': 'mutation { createAccessKey(input: {}) { accessKey { accessKeyId } } }',
} as const

test.each([
  ['AWSDenyAll', []],
  ['PowerUserAccess', ['names of roles', 'the audit trail', 'the reason of a denial']],
  [
    'ReadOnlyAccess',
    Object.keys(ASKED).filter((what) => !['the reason of a denial', 'a key for oneself'].includes(what)),
  ],
  ['SecurityAudit', Object.keys(ASKED).filter((what) => what !== 'a key for oneself')],
  ['SupportUser', ['names of users', 'names of roles', 'the reason of a denial']],
  ['ViewOnlyAccess', ['names of users', 'names of roles']],
])('%s lets a user see %j and nothing else', async (policy, allowed) => {
  const { ask } = await account.user({ name: newName('staff'), attached: [idOf(policy)] })
  const passed: string[] = []
  for (const [what, query] of Object.entries(ASKED)) {
    const { errors } = await ask(query)
    if (!errors.some(({ extensions }) => extensions.code === 'AccessDenied')) passed.push(what)
  }
  expect(passed).toEqual(allowed)
})

test('a policy of a job function is found by its whole ARN, and no other', async () => {
  const { name: userName } = await victim()
  await must(account.root, 'attachUserPolicy', { userName, policyArn: builtIn('job-function/ViewOnlyAccess') })
  const without = { userName, policyArn: builtIn('ViewOnlyAccess') }
  expect((await attempt(account.root, 'attachUserPolicy', without)).codes).toEqual(['NoSuchEntity'])
})

async function attachmentsSeenBy({ root }: Account): Promise<unknown> {
  const answer = await root('query ($arn: ARN!) { policy(arn: $arn) { attachmentCount } }', {
    arn: builtIn('IAMUserChangePassword'),
  })
  return at(answer, 'policy.attachmentCount')
}

const detailOf = (arn: string, attachmentCount = 0, permissionsBoundaryUsageCount = 0) => ({
  node: { arn, attachmentCount, permissionsBoundaryUsageCount },
})

describe('a built-in policy', () => {
  const ADMINISTRATOR = builtIn('AdministratorAccess')

  test('is attached to users, groups and roles, and detached', async () => {
    const userName = newName('user')
    const user = await account.user({ name: userName })
    const groupName = newName('group')
    await must(account.root, 'createGroup', { groupName })
    await must(account.root, 'addUserToGroup', { groupName, userName })
    const may = async () => (await user.ask('{ users { edges { node { name } } } }')).codes
    expect(await may()).toEqual(['AccessDenied'])
    for (const [operation, owner] of [
      ['UserPolicy', { userName }],
      ['GroupPolicy', { groupName }],
    ] as const) {
      await must(account.root, `attach${operation}`, { ...owner, policyArn: ADMINISTRATOR })
      expect(await may()).toEqual([])
      await must(account.root, `detach${operation}`, { ...owner, policyArn: ADMINISTRATOR })
      expect(await may()).toEqual(['AccessDenied'])
    }
    const roleName = newName('role')
    const role = await makeRole(account, { roleName, trust: trustOf({ who: user.arn }) })
    await must(account.root, 'attachRolePolicy', { roleName, policyArn: ADMINISTRATOR })
    const inRole = await enter(installation, user.ask, { roleArn: role.arn })
    expect((await inRole.ask('{ users { edges { node { name } } } }')).codes).toEqual([])
  })

  test('is a boundary', async () => {
    const userName = newName('bound')
    await must(account.root, 'createUser', { userName, permissionsBoundary: builtIn('IAMReadOnlyAccess') })
    await attach(userName, 'AdministratorAccess')
    const ask = installation.signs(keyIn(await create(account.root, { userName })))
    const seen = await ask('{ user { permissionsBoundary { arn permissionsBoundaryUsageCount } } }')
    expect(seen.errors).toEqual([])
    expect(at(seen, 'user.permissionsBoundary.arn')).toBe(builtIn('IAMReadOnlyAccess'))
    const denied = await create(ask, {})
    expect(denied.errors[0]?.extensions.authz?.reason).toBe('PERMISSIONS_BOUNDARY')
    // The target's boundary is a condition key by its ARN.
    const when = { StringEquals: { 'iam:PermissionsBoundary': builtIn('IAMReadOnlyAccess') } }
    const delegate = await account.user({
      name: newName('delegate'),
      allow: [{ action: 'iam:AttachUserPolicy', when }],
    })
    const give = (to: string) =>
      attempt(delegate.ask, 'attachUserPolicy', { userName: to, policyArn: builtIn('IAMFullAccess') })
    expect((await give(userName)).codes).toEqual([])
    expect((await give((await victim()).name)).codes).toEqual(['AccessDenied'])
  })

  test('limits a session', async () => {
    const user = await account.user({ name: newName('caller') })
    const roleName = newName('role')
    const role = await makeRole(account, { roleName, trust: trustOf({ who: user.arn }), allow: [{ action: '*' }] })
    const limited = await enter(installation, user.ask, {
      roleArn: role.arn,
      policyArns: [builtIn('IAMReadOnlyAccess')],
    })
    expect((await limited.ask('{ users { edges { node { name } } } }')).codes).toEqual([])
    expect((await attempt(limited.ask, 'createUser', { userName: newName('made') })).codes).toEqual(['AccessDenied'])
  })

  test('is what a condition on iam:PolicyARN and a resource of a policy mean, letter by letter', async () => {
    const when = { ArnEquals: { 'iam:PolicyARN': builtIn('IAMReadOnlyAccess') } }
    const delegate = await account.user({
      name: newName('delegate'),
      allow: [
        { action: 'iam:AttachUserPolicy', when },
        { action: 'iam:GetPolicy', on: 'arn:aws:iam::aws:policy/IAM*' },
      ],
    })
    const { name: userName } = await victim()
    const give = async (policyArn: string) =>
      (await attempt(delegate.ask, 'attachUserPolicy', { userName, policyArn })).codes
    expect(await give(builtIn('IAMReadOnlyAccess'))).toEqual([])
    expect(await give(ADMINISTRATOR)).toEqual(['AccessDenied'])
    expect(await give(account.arn('policy/IAMReadOnlyAccess'))).toEqual(['AccessDenied'])
    const get = async (arn: string) =>
      (await delegate.ask('query ($arn: ARN!) { policy(arn: $arn) { policyName } }', { arn })).codes
    expect(await get(builtIn('IAMFullAccess'))).toEqual([])
    expect(await get(ADMINISTRATOR)).toEqual(['AccessDenied'])
    expect(await get(builtIn('IAMfullaccess'))).toEqual(['NoSuchEntity'])
    expect(await get(account.arn('policy/IAMFullAccess'))).toEqual(['AccessDenied'])
  })

  test('is changed by nobody, not even root', async () => {
    const before = await installation.db.policy.findMany({ where: { builtIn: true }, include: { versions: true } })
    const document = policyOf([{ action: 's3:*' }])
    const input = { policyArn: ADMINISTRATOR }
    const attempts: readonly (readonly [string, object])[] = [
      ['deletePolicy', input],
      ['createPolicyVersion', { ...input, policyDocument: document, setAsDefault: true }],
      ['setDefaultPolicyVersion', { ...input, versionId: 'v1' }],
      ['deletePolicyVersion', { ...input, versionId: 'v1' }],
      ['tagPolicy', { ...input, tags: [{ key: 'team', value: 'red' }] }],
      ['untagPolicy', { ...input, tagKeys: ['team'] }],
    ]
    for (const [name, given] of attempts) {
      const { errors } = await attempt(account.root, name, given)
      expect(errors).toMatchObject([
        {
          message: `Policy is outside your own account: ${ADMINISTRATOR} comes built in and cannot be changed.`,
          extensions: { code: 'AccessDenied' },
        },
      ])
    }
    const refused = (await account.trail()).filter(({ errorCode, resource }) => {
      return errorCode === 'AccessDenied' && resource === ADMINISTRATOR
    })
    const actionsOfRoot = refused
      .filter(({ principalArn }) => principalArn === account.arn('root'))
      .map(({ action }) => action)
    expect(actionsOfRoot.toSorted()).toEqual([
      'iam:CreatePolicyVersion',
      'iam:DeletePolicy',
      'iam:DeletePolicyVersion',
      'iam:SetDefaultPolicyVersion',
      'iam:TagPolicy',
      'iam:UntagPolicy',
    ])
    expect(await installation.db.policy.findMany({ where: { builtIn: true }, include: { versions: true } })).toEqual(
      before,
    )
  })

  test('leaves its name to the customer', async () => {
    const policyName = 'IAMReadOnlyAccess'
    const made = await must(
      account.root,
      'createPolicy',
      { policyName, policyDocument: policyOf([{ action: 's3:*' }]) },
      'policy { arn }',
    )
    const arn = textAt(made, 'createPolicy.policy.arn')
    expect(arn).toBe(account.arn(`policy/${policyName}`))
    await must(account.root, 'deletePolicy', { policyArn: arn })
  })

  test('counts attachments of the account that asks, and shows those of no other', async () => {
    const { name: userName } = await victim()
    const [mine, theirs] = [await attachmentsSeenBy(account), await attachmentsSeenBy(other)]
    await attach(userName, 'IAMUserChangePassword')
    expect([await attachmentsSeenBy(account), await attachmentsSeenBy(other)]).toEqual([Number(mine) + 1, theirs])
    expect(theirs).toBe(0)
  })

  test('is not counted against the quota of policies, and is in the authorization details when it is in use', async () => {
    const third = await installation.openAccount()
    await ensureBuiltInPolicies(installation.services, BUILT_IN_POLICIES)
    const own = await third.createTestPolicy({ name: 'Own', document: policyOf([{ action: 's3:*' }]) })
    const overview = async () => {
      const answer = await third.root(`{
        account { policies { used } }
        accountAuthorizationDetails { policies { edges { node { arn attachmentCount permissionsBoundaryUsageCount } } } }
      }`)
      expect(answer.errors).toEqual([])
      return {
        used: at(answer, 'account.policies.used'),
        policies: at(answer, 'accountAuthorizationDetails.policies.edges'),
      }
    }
    expect(await overview()).toEqual({ used: 1, policies: [detailOf(own.arn)] })
    await third.createTestUser({ name: 'a', attached: [idOf('IAMFullAccess')], boundary: idOf('IAMReadOnlyAccess') })
    expect(await overview()).toEqual({
      used: 1,
      policies: [
        detailOf(builtIn('IAMFullAccess'), 1),
        detailOf(builtIn('IAMReadOnlyAccess'), 0, 1),
        detailOf(own.arn),
      ],
    })
  })

  test('is told from the customer’s by the simulator', async () => {
    const own = await account.createTestPolicy({
      name: newName('own'),
      document: policyOf([{ action: 'iam:GetUser' }]),
    })
    const user = await account.createTestUser({ name: newName('tried'), attached: [idOf('IAMReadOnlyAccess'), own.id] })
    const answer = await account.root(
      `query ($input: SimulatePrincipalPolicyInput!) {
        simulatePrincipalPolicy(input: $input) { matchedStatements { sourcePolicyId sourcePolicyType } }
      }`,
      { input: { policySourceArn: user.arn, actionNames: ['iam:GetUser'] } },
    )
    expect(answer.errors).toEqual([])
    expect(at(answer, 'simulatePrincipalPolicy.0.matchedStatements')).toEqual(
      expect.arrayContaining([
        { sourcePolicyId: 'IAMReadOnlyAccess', sourcePolicyType: 'aws-managed' },
        { sourcePolicyId: expect.stringMatching(/^own-/), sourcePolicyType: 'IAM Policy' },
      ]),
    )
  })
})
