import { beforeEach, expect, test } from 'vitest'
import { createPolicySource } from '../../src/store/policy-source.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { type SeededAccount, seedAccount } from '../support/seed-account.ts'
import { testServices } from '../support/services.ts'

let database: TestDatabase
let account: SeededAccount
const load = (userId: string, accountId = account.accountId) =>
  createPolicySource(database.pool).loadPrincipal(accountId, userId)

beforeEach(async () => {
  database = await freshDatabase()
  account = await seedAccount(testServices(database))
})

test('everything that decides for a user comes in one answer, texts as they were written', async () => {
  const text = '{ "Version": "2012-10-17",\n\t"Statement": [] , "Id": "Ünïcode \\"quoted\\" \\\\ ÿ" }'
  const managed = await account.createTestPolicy({ name: 'Managed', path: '/team/', document: text })
  const boundary = await account.createTestPolicy({ name: 'Boundary', document: {} })
  const { id } = await account.createTestUser({
    name: 'alice',
    tags: { team: 'red', Site: 'Köln' },
    policies: { Zeta: text, alpha: {} },
    attached: [managed.id],
    boundary: boundary.id,
  })
  await account.createTestUser({
    name: 'bob',
    tags: { team: 'blue' },
    policies: { other: {} },
    attached: [boundary.id],
  })

  expect(await load(id)).toEqual({
    epoch: 0n,
    mayChangePassword: false,
    hasMfaDevice: false,
    tags: [
      { key: 'Site', value: 'Köln' },
      { key: 'team', value: 'red' },
    ],
    identity: [
      { id: `inline:${id}:alpha`, type: 'user-inline', name: 'alpha', text: '{}' },
      { id: `inline:${id}:Zeta`, type: 'user-inline', name: 'Zeta', text },
      { id: `${managed.id}:v1`, type: 'managed', name: 'Managed', arn: managed.arn, text },
    ],
    boundary: { id: `${boundary.id}:v1`, type: 'boundary', name: 'Boundary', arn: boundary.arn, text: '{}' },
  })
})

test('a user without anything has empty lists, and one that is gone or of another account is null', async () => {
  const { id } = await account.createTestUser({ name: 'alice' })
  expect(await load(id)).toEqual({
    epoch: 0n,
    mayChangePassword: false,
    hasMfaDevice: false,
    tags: [],
    identity: [],
    boundary: null,
  })
  expect(await load('AIDANOBODY')).toBeNull()
  expect(await load(id, '999999999999')).toBeNull()
})

test('only the default version counts, and a policy that lacks it fails instead of being left out', async () => {
  const { id: policyId } = await account.createTestPolicy({ name: 'p', document: 'one' })
  const { id } = await account.createTestUser({ name: 'alice', attached: [policyId] })
  const version = { accountId: account.accountId, policyId, createdAt: new Date() }
  await database.db.policyVersion.create({ data: { ...version, number: 2, document: 'two' } })
  const setDefault = (defaultVersion: number) =>
    database.db.policy.updateMany({ data: { latestVersion: 3, defaultVersion } })

  expect((await load(id))?.identity).toMatchObject([{ id: `${policyId}:v1`, text: 'one' }])
  await setDefault(2)
  expect((await load(id))?.identity).toMatchObject([{ id: `${policyId}:v2`, text: 'two' }])
  await setDefault(3)
  await expect(load(id)).rejects.toThrow(`Policy ${policyId} has no version v3.`)
})

test('the epoch is never newer than the policies beside it', async () => {
  const { accountId } = account
  const { id: userId } = await account.createTestUser({ name: 'alice', policies: { p: '0' } })
  const progress = { done: false }

  /** As every change does: the epoch first, then the work, in one transaction. */
  async function write() {
    for (let n = 1; n <= 60; n++) {
      await database.db.$transaction(
        async (tx) => {
          const { policyEpoch } = await tx.account.update({
            where: { id: accountId },
            data: { policyEpoch: { increment: 1 } },
          })
          await tx.userPolicy.updateMany({ where: { accountId, userId }, data: { document: String(policyEpoch) } })
        },
        { maxWait: 30_000, timeout: 30_000 },
      )
    }
    progress.done = true
  }

  const torn: unknown[] = []
  async function read() {
    while (!progress.done) {
      const found = await load(userId)
      if (String(found?.epoch) !== found?.identity[0]?.text) torn.push(found)
    }
  }

  await Promise.all([write(), read(), read(), read()])
  expect(torn).toEqual([])
  expect((await load(userId))?.epoch).toBe(60n)
})
