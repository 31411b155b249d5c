import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documents } from '../../scripts/readme/blocks.ts'
import { BUILT_IN_POLICIES } from '../../src/iam/policies/built-in/index.ts'
import { type Account, type Installation, openInstallation } from '../support/installation.ts'
import { attempt } from './roles/role-setup.ts'

const ROOT = path.join(import.meta.dirname, '../..')

let installation: Installation
let account: Account
let named = 0

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
})

afterAll(() => installation.stop())

/** Where the owner's device is, and what it is called: as its own setup made it, or before paths were held to rules. */
const DEVICES = [
  { path: '/', name: (user: string) => user },
  { path: '/', name: () => 'phone' },
  { path: '/staff/', name: (user: string) => user },
  { path: '/x:mfa/', name: (user: string) => user },
] as const

interface Mark {
  readonly user: string
  readonly keyId: string
  readonly device: string
  /** Beside the owner. */
  readonly other: string
}

const CODES = { authenticationCode1: '111111', authenticationCode2: '222222' }
const EVERYTHING = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } })

/** What a thief tries with the key, by what it would be good for. */
const ATTEMPTS: Readonly<Record<string, (mark: Mark) => readonly [mutation: string, input: object]>> = {
  'make the first device': ({ user }) => ['createVirtualMfaDevice', { virtualMfaDeviceName: user }],
  'make a device in a path': ({ user }) => ['createVirtualMfaDevice', { virtualMfaDeviceName: user, path: '/p/' }],
  'make a device that imitates the first': ({ user }) => [
    'createVirtualMfaDevice',
    { virtualMfaDeviceName: user, path: '/y:mfa/' },
  ],
  'make a device of any name': ({ user }) => ['createVirtualMfaDevice', { virtualMfaDeviceName: `${user}-2` }],
  'enable the device that was made': ({ user }) => [
    'enableMfaDevice',
    { userName: user, serialNumber: account.arn(`mfa/${user}`), ...CODES },
  ],
  'enable it without saying for whom': ({ user }) => [
    'enableMfaDevice',
    { serialNumber: account.arn(`mfa/${user}`), ...CODES },
  ],
  'enable it under the name in another case': ({ user }) => [
    'enableMfaDevice',
    { userName: user.toUpperCase(), serialNumber: account.arn(`mfa/${user}`), ...CODES },
  ],
  'resync the owner’s device': ({ device }) => ['resyncMfaDevice', { serialNumber: device, ...CODES }],
  'deactivate the owner’s device': ({ device }) => ['deactivateMfaDevice', { serialNumber: device }],
  'make a key': () => ['createAccessKey', {}],
  'deactivate a key': ({ keyId }) => ['updateAccessKey', { accessKeyId: keyId, status: 'ACTIVE' }],
  'describe a key': ({ user, keyId }) => ['tagUser', { userName: user, tags: [{ key: keyId, value: 'mine' }] }],
  'tag oneself': ({ user }) => ['tagUser', { userName: user, tags: [{ key: 'team', value: 'admins' }] }],
  'delete a key': () => ['deleteAccessKey', { accessKeyId: 'AKIAUNKNOWN123456789' }],
  'make a key for somebody else': ({ other }) => ['createAccessKey', { userName: other }],
  'take permissions': ({ user }) => ['putUserPolicy', { userName: user, policyName: 'p', policyDocument: EVERYTHING }],
  'take a policy': ({ user }) => [
    'attachUserPolicy',
    { userName: user, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  ],
  move: ({ user }) => ['updateUser', { userName: user, newPath: '/admins/' }],
  'make a user': ({ user }) => ['createUser', { userName: `${user}-made` }],
  'set a password': ({ user }) => ['createLoginProfile', { userName: user, password: 'Stolen-begins-here-1' }],
}

const OWN_DEVICES = [
  'enable the device that was made',
  'enable it without saying for whom',
  'enable it under the name in another case',
  'resync the owner’s device',
  'deactivate the owner’s device',
]

/** What passes without a code by each policy that we publish; for those of administrators all but the own devices. */
const PASSES: Readonly<Record<string, readonly string[] | 'everything'>> = {
  AdministratorAccess: 'everything',
  AWSDenyAll: [],
  IAMFullAccess: 'everything',
  IAMReadOnlyAccess: [],
  IAMUserChangePassword: [],
  IAMUserSSHKeys: [],
  IAMSelfManageServiceSpecificCredentials: [],
  PowerUserAccess: [],
  ReadOnlyAccess: [],
  SecurityAudit: [],
  SupportUser: [],
  ViewOnlyAccess: [],
  IAMSelfManageAccessKeys: ['make a key', 'deactivate a key', 'describe a key', 'delete a key'],
  IAMSelfManageAccessKeysWithMFA: ['make the first device'],
  'pages: create-own-keys': ['make a key', 'describe a key', 'tag oneself'],
  'pages: mfa': ['make the first device'],
  'pages: create-own-keys, then': ['make a key', 'deactivate a key', 'describe a key', 'tag oneself', 'delete a key'],
}

/** The identity policies in README and docs, by the name that is said before each, in the order in which they are read. */
function policiesOfPages(): [string, object][] {
  const texts = documents(ROOT).map((page) => readFileSync(path.join(ROOT, page), 'utf8'))
  const seen = new Set<string>()
  const found = texts.flatMap((text) => [
    ...text.matchAll(
      /policy(?:Name: "|Arn: "[^"]*\/)([\w-]+)"(?:(?!policy(?:Name|Arn):)[^])*?policyDocument: """([^]*?)"""/g,
    ),
  ])
  return found.map(([, name, document]) => {
    const label = `pages: ${name}${seen.has(name!) ? ', then' : ''}`
    seen.add(name!)
    return [label, JSON.parse(document!)]
  })
}

const PUBLISHED: readonly [string, object][] = [
  ...BUILT_IN_POLICIES.map(({ name, document }): [string, object] => [name, JSON.parse(document)]),
  ...policiesOfPages(),
]

test('every published policy is held to what it promises', () => {
  expect(PUBLISHED.map(([name]) => name).toSorted()).toEqual(Object.keys(PASSES).toSorted())
})

/** A user with the policy, an enabled device and a key, which is stolen. */
async function rob(policy: object, { path, name }: (typeof DEVICES)[number]) {
  const { accountId, arn } = account
  const user = `owner-${++named}`
  const resident = await account.user({ name: user, policies: { published: policy } })
  const other = await account.createTestUser({ name: `${user}-other` })
  const deviceName = name(user)
  const created = { accountId, createdAt: installation.clock(), enabledAt: installation.clock() }
  await installation.db.mfaDevice.deleteMany({ where: { accountId, name: deviceName } })
  await installation.db.mfaDevice.create({
    data: {
      ...created,
      id: `device-${user}`,
      userId: resident.id,
      path,
      name: deviceName,
      nameKey: (path + deviceName).toLowerCase(),
      seed: Buffer.from('sealed'),
      seedKeyId: 'none',
    },
  })
  const mark: Mark = {
    user,
    keyId: resident.accessKeys[0]!.id,
    device: arn(`mfa${path}${deviceName}`),
    other: other.name,
  }
  return { ...mark, ask: resident.ask, mark, id: resident.id }
}

describe.each(PUBLISHED)('whoever stole a key of a user with %s', (policyName, policy) => {
  test.each(DEVICES)('gets no further than it says, the device being $path', async (device) => {
    const { ask, mark, id } = await rob(policy, device)
    const passed: string[] = []
    const answers = new Map<string, { codes: readonly string[]; mfaRequired: boolean | undefined }>()
    for (const [what, tried] of Object.entries(ATTEMPTS)) {
      const [mutation, input] = tried(mark)
      const { codes, errors } = await attempt(ask, mutation, input)
      answers.set(what, { codes, mfaRequired: errors[0]?.extensions.authz?.mfaRequired })
      if (!codes.includes('AccessDenied')) passed.push(what)
    }
    const allowed = PASSES[policyName]!
    if (allowed === 'everything') {
      expect(passed).toEqual(Object.keys(ATTEMPTS).filter((what) => !OWN_DEVICES.includes(what)))
      for (const what of OWN_DEVICES)
        expect(answers.get(what), what).toEqual({ codes: ['AccessDenied'], mfaRequired: true })
    } else expect(passed).toEqual(allowed)
    const devices = await installation.db.mfaDevice.findMany({ where: { accountId: account.accountId, userId: id } })
    expect(devices.map(({ id: device }) => device)).toEqual([`device-${mark.user}`])
  })
})

describe('devices of a user who has one', () => {
  test('are changed by an administrator, who is somebody else, without MFA', async () => {
    const { mark } = await rob(
      { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' } },
      DEVICES[1],
    )
    const { codes } = await attempt(account.root, 'deactivateMfaDevice', {
      userName: mark.user,
      serialNumber: mark.device,
    })
    expect(codes).toEqual([])
  })

  test('are not got around by recovery codes of the thief', async () => {
    const { ask, id } = await rob(JSON.parse(EVERYTHING), DEVICES[1])
    const { codes, errors } = await ask('mutation { createRecoveryCodes { recoveryCodes } }')
    expect([codes, errors[0]?.extensions.authz?.mfaRequired]).toEqual([['AccessDenied'], true])
    expect(await installation.db.recoveryCodes.count({ where: { userId: id } })).toBe(0)
  })

  test('can be told from viewer.can to need MFA', async () => {
    const { ask } = await rob(JSON.parse(EVERYTHING), DEVICES[1])
    const answer = await ask(
      '{ viewer { can(checks: [{ action: "iam:EnableMFADevice" }, { action: "iam:GetUser" }]) { allowed mfaRequired } } }',
    )
    expect(answer.data).toEqual({
      viewer: {
        can: [
          { allowed: false, mfaRequired: true },
          { allowed: true, mfaRequired: false },
        ],
      },
    })
  })
})
