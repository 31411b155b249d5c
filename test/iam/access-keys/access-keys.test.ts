import { beforeEach, describe, expect, test } from 'vitest'
import type { User } from '../../../src/generated/prisma/client.ts'
import { createAccessKey, type CreateAccessKeyInput } from '../../../src/iam/access-keys/create-access-key.ts'
import { deleteAccessKey, type DeleteAccessKeyInput } from '../../../src/iam/access-keys/delete-access-key.ts'
import { updateAccessKey, type UpdateAccessKeyInput } from '../../../src/iam/access-keys/update-access-key.ts'
import { accountOfAccessKeyId } from '../../../src/iam/identifiers.ts'
import { auditTrail, callAs, epochOf, refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount, type TestUser } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

let services: TestServices
let account: SeededAccount
let alice: TestUser
let bob: TestUser

beforeEach(async () => {
  services = testServices(await freshDatabase())
  account = await seedAccount(services)
  alice = await account.createTestUser({ name: 'Alice', accessKeys: 0 })
  bob = await account.createTestUser({ name: 'Bob', accessKeys: 0 })
})

const create = async (caller: User, input: CreateAccessKeyInput = {}) =>
  await createAccessKey(await callAs(services, caller, 'iam:CreateAccessKey'), input)
const update = async (caller: User, input: UpdateAccessKeyInput) =>
  await updateAccessKey(await callAs(services, caller, 'iam:UpdateAccessKey'), input)
const remove = async (caller: User, input: DeleteAccessKeyInput) =>
  await deleteAccessKey(await callAs(services, caller, 'iam:DeleteAccessKey'), input)

const keysOf = (user: User) => services.db.accessKey.findMany({ where: { userId: user.id } })
const tagsOf = async (user: User) =>
  (await services.db.userTag.findMany({ where: { userId: user.id } })).map(({ key, value }) => `${key}=${value}`)
const fillTags = (user: User, count: number) =>
  services.db.userTag.createMany({
    data: Array.from({ length: count }, (_, n) => ({
      accountId: account.accountId,
      userId: user.id,
      keyFold: `t${n}`,
      key: `t${n}`,
      value: '',
    })),
  })
const UNKNOWN_ID = 'AKIARZPUZDIKFABCDEF2'
const keyNotFound = (id: string) => ({
  code: 'NoSuchEntity',
  message: `The Access Key with id ${id} cannot be found`,
})
const TOO_MANY_KEYS = { code: 'LimitExceeded', message: 'Cannot exceed quota for AccessKeysPerUser: 2' }
const TOO_MANY_TAGS = { code: 'LimitExceeded', message: 'The number of tags has reached the maximum limit.' }

describe('createAccessKey', () => {
  test('makes an active key of the caller when nobody is named', async () => {
    const { accessKey, secretAccessKey } = await create(alice)
    expect(accessKey).toEqual({
      accountId: account.accountId,
      id: accessKey.id,
      userId: alice.id,
      status: 'ACTIVE',
      createdAt: services.clock(),
      lastUsedAt: null,
      lastUsedService: null,
      lastUsedRegion: null,
      lastUsedOperation: null,
      lastUsedSourceIp: null,
    })
    expect(accessKey.id).toMatch(/^AKIA[A-Z2-7]{16}$/)
    expect(accountOfAccessKeyId(accessKey.id)).toBe(account.accountId)
    expect(secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/)
  })

  test('makes a key of the user that is named, in any case', async () => {
    const { accessKey } = await create(alice, { userName: 'bOB' })
    expect(accessKey.userId).toBe(bob.id)
  })

  test('gives the file of the console: a header and one row', async () => {
    const { accessKey, secretAccessKey, csv } = await create(alice)
    expect(csv).toBe(`Access key ID,Secret access key\n${accessKey.id},${secretAccessKey}`)
  })

  test('stores the secret sealed to its row: readable nowhere, and opened only as this key', async () => {
    const { accessKey, secretAccessKey } = await create(alice, { description: 'laptop', clientToken: 'token-1' })
    const [row] = await keysOf(alice)
    const sealed = { ciphertext: row!.secret, keyId: row!.secretKeyId }
    expect(
      Buffer.from(services.secrets.open(sealed, `access-key:${account.accountId}:${accessKey.id}`)).toString(),
    ).toBe(secretAccessKey)
    expect(() => services.secrets.open(sealed, `access-key:${account.accountId}:${UNKNOWN_ID}`)).toThrow()
    const stored = JSON.stringify([
      Buffer.from(row!.secret).toString('latin1'),
      await services.db.clientToken.findMany(),
      await services.db.userTag.findMany(),
      (await auditTrail(services, account.accountId)).map(({ detail }) => detail),
    ])
    expect(stored).not.toContain(secretAccessKey)
    expect(stored).not.toContain('token-1')
  })

  test('refuses the third key, also when one is inactive', async () => {
    const { accessKey } = await create(alice)
    await create(alice)
    await update(alice, { accessKeyId: accessKey.id, status: 'INACTIVE' })
    expect(await refusal(() => create(alice))).toEqual(TOO_MANY_KEYS)
    await create(bob)
    await remove(alice, { accessKeyId: accessKey.id })
    await create(alice)
  })

  test('called ten times at once leaves exactly two keys', async () => {
    const calls = await Promise.all(Array.from({ length: 10 }, () => callAs(services, alice, 'iam:CreateAccessKey')))
    const results = await Promise.allSettled(calls.map((call) => createAccessKey(call, {})))
    const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.accessKey.id] : []))
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    expect(made).toHaveLength(2)
    expect(refused).toHaveLength(8)
    for (const reason of refused) expect(reason).toMatchObject(TOO_MANY_KEYS)
    expect(new Set((await keysOf(alice)).map(({ id }) => id))).toEqual(new Set(made))
    const outcomes = (await auditTrail(services, account.accountId)).map(({ result }) => result)
    expect(outcomes.filter((result) => result === 'SUCCESS')).toHaveLength(2)
    expect(outcomes.filter((result) => result === 'FAILURE')).toHaveLength(8)
  })

  test("makes root's own keys, two of them, and no name leads to them", async () => {
    const { accessKey } = await create(account.root)
    expect(accessKey.userId).toBe(account.root.id)
    await create(account.root)
    expect(await refusal(() => create(account.root))).toEqual(TOO_MANY_KEYS)
    expect(await refusal(() => remove(alice, { accessKeyId: accessKey.id }))).toEqual(keyNotFound(accessKey.id))
    await remove(account.root, { accessKeyId: accessKey.id })
  })

  test('does not find users that do not exist', async () => {
    expect(await refusal(() => create(alice, { userName: 'nobody' }))).toEqual({
      code: 'NoSuchEntity',
      message: 'The user with name nobody cannot be found.',
    })
  })

  test('does not find a caller that was deleted since', async () => {
    await services.db.user.delete({ where: { accountId_id: { accountId: account.accountId, id: alice.id } } })
    expect(await refusal(() => create(alice))).toEqual({
      code: 'NoSuchEntity',
      message: 'The user with name Alice cannot be found.',
    })
  })

  test('follows a caller that was renamed since', async () => {
    const call = await callAs(services, alice, 'iam:CreateAccessKey')
    await services.db.user.update({
      where: { accountId_id: { accountId: account.accountId, id: alice.id } },
      data: { name: 'Alicia', nameKey: 'alicia' },
    })
    expect((await createAccessKey(call, {})).accessKey.userId).toBe(alice.id)
  })

  test('is authorized again, and refused, when the account changed in between', async () => {
    const call = await callAs(services, alice, 'iam:CreateAccessKey')
    await create(bob)
    const denied = new Error('no longer allowed')
    await expect(createAccessKey({ ...call, reauthorize: () => Promise.reject(denied) }, {})).rejects.toBe(denied)
    expect(await keysOf(alice)).toEqual([])
  })

  test('says nothing of what the account holds to who is no longer authorized', async () => {
    const call = await callAs(services, alice, 'iam:CreateAccessKey')
    await create(bob)
    const denied = new Error('no longer allowed')
    const reauthorize = () => Promise.reject(denied)
    await expect(createAccessKey({ ...call, reauthorize }, { userName: 'Nobody' })).rejects.toBe(denied)
    expect(await auditTrail(services, account.accountId)).toHaveLength(1)
  })

  test('is recorded with the key id, and bumps the policy epoch', async () => {
    const before = await epochOf(services, account.accountId)
    const { accessKey } = await create(alice, { description: 'laptop' })
    expect(await epochOf(services, account.accountId)).toBe(before + 1n)
    expect(await auditTrail(services, account.accountId)).toMatchObject([
      {
        action: 'iam:CreateAccessKey',
        result: 'SUCCESS',
        detail: { userName: 'Alice', description: 'laptop', accessKeyId: accessKey.id, replayed: false },
      },
    ])
  })
})

describe('the description of a key', () => {
  test('is the tag of the user whose key is the key id', async () => {
    const { accessKey } = await create(alice, { userName: 'Bob', description: 'CI: 部署' })
    expect(await tagsOf(bob)).toEqual([`${accessKey.id}=CI: 部署`])
    expect(await tagsOf(alice)).toEqual([])
  })

  test.each([null, undefined, ''])('that is %j makes no tag', async (description) => {
    await create(alice, { description })
    expect(await tagsOf(alice)).toEqual([])
  })

  test.each([
    ['longer than 256', 'x'.repeat(257), 'ValidationError'],
    ['with a comma', 'a,b', 'ValidationError'],
    ['with the reserved prefix', 'aws:x', 'InvalidInput'],
  ])('that is %s is refused, and no key is made or changed', async (_, description, code) => {
    expect((await refusal(() => create(alice, { description }))).code).toBe(code)
    expect(await keysOf(alice)).toEqual([])
    const { accessKey } = await create(alice, { description: 'laptop' })
    expect((await refusal(() => update(alice, { accessKeyId: accessKey.id, description }))).code).toBe(code)
    expect(await tagsOf(alice)).toEqual([`${accessKey.id}=laptop`])
  })

  test('counts as one of 50 tags: with 50 there is no key with a description, and no key at all is left behind', async () => {
    await fillTags(alice, 50)
    expect(await refusal(() => create(alice, { description: 'laptop' }))).toEqual(TOO_MANY_TAGS)
    expect(await keysOf(alice)).toEqual([])
    const { accessKey } = await create(alice)
    expect(await refusal(() => update(alice, { accessKeyId: accessKey.id, description: 'laptop' }))).toEqual(
      TOO_MANY_TAGS,
    )
  })

  test('is replaced by an update, kept by null, taken away by the empty string', async () => {
    const { accessKey } = await create(alice, { description: 'laptop' })
    const accessKeyId = accessKey.id
    await update(alice, { accessKeyId, description: 'desktop' })
    expect(await tagsOf(alice)).toEqual([`${accessKeyId}=desktop`])
    await update(alice, { accessKeyId, status: 'INACTIVE', description: null })
    expect(await tagsOf(alice)).toEqual([`${accessKeyId}=desktop`])
    await update(alice, { accessKeyId, description: '' })
    expect(await tagsOf(alice)).toEqual([])
  })

  test('goes with the key', async () => {
    const { accessKey } = await create(alice, { description: 'laptop' })
    const other = await create(alice, { description: 'phone' })
    await remove(alice, { accessKeyId: accessKey.id })
    expect(await tagsOf(alice)).toEqual([`${other.accessKey.id}=phone`])
  })
})

describe('a client token', () => {
  const clientToken = 'retry-1'

  test('answers a retry with the same key and secret, and makes no second key', async () => {
    const first = await create(alice, { description: 'laptop', clientToken })
    services.clock.advance(24 * 3600 * 1000 - 1)
    expect(await create(alice, { description: 'laptop', clientToken })).toEqual(first)
    expect(await keysOf(alice)).toHaveLength(1)
    expect(await auditTrail(services, account.accountId)).toMatchObject([
      { detail: { accessKeyId: first.accessKey.id, replayed: false } },
      { detail: { accessKeyId: first.accessKey.id, replayed: true } },
    ])
  })

  test('answers a retry when the quota is full', async () => {
    const first = await create(alice, { clientToken })
    await create(alice)
    expect(await create(alice, { clientToken })).toEqual(first)
  })

  test('means the same user, by default or by name in any case', async () => {
    const first = await create(alice, { clientToken })
    expect(await create(alice, { userName: 'ALICE', clientToken })).toEqual(first)
  })

  test('tells that the key was deactivated meanwhile', async () => {
    const { accessKey } = await create(alice, { clientToken })
    await update(alice, { accessKeyId: accessKey.id, status: 'INACTIVE' })
    expect((await create(alice, { clientToken })).accessKey.status).toBe('INACTIVE')
  })

  test('makes one key when its requests come at the same time', async () => {
    const calls = await Promise.all(Array.from({ length: 5 }, () => callAs(services, alice, 'iam:CreateAccessKey')))
    const results = await Promise.all(calls.map((call) => createAccessKey(call, { clientToken })))
    expect(new Set(results.map(({ csv }) => csv)).size).toBe(1)
    expect(await keysOf(alice)).toHaveLength(1)
  })

  test.each([
    ['another user', { userName: 'Bob' }],
    ['a description', { description: 'laptop' }],
  ])('with %s is another request and refused', async (_, input) => {
    await create(alice, { clientToken })
    expect(await refusal(() => create(alice, { ...input, clientToken }))).toEqual({
      code: 'InvalidInput',
      message: 'The clientToken was already used with different input within the last 24 hours.',
    })
    expect(await services.db.accessKey.count()).toBe(1)
  })

  test('of another caller is another token, also for the same user', async () => {
    const first = await create(alice, { userName: 'Bob', clientToken })
    const second = await create(bob, { userName: 'Bob', clientToken })
    expect(second.accessKey.id).not.toBe(first.accessKey.id)
    expect(second.secretAccessKey).not.toBe(first.secretAccessKey)
  })

  test('does not bring back a key that was deleted', async () => {
    const { accessKey } = await create(alice, { clientToken })
    await remove(alice, { accessKeyId: accessKey.id })
    expect(await refusal(() => create(alice, { clientToken }))).toEqual(keyNotFound(accessKey.id))
    expect(await keysOf(alice)).toEqual([])
  })

  test('is forgotten after 24 hours', async () => {
    const first = await create(alice, { clientToken })
    services.clock.advance(24 * 3600 * 1000)
    const second = await create(alice, { clientToken })
    expect(second.accessKey.id).not.toBe(first.accessKey.id)
    expect(await create(alice, { clientToken })).toEqual(second)
  })

  test('of a request that failed is free for the next', async () => {
    await create(alice)
    const { accessKey } = await create(alice)
    expect(await refusal(() => create(alice, { clientToken }))).toEqual(TOO_MANY_KEYS)
    await remove(alice, { accessKeyId: accessKey.id })
    await create(alice, { clientToken })
  })
})

describe('updateAccessKey', () => {
  test('deactivates and activates; the status that is there already is accepted', async () => {
    const { accessKey } = await create(alice)
    for (const status of ['INACTIVE', 'INACTIVE', 'ACTIVE', 'ACTIVE'] as const) {
      expect(await update(alice, { accessKeyId: accessKey.id, status })).toEqual({ ...accessKey, status })
    }
  })

  test('hands out no secret, whatever it changes', async () => {
    const { accessKey } = await create(alice)
    for (const change of [{ status: 'INACTIVE' as const }, { description: 'x' }]) {
      const after = await update(alice, { accessKeyId: accessKey.id, ...change })
      expect(Object.keys(after).filter((key) => key.startsWith('secret'))).toEqual([])
    }
  })

  test('demands something to do', async () => {
    const { accessKey } = await create(alice)
    expect(await refusal(() => update(alice, { accessKeyId: accessKey.id, status: null }))).toEqual({
      code: 'ValidationError',
      message: "1 validation error detected: Value at 'status' failed to satisfy constraint: Member must not be null",
    })
  })

  test('knows no key of another user, and none that does not exist', async () => {
    const { accessKey } = await create(bob)
    for (const accessKeyId of [accessKey.id, UNKNOWN_ID, 'AKIAIOSFODNN7EXAMPLE1234']) {
      expect(await refusal(() => update(alice, { accessKeyId, status: 'INACTIVE' }))).toEqual(keyNotFound(accessKeyId))
    }
    expect(await keysOf(bob)).toMatchObject([{ status: 'ACTIVE' }])
    await update(alice, { userName: 'bob', accessKeyId: accessKey.id, status: 'INACTIVE' })
    expect(await keysOf(bob)).toMatchObject([{ status: 'INACTIVE' }])
  })

  test('knows no key of another account', async () => {
    const other = await seedAccount(services, { accountId: '999999999999' })
    const eve = await other.createTestUser({ name: 'Alice' })
    const accessKeyId = eve.accessKeys[0]!.id
    expect(await refusal(() => update(alice, { userName: 'Alice', accessKeyId, status: 'INACTIVE' }))).toEqual(
      keyNotFound(accessKeyId),
    )
  })

  test('bumps the policy epoch and is recorded', async () => {
    const { accessKey } = await create(alice)
    const before = await epochOf(services, account.accountId)
    services.clock.advance(1)
    await update(alice, { accessKeyId: accessKey.id, status: 'INACTIVE' })
    expect(await epochOf(services, account.accountId)).toBe(before + 1n)
    expect((await auditTrail(services, account.accountId)).at(-1)).toMatchObject({
      action: 'iam:UpdateAccessKey',
      result: 'SUCCESS',
      detail: { userName: 'Alice', accessKeyId: accessKey.id, status: 'INACTIVE', description: null },
    })
  })
})

describe('deleteAccessKey', () => {
  test('deletes an active key and answers with what it was, without its secret', async () => {
    const { accessKey } = await create(alice)
    expect(await remove(alice, { accessKeyId: accessKey.id })).toEqual(accessKey)
    expect(await keysOf(alice)).toEqual([])
  })

  test('refuses an active key when asked to, as the console does', async () => {
    const { accessKey } = await create(alice, { description: 'laptop' })
    const input = { accessKeyId: accessKey.id, requireInactive: true }
    expect(await refusal(() => remove(alice, input))).toEqual({
      code: 'DeleteConflict',
      message: 'Cannot delete entity, must deactivate the access key first.',
    })
    expect(await tagsOf(alice)).toEqual([`${accessKey.id}=laptop`])
    await update(alice, { accessKeyId: accessKey.id, status: 'INACTIVE' })
    await remove(alice, input)
  })

  test('does not find a key twice, nor that of another user', async () => {
    const { accessKey } = await create(bob)
    expect(await refusal(() => remove(alice, { accessKeyId: accessKey.id }))).toEqual(keyNotFound(accessKey.id))
    await remove(alice, { userName: 'Bob', accessKeyId: accessKey.id })
    expect(await refusal(() => remove(alice, { userName: 'Bob', accessKeyId: accessKey.id }))).toEqual(
      keyNotFound(accessKey.id),
    )
  })

  test('is recorded, also when it fails', async () => {
    await refusal(() => remove(alice, { accessKeyId: UNKNOWN_ID }))
    expect(await auditTrail(services, account.accountId)).toMatchObject([
      {
        action: 'iam:DeleteAccessKey',
        result: 'FAILURE',
        errorCode: 'NoSuchEntity',
        detail: { userName: 'Alice', accessKeyId: UNKNOWN_ID, requireInactive: false },
      },
    ])
  })
})

test('a rotation of six steps never leaves the user without a working key', async () => {
  const old = await create(alice)
  const fresh = await create(alice)
  const active = async () => (await keysOf(alice)).filter(({ status }) => status === 'ACTIVE').length
  expect(await active()).toBe(2)
  await update(alice, { accessKeyId: old.accessKey.id, status: 'INACTIVE' })
  expect(await active()).toBe(1)
  await update(alice, { accessKeyId: old.accessKey.id, status: 'ACTIVE' })
  await update(alice, { accessKeyId: old.accessKey.id, status: 'INACTIVE' })
  await remove(alice, { accessKeyId: old.accessKey.id, requireInactive: true })
  expect((await keysOf(alice)).map(({ id }) => id)).toEqual([fresh.accessKey.id])
})
