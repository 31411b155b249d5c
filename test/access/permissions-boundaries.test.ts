import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  type Account,
  type Installation,
  openInstallation,
  policyOf,
  type TestCaller,
} from '../support/installation.ts'

let installation: Installation
let account: Account
let limit: { readonly id: string; readonly arn: string }
let loose: { readonly id: string; readonly arn: string }
let delegate: TestCaller

beforeAll(async () => {
  installation = await openInstallation()
})

afterAll(() => installation.stop())

/** Somebody who may set and take away one certain boundary only. */
beforeEach(async () => {
  account = await installation.openAccount()
  limit = await account.createTestPolicy({ name: 'Limit', document: policyOf([{ action: 's3:*' }]) })
  loose = await account.createTestPolicy({ name: 'Loose', document: policyOf([{ action: '*' }]) })
  delegate = await account.user({
    name: 'Delegate',
    allow: [
      {
        action: ['iam:PutUserPermissionsBoundary', 'iam:DeleteUserPermissionsBoundary'],
        when: { ArnEquals: { 'iam:PermissionsBoundary': limit.arn } },
      },
    ],
  })
})

const put = async (userName: string, permissionsBoundary: string) =>
  (
    await delegate.ask(
      `mutation ($input: PutUserPermissionsBoundaryInput!) { putUserPermissionsBoundary(input: $input) { user { name } } }`,
      { input: { userName, permissionsBoundary } },
    )
  ).codes
const remove = async (userName: string) =>
  (
    await delegate.ask(
      `mutation ($input: DeleteUserPermissionsBoundaryInput!) { deleteUserPermissionsBoundary(input: $input) { user { name } } }`,
      { input: { userName } },
    )
  ).codes

test('iam:PermissionsBoundary is the boundary that is being set, whatever is attached', async () => {
  await account.createTestUser({ name: 'Bounded', boundary: limit.id })
  await account.createTestUser({ name: 'Free' })
  expect(await put('Free', limit.arn)).toEqual([])
  expect(await put('Bounded', loose.arn)).toEqual(['AccessDenied'])
})

test('iam:PermissionsBoundary is the attached boundary when it is taken away, and absent where there is none', async () => {
  await account.createTestUser({ name: 'Bounded', boundary: limit.id })
  await account.createTestUser({ name: 'Loosely', boundary: loose.id })
  await account.createTestUser({ name: 'Free' })
  expect(await remove('Loosely')).toEqual(['AccessDenied'])
  expect(await remove('Free')).toEqual(['AccessDenied'])
  expect(await remove('Bounded')).toEqual([])
  expect(await remove('Bounded')).toEqual(['AccessDenied'])
})

test('a boundary counts with the very next request, set or taken away', async () => {
  const worker = await account.user({ name: 'Worker', allow: [{ action: '*' }] })
  const can = async () => (await worker.ask('{ user { name permissionsBoundary { arn } } }')).codes
  expect(await can()).toEqual([])
  expect(await put('Worker', limit.arn)).toEqual([])
  expect(await can()).toEqual(['AccessDenied'])
  expect(await remove('Worker')).toEqual([])
  expect(await can()).toEqual([])
})
