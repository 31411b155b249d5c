import { beforeEach, describe, expect, test } from 'vitest'
import { deleteUserPolicy, putUserPolicy } from '../../../src/iam/held-policies/inline-policies.ts'
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
  bob = await account.createTestUser({ name: 'Bob', accessKeys: 0 })
})

const DOCUMENT = '{\n\t"Statement": {"Effect":"Allow", "Action":"s3:*", "Resource":"*"}\n}\n'
/** A document of so many characters, blanks between tokens not counted. */
const documentOfSize = (size: number) => {
  const empty = '{"Statement":{"Sid":"","Effect":"Allow","Action":"s3:Get","Resource":"*"}}'
  return empty.replace('""', `"${'x'.repeat(size - empty.length)}"`).replaceAll(',', '\n ,')
}
const put = async (policyName: string, policyDocument = DOCUMENT, userName = 'bob') =>
  await putUserPolicy(await callAs(services, account.root, 'iam:PutUserPolicy'), {
    userName,
    policyName,
    policyDocument,
  })
const remove = async (policyName: string, userName = 'bob') =>
  await deleteUserPolicy(await callAs(services, account.root, 'iam:DeleteUserPolicy'), { userName, policyName })
const stored = async () =>
  (await services.db.userPolicy.findMany({ orderBy: { nameKey: 'asc' } })).map(({ name, document }) => [name, document])
const TOO_LONG = { code: 'LimitExceeded', message: 'Maximum policy size of 2048 bytes exceeded for user Bob' }

describe('putUserPolicy', () => {
  test('keeps the text as it was written, also without Version', async () => {
    expect(await put('Access')).toEqual({
      accountId: account.accountId,
      userId: bob.id,
      name: 'Access',
      nameKey: 'access',
      document: DOCUMENT,
      updatedAt: services.clock(),
    })
  })

  test('overwrites the policy of that name in any case; the name stays as it was created', async () => {
    await put('Access')
    services.clock.advance(1000)
    const other = DOCUMENT.replace('Allow', 'Deny')
    expect(await put('ACCESS', other)).toMatchObject({ name: 'Access', updatedAt: services.clock() })
    expect(await stored()).toEqual([['Access', other]])
  })

  test('takes 2048 characters for all policies together, without white space, and not one more', async () => {
    await put('A', documentOfSize(1000))
    expect(await refusal(() => put('B', documentOfSize(1049)))).toEqual(TOO_LONG)
    await put('B', documentOfSize(1048))
    expect(await refusal(() => put('B', documentOfSize(1049)))).toEqual(TOO_LONG)
    await put('a', documentOfSize(500))
    await put('B', documentOfSize(1548))
    const other = await account.createTestUser({ name: 'Other' })
    await put('A', documentOfSize(2048), other.name)
  })

  test('refuses a malformed document, says where, and keeps what was there', async () => {
    await put('Access')
    await expect(
      put('Access', '{"Statement":\n {"Effect":"Allow","Action":"s3","Resource":"*"}}'),
    ).rejects.toMatchObject({
      code: 'MalformedPolicyDocument',
      message: 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
      details: { path: '$.Statement.Action', line: 2 },
    })
    expect(await stored()).toEqual([['Access', DOCUMENT]])
    expect((await auditTrail(services, account.accountId)).map(({ errorCode }) => errorCode)).toContain(
      'MalformedPolicyDocument',
    )
  })

  test('reports the missing user before the malformed document', async () => {
    expect(await refusal(() => put('Access', '{', 'nobody'))).toEqual({
      code: 'NoSuchEntity',
      message: 'The user with name nobody cannot be found.',
    })
  })

  test('refuses names and texts that cannot be before anything is looked for', async () => {
    expect((await refusal(() => put('a b', DOCUMENT, 'nobody'))).message).toContain('policyName')
    expect((await refusal(() => put('A', '', 'nobody'))).message).toContain('policyDocument')
  })

  test('bumps the policy epoch and is recorded with the text', async () => {
    const before = await epochOf(services, account.accountId)
    await put('Access')
    expect(await epochOf(services, account.accountId)).toBe(before + 1n)
    expect(await auditTrail(services, account.accountId)).toMatchObject([
      {
        action: 'iam:PutUserPolicy',
        result: 'SUCCESS',
        detail: { userName: 'bob', policyName: 'Access', policyDocument: DOCUMENT },
      },
    ])
  })
})

describe('deleteUserPolicy', () => {
  test('deletes the policy of that name in any case, of that user only', async () => {
    const other = await account.createTestUser({ name: 'Other' })
    await put('Access')
    await put('Access', DOCUMENT, other.name)
    expect(await remove('access')).toMatchObject({ name: 'Access', userId: bob.id })
    expect(await services.db.userPolicy.findMany()).toMatchObject([{ userId: other.id }])
  })

  test('does not find a policy or a user that is not there', async () => {
    expect(await refusal(() => remove('Access'))).toEqual({
      code: 'NoSuchEntity',
      message: 'The user policy with name Access cannot be found.',
    })
    expect(await refusal(() => remove('Access', 'nobody'))).toEqual({
      code: 'NoSuchEntity',
      message: 'The user with name nobody cannot be found.',
    })
  })
})
