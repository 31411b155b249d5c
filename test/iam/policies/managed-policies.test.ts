import { beforeEach, describe, expect, test } from 'vitest'
import { attachUserPolicy, detachUserPolicy } from '../../../src/iam/held-policies/attached-policies.ts'
import { BUILT_IN_POLICIES } from '../../../src/iam/policies/built-in/index.ts'
import { type CreatePolicyInput, createPolicy } from '../../../src/iam/policies/create-policy.ts'
import { deletePolicy } from '../../../src/iam/policies/delete-policy.ts'
import {
  type CreatePolicyVersionInput,
  createPolicyVersion,
  deletePolicyVersion,
  setDefaultPolicyVersion,
} from '../../../src/iam/policies/policy-versions.ts'
import { ensureBuiltInPolicies } from '../../../src/store/built-in-policies.ts'
import { auditTrail, callAs, epochOf, refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount, type TestUser } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

let services: TestServices
let account: SeededAccount
let accountId: string
let bob: TestUser

beforeEach(async () => {
  services = testServices(await freshDatabase())
  account = await seedAccount(services)
  accountId = account.accountId
  bob = await account.createTestUser({ name: 'Bob', accessKeys: 0 })
})

const ARN = 'arn:aws:iam::123456789012:policy/Reader'
const allow = (action: string) =>
  `{ "Version": "2012-10-17",\n  "Statement": { "Effect": "Allow", "Action": "${action}", "Resource": "*" } }\n`
/** A document of so many characters, blanks between tokens not counted. */
const documentOfSize = (size: number) => {
  const empty = '{"Version":"2012-10-17","Statement":{"Sid":"","Effect":"Allow","Action":"s3:Get","Resource":"*"}}'
  return empty.replace('""', `"${'x'.repeat(size - empty.length)}"`).replaceAll(',', ' ,\n ')
}

const call = (action: string) => callAs(services, account.root, `iam:${action}`)
const create = async (input: Partial<CreatePolicyInput> = {}) =>
  await createPolicy(await call('CreatePolicy'), {
    policyName: 'Reader',
    policyDocument: allow('s3:GetObject'),
    ...input,
  })
const addVersion = async (input: Partial<CreatePolicyVersionInput> = {}) =>
  await createPolicyVersion(await call('CreatePolicyVersion'), {
    policyArn: ARN,
    policyDocument: allow('s3:PutObject'),
    ...input,
  })
const setDefault = async (versionId: string, policyArn = ARN) =>
  await setDefaultPolicyVersion(await call('SetDefaultPolicyVersion'), { policyArn, versionId })
const removeVersion = async (versionId: string, policyArn = ARN) =>
  await deletePolicyVersion(await call('DeletePolicyVersion'), { policyArn, versionId })
const remove = async (policyArn = ARN) => await deletePolicy(await call('DeletePolicy'), { policyArn })
const attach = async (policyArn = ARN, userName = 'bob') =>
  await attachUserPolicy(await call('AttachUserPolicy'), { userName, policyArn })
const detach = async (policyArn = ARN, userName = 'bob') =>
  await detachUserPolicy(await call('DetachUserPolicy'), { userName, policyArn })
const versions = async () =>
  (await services.db.policyVersion.findMany({ orderBy: { number: 'asc' } })).map(({ number }) => number)

const notFound = (arn: string) => ({ code: 'NoSuchEntity', message: `Policy ${arn} was not found.` })
const notAttachable = (arn: string) => ({
  code: 'NoSuchEntity',
  message: `Policy ${arn} does not exist or is not attachable.`,
})
const noVersion = (versionId: string) => ({
  code: 'NoSuchEntity',
  message: `Policy ${ARN} version ${versionId} does not exist or is not attachable.`,
})

describe('createPolicy', () => {
  test('makes a policy whose first version is in force and keeps the text as it was written', async () => {
    const policy = await create({ path: '/ops/', description: 'What readers need: 閱讀' })
    expect(policy).toMatchObject({
      accountId,
      name: 'Reader',
      nameKey: 'reader',
      path: '/ops/',
      description: 'What readers need: 閱讀',
      defaultVersion: 1,
      latestVersion: 1,
      createdAt: services.clock(),
      updatedAt: services.clock(),
    })
    expect(policy.id).toMatch(/^ANPA[A-Z2-7]{17}$/)
    expect(await services.db.policyVersion.findMany()).toEqual([
      { accountId, policyId: policy.id, number: 1, document: allow('s3:GetObject'), createdAt: services.clock() },
    ])
  })

  test('refuses a name that is taken in another case and under another path', async () => {
    await create()
    expect(await refusal(() => create({ policyName: 'READER', path: '/x/' }))).toEqual({
      code: 'EntityAlreadyExists',
      message: 'A policy called READER already exists. Duplicate names are not allowed.',
    })
  })

  test('says where a document is malformed, and makes nothing', async () => {
    const policyDocument = '{"Version": "2012-10-17",\n "Statement": {"Effect": "Maybe"}}'
    await expect(create({ policyDocument })).rejects.toMatchObject({
      code: 'MalformedPolicyDocument',
      httpStatus: 400,
      message: 'Syntax errors in policy.',
      details: { line: 2, path: expect.stringContaining('Effect'), column: expect.any(Number) },
    })
    expect(await services.db.policy.count()).toBe(0)
  })

  test('demands the version that managed policies must have', async () => {
    const policyDocument = allow('s3:GetObject').replace('"Version": "2012-10-17",', '')
    expect(await refusal(() => create({ policyDocument }))).toEqual({
      code: 'MalformedPolicyDocument',
      message: 'Policy document must be version 2012-10-17 or greater.',
    })
  })

  test('reports the taken name before the malformed document', async () => {
    await create()
    expect((await refusal(() => create({ policyDocument: '{' }))).code).toBe('EntityAlreadyExists')
  })

  test('takes 6144 characters without counting white space, and not one more', async () => {
    await create({ policyDocument: documentOfSize(6144) })
    expect(await refusal(() => create({ policyName: 'Other', policyDocument: documentOfSize(6145) }))).toEqual({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for PolicySize: 6144',
    })
  })

  test('refuses the policy after the 1500th', async () => {
    await services.db.policy.createMany({
      data: Array.from({ length: 1499 }, (_, n) => ({
        accountId,
        id: `ANPAFILLER${n}`,
        name: `filler${n}`,
        nameKey: `filler${n}`,
        createdAt: services.clock(),
        updatedAt: services.clock(),
      })),
    })
    // Those that come built in do not count.
    await ensureBuiltInPolicies(services, BUILT_IN_POLICIES)
    await create()
    expect(await refusal(() => create({ policyName: 'Other' }))).toEqual({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for PoliciesPerAccount: 1500',
    })
  })

  test('is recorded with ARN, id and text, and bumps the policy epoch', async () => {
    const before = await epochOf(services, accountId)
    const { id } = await create()
    expect(await epochOf(services, accountId)).toBe(before + 1n)
    expect(await auditTrail(services, accountId)).toMatchObject([
      {
        action: 'iam:CreatePolicy',
        result: 'SUCCESS',
        detail: { policyArn: ARN, policyId: id, policyDocument: allow('s3:GetObject'), description: null },
      },
    ])
  })
})

describe('createPolicyVersion', () => {
  beforeEach(async () => void (await create()))

  test('stores the text without putting it in force', async () => {
    services.clock.advance(1000)
    expect(await addVersion()).toMatchObject({ number: 2, document: allow('s3:PutObject') })
    expect(await services.db.policy.findMany()).toMatchObject([
      { defaultVersion: 1, latestVersion: 2, updatedAt: services.clock() },
    ])
  })

  test('puts it in force when asked to', async () => {
    await addVersion({ setAsDefault: true })
    expect(await services.db.policy.findMany()).toMatchObject([{ defaultVersion: 2, latestVersion: 2 }])
  })

  test('refuses the sixth version', async () => {
    for (let n = 2; n <= 5; n++) await addVersion()
    expect(await refusal(addVersion)).toEqual({
      code: 'LimitExceeded',
      message:
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    })
  })

  test('never gives the number of a deleted version again', async () => {
    await addVersion()
    await removeVersion('v2')
    expect((await addVersion()).number).toBe(3)
  })

  test('checks the document and its size', async () => {
    expect((await refusal(() => addVersion({ policyDocument: '{}' }))).code).toBe('MalformedPolicyDocument')
    expect((await refusal(() => addVersion({ policyDocument: documentOfSize(6145) }))).message).toBe(
      'Cannot exceed quota for PolicySize: 6144',
    )
    expect(await versions()).toEqual([1])
  })

  test('leaves five when ten come at once', async () => {
    const calls = await Promise.all(Array.from({ length: 10 }, () => call('CreatePolicyVersion')))
    const results = await Promise.allSettled(
      calls.map((one) => createPolicyVersion(one, { policyArn: ARN, policyDocument: allow('s3:PutObject') })),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
    expect(await versions()).toEqual([1, 2, 3, 4, 5])
  })

  test('is recorded with the version that it made', async () => {
    services.clock.advance(1)
    await addVersion()
    expect((await auditTrail(services, accountId)).at(-1)).toMatchObject({
      action: 'iam:CreatePolicyVersion',
      detail: { policyArn: ARN, versionId: 'v2', setAsDefault: false, policyDocument: allow('s3:PutObject') },
    })
  })
})

describe('setDefaultPolicyVersion', () => {
  test('puts an older version in force again', async () => {
    await create()
    await addVersion({ setAsDefault: true })
    expect(await setDefault('v1')).toMatchObject({ defaultVersion: 1, latestVersion: 2 })
  })

  test.each(['v2', 'v1.a', 'v2147483648', `v${'9'.repeat(100)}`])('does not find version %s', async (versionId) => {
    await create()
    expect(await refusal(() => setDefault(versionId))).toEqual(noVersion(versionId))
  })
})

describe('deletePolicyVersion', () => {
  beforeEach(async () => {
    await create()
    await addVersion()
  })

  test('deletes a version that is not in force', async () => {
    expect(await removeVersion('v2')).toMatchObject({ number: 2, document: allow('s3:PutObject') })
    expect(await versions()).toEqual([1])
    expect(await refusal(() => removeVersion('v2'))).toEqual(noVersion('v2'))
  })

  test('keeps the version that is in force', async () => {
    expect(await refusal(() => removeVersion('v1'))).toEqual({
      code: 'DeleteConflict',
      message: 'Cannot delete the default version of a policy.',
    })
    await setDefault('v2')
    await removeVersion('v1')
    expect(await versions()).toEqual([2])
  })
})

describe('deletePolicy', () => {
  test('deletes the policy with its last version', async () => {
    const { id } = await create()
    expect(await remove()).toMatchObject({ id, name: 'Reader' })
    expect(await versions()).toEqual([])
    expect(await refusal(remove)).toEqual(notFound(ARN))
  })

  test('keeps a policy that is attached, then one that has more versions', async () => {
    await create()
    await addVersion()
    await attach()
    expect(await refusal(remove)).toEqual({
      code: 'DeleteConflict',
      message: 'Cannot delete a policy attached to entities.',
    })
    await detach()
    expect(await refusal(remove)).toEqual({
      code: 'DeleteConflict',
      message:
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    })
    await removeVersion('v2')
    await remove()
  })

  test('keeps a policy that is a boundary', async () => {
    const { id } = await create()
    await account.createTestUser({ name: 'Limited', boundary: id })
    expect((await refusal(remove)).message).toBe('Cannot delete a policy attached to entities.')
  })
})

describe('attachUserPolicy', () => {
  beforeEach(async () => void (await create()))

  test('attaches to the user that is named, in any case; once more changes nothing', async () => {
    const result = await attach()
    expect(result).toMatchObject({ holder: { id: bob.id }, policy: { name: 'Reader' } })
    const before = await services.db.userPolicyAttachment.findMany()
    expect(before).toEqual([{ accountId, userId: bob.id, policyId: result.policy.id, attachedAt: services.clock() }])
    services.clock.advance(1000)
    await attach()
    expect(await services.db.userPolicyAttachment.findMany()).toEqual(before)
  })

  test('refuses the eleventh policy, but not the tenth once more', async () => {
    const others: string[] = []
    for (let n = 1; n <= 10; n++) others.push((await account.createTestPolicy({ name: `P${n}`, document: {} })).arn)
    for (const arn of others) await attach(arn)
    expect(await refusal(attach)).toEqual({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for PoliciesPerUser: 10',
    })
    await attach(others[9])
  })

  test('reports the missing user before the missing policy', async () => {
    expect(await refusal(() => attach('arn:aws:iam::123456789012:policy/None', 'nobody'))).toEqual({
      code: 'NoSuchEntity',
      message: 'The user with name nobody cannot be found.',
    })
  })

  test('bumps the policy epoch and is recorded', async () => {
    const before = await epochOf(services, accountId)
    services.clock.advance(1)
    await attach()
    expect(await epochOf(services, accountId)).toBe(before + 1n)
    expect((await auditTrail(services, accountId)).at(-1)).toMatchObject({
      action: 'iam:AttachUserPolicy',
      result: 'SUCCESS',
      detail: { userName: 'bob', policyArn: ARN },
    })
  })
})

describe('detachUserPolicy', () => {
  test('detaches, and does not find what is not attached', async () => {
    await create()
    await attach()
    expect(await detach()).toMatchObject({ holder: { id: bob.id }, policy: { name: 'Reader' } })
    expect(await services.db.userPolicyAttachment.count()).toBe(0)
    expect(await refusal(detach)).toEqual(notFound(ARN))
  })
})

describe('a policy ARN', () => {
  const OTHERS = [
    ['that nobody made', 'arn:aws:iam::123456789012:policy/Nothing'],
    ['in another case', 'arn:aws:iam::123456789012:policy/reader'],
    ['with another path', 'arn:aws:iam::123456789012:policy/x/Reader'],
    ['of another account', 'arn:aws:iam::999999999999:policy/Reader'],
    ['of AWS', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
    ['of a user', 'arn:aws:iam::123456789012:user/Reader'],
    ['of another service', 'arn:aws:s3:::bucket/policy/Reader'],
  ] as const

  test.each(OTHERS)('%s is not found', async (_, arn) => {
    await create()
    const other = await seedAccount(services, { accountId: '999999999999' })
    await other.createTestPolicy({ name: 'Reader', document: {} })
    expect(await refusal(() => attach(arn))).toEqual(notAttachable(arn))
    for (const operation of [
      () => detach(arn),
      () => remove(arn),
      () => addVersion({ policyArn: arn }),
      () => setDefault('v1', arn),
      () => removeVersion('v1', arn),
    ]) {
      expect(await refusal(operation)).toEqual(notFound(arn))
    }
  })

  test('that is none is refused before anything is looked for', async () => {
    for (const operation of [attach, detach, remove]) {
      expect(await refusal(() => operation('not-an-arn-but-long-enough'))).toEqual({
        code: 'ValidationError',
        message: 'Invalid ARN:  Could not be parsed!',
      })
    }
    expect(await auditTrail(services, accountId)).toEqual([])
  })
})
