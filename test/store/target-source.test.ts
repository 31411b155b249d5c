import { beforeEach, expect, test } from 'vitest'
import type { TargetSource } from '../../src/access/sources.ts'
import { createTargetSource } from '../../src/store/target-source.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { type SeededAccount, seedAccount, type TestUser } from '../support/seed-account.ts'
import { testServices } from '../support/services.ts'

let database: TestDatabase
let account: SeededAccount
let boundaryId: string
let alice: TestUser
let source: TargetSource

beforeEach(async () => {
  database = await freshDatabase()
  account = await seedAccount(testServices(database))
  const boundary = await account.createTestPolicy({ name: 'Boundary', path: '/b/', document: {} })
  boundaryId = boundary.id
  alice = await account.createTestUser({ name: 'Alice', path: '/ops/', tags: { team: 'red' }, boundary: boundary.id })
  source = createTargetSource(database.pool)
})

const target = () => ({
  arn: `arn:aws:iam::${account.accountId}:user/ops/Alice`,
  tags: [{ key: 'team', value: 'red' }],
  boundaryArn: `arn:aws:iam::${account.accountId}:policy/b/Boundary`,
})

test('a user is found by name in any case, by id and by key, always as it is stored', async () => {
  expect(await source.find('user', account.accountId, 'aLiCe')).toEqual(target())
  expect(await source.findUserById(account.accountId, alice.id)).toEqual(target())
  expect(await source.findAccessKeyOwner(account.accountId, alice.accessKeys[0]!.id)).toEqual(target())
})

test('a user without tags and boundary has none', async () => {
  await account.createTestUser({ name: 'bob' })
  expect(await source.find('user', account.accountId, 'bob')).toMatchObject({ tags: [], boundaryArn: null })
})

test('the root user has no name to be found by; its id and its keys lead to the root ARN', async () => {
  const root = { arn: `arn:aws:iam::${account.accountId}:root`, tags: [], boundaryArn: null }
  const key = await account.createTestAccessKey(account.accountId)
  expect(await source.find('user', account.accountId, '<root_account>')).toBeNull()
  expect(await source.findUserById(account.accountId, account.accountId)).toEqual(root)
  expect(await source.findAccessKeyOwner(account.accountId, key.id)).toEqual(root)
})

test('nothing is found in another account, nor by what cannot be a name', async () => {
  const elsewhere = '999999999999'
  expect(await source.find('user', elsewhere, 'Alice')).toBeNull()
  expect(await source.findUserById(elsewhere, alice.id)).toBeNull()
  expect(await source.findAccessKeyOwner(elsewhere, alice.accessKeys[0]!.id)).toBeNull()
  expect(await source.find('user', account.accountId, 'Alice\0')).toBeNull()
  expect(await source.find('user', account.accountId, '')).toBeNull()
})

test('tags of many users come at once, users that do not exist are left out', async () => {
  const bob = await account.createTestUser({ name: 'bob' })
  const tags = await source.loadTags('user', account.accountId, [alice.id, bob.id, 'AIDANOBODY'])
  expect(tags).toEqual(
    new Map([
      [alice.id, [{ key: 'team', value: 'red' }]],
      [bob.id, []],
    ]),
  )
  expect(await source.loadTags('user', account.accountId, [])).toEqual(new Map())
})

test('tags of policies and devices are found by the ARN as it is stored, and in one account only', async () => {
  const { accountId } = account
  const { db } = database
  const at = { createdAt: new Date(0) }
  await db.policyTag.createMany({
    data: ['team', 'Team'].map((key) => ({ accountId, policyId: boundaryId, key, value: 'red' })),
  })
  const device = { accountId, id: 'd1', name: 'Phone', path: '/b/', nameKey: '/b/phone', ...at }
  await db.mfaDevice.create({
    data: { ...device, seed: new Uint8Array(8), seedKeyId: 'none', tags: { create: { key: 'team', value: 'blue' } } },
  })
  const policyArn = `arn:aws:iam::${accountId}:policy/b/Boundary`
  const mfaArn = `arn:aws:iam::${accountId}:mfa/b/Phone`
  const arns = [policyArn, mfaArn, `${policyArn}\0`, 'no ARN', `arn:aws:iam::${accountId}:mfa/Phone`]
  expect(await source.loadTags('policy', accountId, arns)).toEqual(
    new Map([
      [
        policyArn,
        [
          { key: 'Team', value: 'red' },
          { key: 'team', value: 'red' },
        ],
      ],
    ]),
  )
  expect(await source.loadTags('mfa', accountId, arns)).toEqual(new Map([[mfaArn, [{ key: 'team', value: 'blue' }]]]))
  const spelled = await source.loadTags('policy', accountId, [policyArn.replace('Boundary', 'boundary')])
  expect([...spelled.keys()]).toEqual([policyArn])
  expect(await source.loadTags('policy', '999999999999', arns)).toEqual(new Map())
  expect(await source.loadTags('mfa', '999999999999', arns)).toEqual(new Map())
})
