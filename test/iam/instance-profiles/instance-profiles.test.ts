import { beforeEach, describe, expect, test } from 'vitest'
import { createInstanceProfile } from '../../../src/iam/instance-profiles/create-instance-profile.ts'
import { deleteInstanceProfile } from '../../../src/iam/instance-profiles/delete-instance-profile.ts'
import {
  addRoleToInstanceProfile,
  removeRoleFromInstanceProfile,
} from '../../../src/iam/instance-profiles/role-in-instance-profile.ts'
import { tagInstanceProfile, untagInstanceProfile } from '../../../src/iam/instance-profiles/tag-instance-profile.ts'
import { createRole } from '../../../src/iam/roles/create-role.ts'
import { deleteRole } from '../../../src/iam/roles/delete-role.ts'
import { auditTrail, callAs, epochOf, refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

let services: TestServices
let account: SeededAccount

beforeEach(async () => {
  const { db } = await freshDatabase()
  services = testServices({ db })
  account = await seedAccount(services)
})

const root = (of: SeededAccount = account) => callAs(services, of.root)
const make = async (instanceProfileName: string, more: object = {}, of = account) =>
  createInstanceProfile(await root(of), { instanceProfileName, ...more })
const remove = async (instanceProfileName: string, of = account) =>
  deleteInstanceProfile(await root(of), { instanceProfileName })
const makeRole = async (roleName: string, of = account) => {
  const statement = { Effect: 'Allow', Principal: { AWS: of.accountId }, Action: 'sts:AssumeRole' }
  const assumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  return createRole(await root(of), { roleName, assumeRolePolicyDocument })
}
const add = async (instanceProfileName: string, roleName: string, of = account) =>
  addRoleToInstanceProfile(await root(of), { instanceProfileName, roleName })
const takeOut = async (instanceProfileName: string, roleName: string) =>
  removeRoleFromInstanceProfile(await root(), { instanceProfileName, roleName })

describe('a new instance profile', () => {
  test('has what was asked for, and the change is recorded with a new epoch', async () => {
    const before = await epochOf(services, account.accountId)
    const profile = await make('Web', { path: '/machines/', tags: [{ key: 'team', value: 'red' }] })
    expect(profile).toMatchObject({
      id: expect.stringMatching(/^AIPA[A-Z2-7]{17}$/),
      name: 'Web',
      path: '/machines/',
      roleId: null,
      createdAt: services.clock(),
    })
    expect(await epochOf(services, account.accountId)).toBe(before + 1n)
    expect(await auditTrail(services, account.accountId)).toMatchObject([
      {
        detail: {
          instanceProfileName: 'Web',
          instanceProfileId: profile.id,
          path: '/machines/',
          tags: ['team=red'],
        },
      },
    ])
  })

  test.each([
    ['a name that is there in another case', 'WEB', {}, 'EntityAlreadyExists', 'Instance Profile WEB already exists.'],
    ['a name with a blank', 'no good', {}, 'ValidationError', /instanceProfileName/],
    ['a name of 129 characters', 'x'.repeat(129), {}, 'ValidationError', /instanceProfileName/],
    ['a path that ends nowhere', 'Other', { path: '/a' }, 'ValidationError', /path/],
    ['a tag twice', 'Other', { tags: [1, 2].map(() => ({ key: 'k', value: '' })) }, 'InvalidInput', /Duplicate/],
  ] as const)('is refused with %s', async (_what, name, more, code, message) => {
    await make('Web')
    expect(await refusal(() => make(name, more))).toMatchObject({
      code,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    })
    expect(await services.db.instanceProfile.count()).toBe(1)
  })

  test('is refused past the quota, and accounts do not share names or quotas', async () => {
    const { accountId } = account
    const data = Array.from({ length: 1000 }, (_, n) => ({
      accountId,
      id: `AIPA${n}`,
      name: `p${n}`,
      nameKey: `p${n}`,
      path: '/',
      createdAt: services.clock(),
    }))
    await services.db.instanceProfile.createMany({ data })
    expect(await refusal(() => make('more'))).toMatchObject({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for InstanceProfilesPerAccount: 1000',
    })
    const other = await seedAccount(services, { accountId: '210987654321' })
    expect(await make('p1', {}, other)).toMatchObject({ name: 'p1', accountId: other.accountId })
  })
})

describe('a role in an instance profile', () => {
  beforeEach(async () => {
    await makeRole('Engine')
    await makeRole('Other')
    await make('Web')
  })

  test('is one at most, the same one included', async () => {
    const { roleId } = await add('web', 'engine')
    expect(roleId).toMatch(/^AROA/)
    for (const role of ['Engine', 'Other']) {
      expect(await refusal(() => add('Web', role))).toMatchObject({
        code: 'LimitExceeded',
        message: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
      })
    }
  })

  test('may be in several of them', async () => {
    await make('Worker')
    await add('Web', 'Engine')
    await add('Worker', 'Engine')
    const { accountId } = account
    expect(await services.db.instanceProfile.count({ where: { accountId, role: { name: 'Engine' } } })).toBe(2)
  })

  test('is of the same account', async () => {
    const other = await seedAccount(services, { accountId: '210987654321' })
    await makeRole('Theirs', other)
    expect(await refusal(() => add('Web', 'Theirs'))).toMatchObject({ code: 'NoSuchEntity' })
    expect(await refusal(() => add('Web', 'Theirs', other))).toMatchObject({
      code: 'NoSuchEntity',
      message: 'Instance Profile Web cannot be found.',
    })
  })

  test('keeps both from being deleted, before anything else does, until it is taken out', async () => {
    await add('Web', 'Engine')
    const { id: roleId } = await services.db.role.findFirstOrThrow({ where: { name: 'Engine' } })
    const { accountId } = account
    await services.db.rolePolicy.create({
      data: { accountId, roleId, name: 'p', nameKey: 'p', document: '{}', updatedAt: services.clock() },
    })
    const message = 'Cannot delete entity, must remove roles from instance profile first.'
    expect(await refusal(() => remove('Web'))).toMatchObject({ code: 'DeleteConflict', message })
    expect(await refusal(async () => deleteRole(await root(), { roleName: 'Engine' }))).toMatchObject({
      code: 'DeleteConflict',
      message,
    })
    expect(await refusal(() => takeOut('Web', 'Other'))).toMatchObject({ code: 'NoSuchEntity' })
    expect(await takeOut('WEB', 'ENGINE')).toMatchObject({ name: 'Web', roleId: null })
    expect(await remove('Web')).toMatchObject({ name: 'Web' })
    expect(await refusal(() => remove('Web'))).toMatchObject({
      code: 'NoSuchEntity',
      message: 'Instance Profile Web cannot be found.',
    })
  })
})

test('tags of an instance profile differ by case, and go with it', async () => {
  await make('Web', { tags: [{ key: 'team', value: 'red' }] })
  const named = { instanceProfileName: 'WEB' }
  await tagInstanceProfile(await root(), { ...named, tags: [{ key: 'Team', value: 'blue' }] })
  await untagInstanceProfile(await root(), { ...named, tagKeys: ['team', 'none'] })
  const left = await services.db.instanceProfileTag.findMany({ select: { key: true, value: true } })
  expect(left).toEqual([{ key: 'Team', value: 'blue' }])
  await remove('Web')
  expect(await services.db.instanceProfileTag.count()).toBe(0)
})
