import { beforeEach, describe, expect, test } from 'vitest'
import { createGroup } from '../../../src/iam/groups/create-group.ts'
import { deleteGroup } from '../../../src/iam/groups/delete-group.ts'
import { addUserToGroup, removeUserFromGroup } from '../../../src/iam/groups/group-members.ts'
import { updateGroup } from '../../../src/iam/groups/update-group.ts'
import { attachGroupPolicy, detachGroupPolicy } from '../../../src/iam/held-policies/attached-policies.ts'
import { deleteGroupPolicy, putGroupPolicy } from '../../../src/iam/held-policies/inline-policies.ts'
import { deletePolicy } from '../../../src/iam/policies/delete-policy.ts'
import { deleteUser } from '../../../src/iam/users/delete-user.ts'
import { auditTrail, callAs, epochOf, refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

let services: TestServices
let account: SeededAccount

beforeEach(async () => {
  services = testServices(await freshDatabase())
  account = await seedAccount(services)
})

const call = (action: string) => callAs(services, account.root, `iam:${action}`)
const create = async (groupName: string, path?: string) =>
  await createGroup(await call('CreateGroup'), { groupName, ...(path !== undefined && { path }) })
const update = async (groupName: string, news: { newGroupName?: string; newPath?: string }) =>
  await updateGroup(await call('UpdateGroup'), { groupName, ...news })
const remove = async (groupName: string) => await deleteGroup(await call('DeleteGroup'), { groupName })
const add = async (groupName: string, userName: string) =>
  await addUserToGroup(await call('AddUserToGroup'), { groupName, userName })
const part = async (groupName: string, userName: string) =>
  await removeUserFromGroup(await call('RemoveUserFromGroup'), { groupName, userName })
const put = async (groupName: string, policyName: string, policyDocument = DOCUMENT) =>
  await putGroupPolicy(await call('PutGroupPolicy'), { groupName, policyName, policyDocument })
const drop = async (groupName: string, policyName: string) =>
  await deleteGroupPolicy(await call('DeleteGroupPolicy'), { groupName, policyName })
const attach = async (groupName: string, policyArn: string) =>
  await attachGroupPolicy(await call('AttachGroupPolicy'), { groupName, policyArn })
const detach = async (groupName: string, policyArn: string) =>
  await detachGroupPolicy(await call('DetachGroupPolicy'), { groupName, policyArn })

const DOCUMENT = '{ "Statement": {"Effect":"Allow", "Action":"s3:*", "Resource":"*"} }'
const documentOfSize = (size: number) => {
  const empty = '{"Statement":{"Sid":"","Effect":"Allow","Action":"s3:Get","Resource":"*"}}'
  return empty.replace('""', `"${'x'.repeat(size - empty.length)}"`)
}
const NO_GROUP = { code: 'NoSuchEntity', message: 'The group with name nobody cannot be found.' }

const removeBob = async () => await deleteUser(await call('DeleteUser'), { userName: 'bob' })

describe('createGroup', () => {
  test('makes a group with an id of its own, without members and permissions', async () => {
    expect(await create('Admins', '/staff/')).toEqual({
      accountId: account.accountId,
      id: expect.stringMatching(/^AGPA[A-Z2-7]{17}$/),
      name: 'Admins',
      nameKey: 'admins',
      path: '/staff/',
      createdAt: services.clock(),
    })
  })

  test('refuses a name that differs in case or path only, but not that of a user', async () => {
    await account.createTestUser({ name: 'Admins' })
    await create('Admins')
    expect(await refusal(() => create('ADMINS', '/other/'))).toEqual({
      code: 'EntityAlreadyExists',
      message: 'Group with name ADMINS already exists.',
    })
  })

  test('refuses the 301st group of an account', async () => {
    const { accountId } = account
    await services.db.group.createMany({
      data: Array.from({ length: 299 }, (_, n) => ({
        accountId,
        id: `AGPA${n}`,
        name: `g${n}`,
        nameKey: `g${n}`,
        createdAt: services.clock(),
      })),
    })
    await create('last')
    expect((await refusal(() => create('more'))).message).toBe('Cannot exceed quota for GroupsPerAccount: 300')
  })

  test('refuses what cannot be a name or a path', async () => {
    expect(await refusal(() => create('a b'))).toEqual({
      code: 'ValidationError',
      message:
        'The specified value for groupName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    })
    expect((await refusal(() => create('x'.repeat(129)))).code).toBe('ValidationError')
    expect((await refusal(() => create('a', 'staff'))).code).toBe('ValidationError')
  })

  test('is recorded', async () => {
    await create('Admins')
    expect(await auditTrail(services, account.accountId)).toMatchObject([
      { action: 'iam:CreateGroup', result: 'SUCCESS', detail: { groupName: 'Admins', path: '/' } },
    ])
  })
})

describe('updateGroup', () => {
  test('renames and moves, keeping id, members and policies', async () => {
    const { id } = await create('Admins')
    await account.createTestUser({ name: 'bob' })
    await add('admins', 'bob')
    expect(await update('ADMINS', { newGroupName: 'Operators', newPath: '/ops/' })).toMatchObject({
      id,
      name: 'Operators',
      nameKey: 'operators',
      path: '/ops/',
    })
    expect(await services.db.groupMember.count({ where: { groupId: id } })).toBe(1)
  })

  test('refuses the name of another group, and a group that is not there', async () => {
    await create('Admins')
    await create('Operators')
    expect((await refusal(() => update('Admins', { newGroupName: 'operators' }))).code).toBe('EntityAlreadyExists')
    // Its own name in another case is taken, too.
    expect((await refusal(() => update('Admins', { newGroupName: 'ADMINS' }))).code).toBe('EntityAlreadyExists')
    expect(await refusal(() => update('nobody', { newPath: '/x/' }))).toEqual(NO_GROUP)
  })
})

describe('deleteGroup', () => {
  test('is refused while the group has members or policies, one reason after the other', async () => {
    const policy = await account.createTestPolicy({ name: 'p', document: {} })
    await account.createTestUser({ name: 'bob' })
    await create('Admins')
    await add('Admins', 'bob')
    await put('Admins', 'inline')
    await attach('Admins', policy.arn)
    const blocked = async () => (await refusal(() => remove('admins'))).message
    expect(await blocked()).toBe('Cannot delete entity, must remove users from group first.')
    await part('Admins', 'bob')
    expect(await blocked()).toBe('Cannot delete entity, must delete policies first.')
    await drop('Admins', 'inline')
    expect(await blocked()).toBe('Cannot delete entity, must detach all policies first.')
    await detach('Admins', policy.arn)
    expect(await remove('admins')).toMatchObject({ name: 'Admins' })
    expect(await refusal(() => remove('nobody'))).toEqual(NO_GROUP)
  })
})

describe('membership', () => {
  test('begins and ends, by names in any case, and beginning twice is the same', async () => {
    const bob = await account.createTestUser({ name: 'Bob' })
    const group = await create('Admins')
    for (const name of ['bob', 'BOB']) {
      expect(await add('admins', name)).toMatchObject({ group: { id: group.id }, user: { id: bob.id } })
    }
    expect(await services.db.groupMember.findMany()).toEqual([
      { accountId: account.accountId, groupId: group.id, userId: bob.id, addedAt: services.clock() },
    ])
    await part('ADMINS', 'bob')
    expect(await services.db.groupMember.count()).toBe(0)
    expect(await refusal(() => part('Admins', 'bob'))).toEqual({
      code: 'NoSuchEntity',
      message: 'User bob not in group Admins',
    })
  })

  test('is possible in ten groups; an eleventh is refused, one of the ten again is not', async () => {
    await account.createTestUser({ name: 'bob' })
    for (let n = 0; n <= 10; n++) await create(`g${n}`)
    for (let n = 0; n < 10; n++) await add(`g${n}`, 'bob')
    expect(await refusal(() => add('g10', 'bob'))).toEqual({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for GroupsPerUser: 10',
    })
    await add('g9', 'bob')
  })

  test('needs a group and a user, and root is none', async () => {
    await account.createTestUser({ name: 'bob' })
    await create('Admins')
    expect(await refusal(() => add('nobody', 'nobody'))).toEqual(NO_GROUP)
    expect((await refusal(() => add('Admins', 'nobody'))).message).toBe('The user with name nobody cannot be found.')
    expect((await refusal(() => add('Admins', '<root_account>'))).code).toBe('ValidationError')
    expect(await refusal(() => part('nobody', 'bob'))).toEqual(NO_GROUP)
  })

  test('keeps a user from being deleted', async () => {
    await account.createTestUser({ name: 'bob', accessKeys: 0 })
    await create('Admins')
    await add('Admins', 'bob')
    expect(await refusal(removeBob)).toEqual({
      code: 'DeleteConflict',
      message: 'Cannot delete entity, must remove users from group first.',
    })
    await part('Admins', 'bob')
    expect(await removeBob()).toMatchObject({ name: 'bob' })
  })

  test('bumps the policy epoch, because it gives and takes permissions', async () => {
    await account.createTestUser({ name: 'bob' })
    await create('Admins')
    const before = await epochOf(services, account.accountId)
    await add('Admins', 'bob')
    await part('Admins', 'bob')
    expect(await epochOf(services, account.accountId)).toBe(before + 2n)
  })
})

describe('inline policies of a group', () => {
  test('are written, overwritten in any case of the name, and deleted', async () => {
    const { id } = await create('Admins')
    expect(await put('admins', 'Access')).toMatchObject({ groupId: id, name: 'Access', document: DOCUMENT })
    const other = DOCUMENT.replace('Allow', 'Deny')
    expect(await put('admins', 'ACCESS', other)).toMatchObject({ name: 'Access', document: other })
    expect(await services.db.groupPolicy.count()).toBe(1)
    expect(await drop('admins', 'access')).toMatchObject({ name: 'Access' })
    expect(await refusal(() => drop('admins', 'access'))).toEqual({
      code: 'NoSuchEntity',
      message: 'The group policy with name access cannot be found.',
    })
  })

  test('take 5120 characters together, and not one more', async () => {
    await create('Admins')
    await put('admins', 'A', documentOfSize(3000))
    expect(await refusal(() => put('admins', 'B', documentOfSize(2121)))).toEqual({
      code: 'LimitExceeded',
      message: 'Maximum policy size of 5120 bytes exceeded for group Admins',
    })
    await put('admins', 'B', documentOfSize(2120))
    await put('admins', 'a', documentOfSize(3000))
  })

  test('report a missing group before a malformed document', async () => {
    await create('Admins')
    expect(await refusal(() => put('nobody', 'A', '{'))).toEqual(NO_GROUP)
    expect((await refusal(() => put('admins', 'A', '{'))).code).toBe('MalformedPolicyDocument')
    expect(await refusal(() => drop('nobody', 'A'))).toEqual(NO_GROUP)
  })
})

describe('managed policies of a group', () => {
  test('are attached, twice is the same, and detached', async () => {
    const { id, arn } = await account.createTestPolicy({ name: 'p', document: {} })
    const group = await create('Admins')
    for (let n = 0; n < 2; n++) {
      expect(await attach('admins', arn)).toMatchObject({ holder: { id: group.id }, policy: { id } })
    }
    expect(await services.db.groupPolicyAttachment.count()).toBe(1)
    await detach('admins', arn)
    expect(await refusal(() => detach('admins', arn))).toEqual({
      code: 'NoSuchEntity',
      message: `Policy ${arn} was not found.`,
    })
  })

  test('are ten at most', async () => {
    await create('Admins')
    const arns: string[] = []
    for (let n = 0; n <= 10; n++) arns.push((await account.createTestPolicy({ name: `p${n}`, document: {} })).arn)
    for (const arn of arns.slice(0, 10)) await attach('admins', arn)
    expect(await refusal(() => attach('admins', arns[10]!))).toEqual({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for PoliciesPerGroup: 10',
    })
    await attach('admins', arns[0]!)
  })

  test('must exist, as must the group', async () => {
    await create('Admins')
    const missing = `arn:aws:iam::${account.accountId}:policy/missing`
    expect(await refusal(() => attach('admins', missing))).toEqual({
      code: 'NoSuchEntity',
      message: `Policy ${missing} does not exist or is not attachable.`,
    })
    expect(await refusal(() => attach('nobody', missing))).toEqual(NO_GROUP)
    expect(await refusal(() => detach('nobody', missing))).toEqual(NO_GROUP)
  })

  test('cannot be deleted while they are attached', async () => {
    const { arn } = await account.createTestPolicy({ name: 'p', document: {} })
    await create('Admins')
    await attach('admins', arn)
    const removePolicy = async () => await deletePolicy(await call('DeletePolicy'), { policyArn: arn })
    expect(await refusal(removePolicy)).toEqual({
      code: 'DeleteConflict',
      message: 'Cannot delete a policy attached to entities.',
    })
    await detach('admins', arn)
    await removePolicy()
  })
})
