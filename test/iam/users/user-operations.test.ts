import { beforeEach, describe, expect, test } from 'vitest'
import { createAccessKey } from '../../../src/iam/access-keys/create-access-key.ts'
import { createUser, type CreateUserInput } from '../../../src/iam/users/create-user.ts'
import { deleteUser } from '../../../src/iam/users/delete-user.ts'
import { updateUser } from '../../../src/iam/users/update-user.ts'
import { auditTrail, callAs, epochOf, refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount, type TestUser } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

let services: TestServices
let account: SeededAccount
let admin: TestUser
let accountId: string

beforeEach(async () => {
  services = testServices(await freshDatabase())
  account = await seedAccount(services)
  accountId = account.accountId
  admin = await account.createTestUser({ name: 'Admin', accessKeys: 0 })
})

const call = (action: string) => callAs(services, admin, action)
const create = async (input: CreateUserInput) => await createUser(await call('iam:CreateUser'), input)
const rename = async (input: Parameters<typeof updateUser>[1]) => await updateUser(await call('iam:UpdateUser'), input)
const remove = async (userName: string) => await deleteUser(await call('iam:DeleteUser'), { userName })
const tagsOf = async (userId: string) =>
  (await services.db.userTag.findMany({ where: { accountId, userId }, orderBy: { keyFold: 'asc' } })).map(
    ({ key, value }) => `${key}=${value}`,
  )
const notFound = (name: string) => ({
  code: 'NoSuchEntity',
  message: `The user with name ${name} cannot be found.`,
})
const exists = (name: string) => ({
  code: 'EntityAlreadyExists',
  message: `User with name ${name} already exists.`,
})

describe('createUser', () => {
  test('makes a user with a new id, its path and tags, and nothing that gives permissions', async () => {
    const user = await create({ userName: 'Bob', path: '/div/sub/', tags: [{ key: 'Team', value: 'Ops' }] })
    expect(user).toMatchObject({
      accountId,
      name: 'Bob',
      nameKey: 'bob',
      path: '/div/sub/',
      root: false,
      createdAt: services.clock(),
      passwordLastUsedAt: null,
      boundaryPolicyId: null,
    })
    expect(user.id).toMatch(/^AIDA[A-Z2-7]{17}$/)
    expect(await tagsOf(user.id)).toEqual(['Team=Ops'])
    expect(await services.db.accessKey.count()).toBe(0)
  })

  test('puts the user under / when no path is given', async () => {
    expect((await create({ userName: 'Bob' })).path).toBe('/')
  })

  test('sets the boundary that the ARN names', async () => {
    const policy = await account.createTestPolicy({ name: 'Limits', path: '/b/', document: {} })
    expect((await create({ userName: 'Bob', permissionsBoundary: policy.arn })).boundaryPolicyId).toBe(policy.id)
  })

  test.each([
    ['that nobody made', 'arn:aws:iam::123456789012:policy/Nothing'],
    ['of another account', 'arn:aws:iam::999999999999:policy/Limits'],
    ['of AWS', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
    ['of a user', 'arn:aws:iam::123456789012:user/Admin'],
    ['in another case', 'arn:aws:iam::123456789012:policy/limits'],
  ])('refuses a boundary %s, and the user is not made', async (_, arn) => {
    await account.createTestPolicy({ name: 'Limits', document: {} })
    expect(await refusal(() => create({ userName: 'Bob', permissionsBoundary: arn }))).toEqual({
      code: 'NoSuchEntity',
      message: `Scope ARN: ${arn} does not exist or is not attachable.`,
    })
    expect(await services.db.user.count({ where: { nameKey: 'bob' } })).toBe(0)
  })

  test('refuses a boundary that is no ARN', async () => {
    expect(await refusal(() => create({ userName: 'Bob', permissionsBoundary: 'not-an-arn-but-long-enough' }))).toEqual(
      {
        code: 'ValidationError',
        message: 'Invalid ARN:  Could not be parsed!',
      },
    )
  })

  test('refuses a name that is taken in another case and under another path', async () => {
    await create({ userName: 'Bob', path: '/a/' })
    expect(await refusal(() => create({ userName: 'bOB', path: '/b/' }))).toEqual(exists('bOB'))
  })

  test('refuses everything when one tag is bad', async () => {
    const tags = [
      { key: 'good', value: 'v' },
      { key: 'aws:bad', value: 'v' },
    ]
    expect((await refusal(() => create({ userName: 'Bob', tags }))).code).toBe('InvalidInput')
    expect(await services.db.user.count({ where: { nameKey: 'bob' } })).toBe(0)
  })

  test('refuses the user after the 5000th', async () => {
    await services.db.user.createMany({
      data: Array.from({ length: 4998 }, (_, n) => ({
        accountId,
        id: `AIDAFILLER${n}`,
        name: `filler${n}`,
        nameKey: `filler${n}`,
        createdAt: services.clock(),
      })),
    })
    await create({ userName: 'Number5000' })
    expect(await refusal(() => create({ userName: 'Number5001' }))).toEqual({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for UsersPerAccount: 5000',
    })
  })

  test('gives the name to one of many that ask at the same time', async () => {
    const calls = await Promise.all(Array.from({ length: 6 }, () => call('iam:CreateUser')))
    const results = await Promise.allSettled(calls.map((one) => createUser(one, { userName: 'Bob' })))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject(exists('Bob'))
    }
  })

  test('writes who did what in the same transaction and bumps the policy epoch', async () => {
    const before = await epochOf(services, accountId)
    const made = await createUser(
      await callAs(services, admin, 'iam:CreateUser', 'arn:aws:iam::123456789012:user/Bob'),
      {
        userName: 'Bob',
        tags: [{ key: 'Team', value: 'Ops' }],
      },
    )
    expect(await epochOf(services, accountId)).toBe(before + 1n)
    expect(await auditTrail(services, accountId)).toMatchObject([
      {
        action: 'iam:CreateUser',
        resource: 'arn:aws:iam::123456789012:user/Bob',
        result: 'SUCCESS',
        errorCode: null,
        principalArn: 'arn:aws:iam::123456789012:user/Admin',
        principalId: admin.id,
        decisionId: 'decision-1',
        requestId: '11111111-2222-4333-8444-555555555555',
        sourceIp: '192.0.2.7',
        at: services.clock(),
        detail: { userName: 'Bob', userId: made.id, path: '/', permissionsBoundary: null, tags: ['Team=Ops'] },
      },
    ])
  })

  test('that IAM refuses leaves the epoch alone and is recorded as failed', async () => {
    const before = await epochOf(services, accountId)
    await refusal(() => create({ userName: 'ADMIN' }))
    expect(await epochOf(services, accountId)).toBe(before)
    expect(await auditTrail(services, accountId)).toMatchObject([
      { action: 'iam:CreateUser', result: 'FAILURE', errorCode: 'EntityAlreadyExists', detail: { userName: 'ADMIN' } },
    ])
  })
})

describe('updateUser', () => {
  test('renames and moves; id, keys, tags and policies stay', async () => {
    const bob = await account.createTestUser({ name: 'Bob', tags: { Team: 'Ops' }, policies: { P: '{}' } })
    const after = await rename({ userName: 'bob', newUserName: 'Robert', newPath: '/div/' })
    expect(after).toMatchObject({ id: bob.id, name: 'Robert', nameKey: 'robert', path: '/div/' })
    expect(await tagsOf(bob.id)).toEqual(['Team=Ops'])
    expect(await services.db.accessKey.count({ where: { userId: bob.id } })).toBe(1)
    expect(await services.db.userPolicy.count({ where: { userId: bob.id } })).toBe(1)
  })

  test('moves without renaming', async () => {
    await account.createTestUser({ name: 'Bob' })
    expect(await rename({ userName: 'BOB', newPath: '/x/' })).toMatchObject({ name: 'Bob', path: '/x/' })
  })

  test('refuses the name that the user has in another case, as taken; spelled as it is it changes nothing', async () => {
    await account.createTestUser({ name: 'bob' })
    expect(await refusal(() => rename({ userName: 'bob', newUserName: 'Bob' }))).toEqual(exists('Bob'))
    expect(await rename({ userName: 'BOB', newUserName: 'bob', newPath: '/x/' })).toMatchObject({
      name: 'bob',
      path: '/x/',
    })
  })

  test('refuses a name that another user has in another case', async () => {
    await account.createTestUser({ name: 'Bob' })
    expect(await refusal(() => rename({ userName: 'Bob', newUserName: 'ADMIN' }))).toEqual(exists('ADMIN'))
    expect(await services.db.user.count({ where: { nameKey: 'bob' } })).toBe(1)
  })

  test('does not find users that do not exist', async () => {
    expect(await refusal(() => rename({ userName: 'Nobody', newPath: '/x/' }))).toEqual(notFound('Nobody'))
  })
})

describe('deleteUser', () => {
  test('removes the user with tags, boundary and sessions', async () => {
    const policy = await account.createTestPolicy({ name: 'Limits', document: {} })
    const bob = await account.createTestUser({ name: 'Bob', tags: { a: 'b' }, boundary: policy.id, accessKeys: 0 })
    await services.db.session.create({
      data: {
        accountId,
        id: 'session-of-bob',
        userId: bob.id,
        kind: 'PASSWORD',
        issuedAt: services.clock(),
        expiresAt: services.clock(),
      },
    })
    expect(await remove('bob')).toMatchObject({ id: bob.id, name: 'Bob' })
    expect(await services.db.user.count({ where: { id: bob.id } })).toBe(0)
    expect(await services.db.userTag.count({ where: { userId: bob.id } })).toBe(0)
    expect(await services.db.session.count({ where: { userId: bob.id } })).toBe(0)
    expect(await services.db.policy.count({ where: { id: policy.id } })).toBe(1)
  })

  test('names one thing after the other that has to go first', async () => {
    const policy = await account.createTestPolicy({ name: 'P', document: {} })
    const { id: userId } = await account.createTestUser({
      name: 'Bob',
      passwordHash: 'hash',
      policies: { inline: '{}' },
      attached: [policy.id],
    })
    await services.db.mfaDevice.create({
      data: {
        accountId,
        id: 'device-1',
        name: 'phone',
        nameKey: '/phone',
        seed: new Uint8Array(1),
        seedKeyId: 'test',
        userId,
        createdAt: services.clock(),
        enabledAt: services.clock(),
      },
    })
    const where = { accountId, userId }
    const steps: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['delete login profile', () => services.db.loginProfile.deleteMany({ where })],
      ['delete access keys', () => services.db.accessKey.deleteMany({ where })],
      ['delete MFA device', () => services.db.mfaDevice.updateMany({ where, data: { userId: null, enabledAt: null } })],
      ['delete policies', () => services.db.userPolicy.deleteMany({ where })],
      ['detach all policies', () => services.db.userPolicyAttachment.deleteMany({ where })],
    ]
    for (const [todo, doIt] of steps) {
      expect(await refusal(() => remove('Bob'))).toEqual({
        code: 'DeleteConflict',
        message: `Cannot delete entity, must ${todo} first.`,
      })
      await doIt()
    }
    expect(await remove('Bob')).toMatchObject({ id: userId })
  })

  test('is blocked by an inactive key as well', async () => {
    const bob = await account.createTestUser({ name: 'Bob', accessKeys: 0 })
    await account.createTestAccessKey(bob.id, { status: 'INACTIVE' })
    expect((await refusal(() => remove('Bob'))).message).toBe('Cannot delete entity, must delete access keys first.')
  })

  test('does not find a user the second time', async () => {
    await account.createTestUser({ name: 'Bob', accessKeys: 0 })
    await remove('Bob')
    expect(await refusal(() => remove('Bob'))).toEqual(notFound('Bob'))
  })

  test('never gives the id again to a user of the same name', async () => {
    const first = await create({ userName: 'Bob' })
    await remove('Bob')
    expect((await create({ userName: 'Bob' })).id).not.toBe(first.id)
  })

  test('of a user who once used a client token leaves nothing behind that stops it', async () => {
    const bob = await create({ userName: 'Bob' })
    const { accessKey } = await createAccessKey(await callAs(services, bob), { clientToken: 'once' })
    await services.db.accessKey.delete({ where: { id: accessKey.id } })
    await remove('Bob')
    expect(await services.db.clientToken.count()).toBe(0)
  })
})

test('nothing that goes by name reaches the root user', async () => {
  for (const operation of [remove, (userName: string) => rename({ userName, newPath: '/x/' })]) {
    expect((await refusal(() => operation('<root_account>'))).code).toBe('ValidationError')
    expect(await refusal(() => operation(accountId))).toEqual(notFound(accountId))
  }
})
