import { beforeEach, describe, expect, test } from 'vitest'
import type { TagInput } from '../../../src/iam/tags/tag-rules.ts'
import { tagUser, untagUser } from '../../../src/iam/users/tag-user.ts'
import { auditTrail, callAs, epochOf, refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount, type TestUser } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

let services: TestServices
let account: SeededAccount
let bob: TestUser

beforeEach(async () => {
  services = testServices(await freshDatabase())
  account = await seedAccount(services)
  bob = await account.createTestUser({ name: 'Bob', accessKeys: 0, tags: { Department: 'Sales' } })
})

const tag = async (tags: TagInput[], userName = 'bob') =>
  await tagUser(await callAs(services, account.root, 'iam:TagUser'), { userName, tags })
const untag = async (tagKeys: string[], userName = 'bob') =>
  await untagUser(await callAs(services, account.root, 'iam:UntagUser'), { userName, tagKeys })
const tagsOfBob = async () =>
  (await services.db.userTag.findMany({ where: { userId: bob.id }, orderBy: { keyFold: 'asc' } })).map(
    ({ key, value }) => `${key}=${value}`,
  )
const many = (count: number, from = 0): TagInput[] =>
  Array.from({ length: count }, (_, n) => ({ key: `k${from + n}`, value: '' }))

describe('tagUser', () => {
  test('adds tags beside those that are there', async () => {
    expect(await tag([{ key: 'Team', value: '' }])).toMatchObject({ id: bob.id, name: 'Bob' })
    expect(await tagsOfBob()).toEqual(['Department=Sales', 'Team='])
  })

  test('replaces a tag whose key differs in case only; the new spelling stays', async () => {
    await tag([{ key: 'department', value: 'Ops' }])
    expect(await tagsOfBob()).toEqual(['department=Ops'])
  })

  test('folds letters beyond ASCII as well', async () => {
    await tag([{ key: 'Größe', value: '1' }])
    await tag([{ key: 'GRÖßE', value: '2' }])
    expect(await tagsOfBob()).toEqual(['Department=Sales', 'GRÖßE=2'])
  })

  test('refuses the 51st tag and writes none of the call; replacing stays possible', async () => {
    await tag(many(49))
    const before = await tagsOfBob()
    expect(await refusal(() => tag([{ key: 'k0', value: 'changed' }, ...many(1, 49)]))).toEqual({
      code: 'LimitExceeded',
      message: 'The number of tags has reached the maximum limit.',
    })
    expect(await tagsOfBob()).toEqual(before)
    await tag([{ key: 'K0', value: 'changed' }])
    expect(await tagsOfBob()).toContain('K0=changed')
  })

  test('does not find users that do not exist', async () => {
    expect(await refusal(() => tag(many(1), 'nobody'))).toEqual({
      code: 'NoSuchEntity',
      message: 'The user with name nobody cannot be found.',
    })
  })

  test('checks the tags before the user', async () => {
    expect((await refusal(() => tag([{ key: 'aws:x', value: '' }], 'nobody'))).code).toBe('InvalidInput')
  })

  test('bumps the policy epoch, because tags take part in decisions, and is recorded', async () => {
    const before = await epochOf(services, account.accountId)
    await tag([{ key: 'Team', value: 'Ops' }])
    expect(await epochOf(services, account.accountId)).toBe(before + 1n)
    expect(await auditTrail(services, account.accountId)).toMatchObject([
      { action: 'iam:TagUser', result: 'SUCCESS', detail: { userName: 'bob', tags: ['Team=Ops'] } },
    ])
  })
})

describe('untagUser', () => {
  test('takes tags away without regard to case and ignores keys that are not there', async () => {
    await tag([{ key: 'Team', value: 'Ops' }])
    expect(await untag(['DEPARTMENT', 'nothing'])).toMatchObject({ id: bob.id })
    expect(await tagsOfBob()).toEqual(['Team=Ops'])
  })

  test('does not find users that do not exist, and records the attempt', async () => {
    expect((await refusal(() => untag(['a'], 'nobody'))).code).toBe('NoSuchEntity')
    expect(await auditTrail(services, account.accountId)).toMatchObject([
      { action: 'iam:UntagUser', result: 'FAILURE', errorCode: 'NoSuchEntity', detail: { userName: 'nobody' } },
    ])
  })
})
