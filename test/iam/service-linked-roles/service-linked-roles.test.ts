import { beforeEach, describe, expect, test } from 'vitest'
import { attachRolePolicy, detachRolePolicy } from '../../../src/iam/held-policies/attached-policies.ts'
import { deleteRolePolicy, putRolePolicy } from '../../../src/iam/held-policies/inline-policies.ts'
import {
  deleteRolePermissionsBoundary,
  putRolePermissionsBoundary,
} from '../../../src/iam/held-policies/permissions-boundaries.ts'
import { createInstanceProfile } from '../../../src/iam/instance-profiles/create-instance-profile.ts'
import { addRoleToInstanceProfile } from '../../../src/iam/instance-profiles/role-in-instance-profile.ts'
import { createRole } from '../../../src/iam/roles/create-role.ts'
import { deleteRole } from '../../../src/iam/roles/delete-role.ts'
import { tagRole } from '../../../src/iam/roles/tag-role.ts'
import { updateAssumeRolePolicy, updateRole, updateRoleDescription } from '../../../src/iam/roles/update-role.ts'
import { createServiceLinkedRole } from '../../../src/iam/service-linked-roles/create-service-linked-role.ts'
import { deleteServiceLinkedRole } from '../../../src/iam/service-linked-roles/delete-service-linked-role.ts'
import { serviceLinkedRoleDeletion } from '../../../src/iam/service-linked-roles/read-deletion.ts'
import { serviceLinkedName } from '../../../src/iam/service-linked-roles/service-linked-name.ts'
import type { Call } from '../../../src/iam/call.ts'
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

const BILLING = 'billing.example.com'
const NAME = 'AWSServiceRoleForBilling'

const root = (of: SeededAccount = account) => callAs(services, of.root)
const make = async (more: object = {}, awsServiceName = BILLING) =>
  createServiceLinkedRole(await root(), { awsServiceName, ...more })
const remove = async (roleName = NAME) => deleteServiceLinkedRole(await root(), { roleName })
const read = async (deletionTaskId: string, of = account) =>
  serviceLinkedRoleDeletion(await root(of), { deletionTaskId })

describe('the name of a service-linked role', () => {
  test.each([
    ['billing.example.com', null, 'AWSServiceRoleForBilling'],
    ['billing.example.com', 'two', 'AWSServiceRoleForBilling_two'],
    ['cost-reports.internal.example', undefined, 'AWSServiceRoleForCostReports'],
    ['autoscaling.amazonaws.com', null, 'AWSServiceRoleForAutoScaling'],
    ['macie.amazonaws.com', null, 'AWSServiceRoleForMacie'],
    ['ops.emr-serverless.amazonaws.com', null, 'AWSServiceRoleForOpsEmrServerless'],
  ])('of %s with the suffix %s is %s', (service, suffix, name) => {
    expect(serviceLinkedName(service, suffix)).toEqual({ name, path: `/aws-service-role/${service}/` })
  })
})

describe('a service-linked role', () => {
  test('trusts its service alone, has no permissions, and is recorded', async () => {
    const before = await epochOf(services, account.accountId)
    const role = await make({ description: 'Reads invoices' })
    expect(role).toMatchObject({
      id: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      name: NAME,
      path: `/aws-service-role/${BILLING}/`,
      description: 'Reads invoices',
      maxSessionDuration: 3600,
      createdAt: services.clock(),
    })
    expect(JSON.parse(role.trustPolicy).Statement).toEqual([
      { Effect: 'Allow', Principal: { Service: BILLING }, Action: 'sts:AssumeRole' },
    ])
    expect(await epochOf(services, account.accountId)).toBe(before + 1n)
    expect(await auditTrail(services, account.accountId)).toMatchObject([
      { detail: { awsServiceName: BILLING, roleName: NAME, roleId: role.id } },
    ])
  })

  test.each([
    ['a name that is taken', {}, BILLING, 'InvalidInput', /^Service role name AWSServiceRoleForBilling has been taken/],
    ['capital letters', {}, 'Ops.example.com', 'InvalidInput', /service principal/],
    ['one label', {}, 'ops', 'InvalidInput', /service principal/],
    ['an address', {}, '10.0.0.1', 'InvalidInput', /service principal/],
    ['a label that begins with a hyphen', {}, '-ops.example.com', 'InvalidInput', /service principal/],
    ['a path', {}, 'ops.example.com/x', 'ValidationError', /awsServiceName/],
    ['129 characters', {}, `${'x'.repeat(60)}.${'y'.repeat(60)}.example`, 'ValidationError', /awsServiceName/],
    ['a name of 65 characters', { customSuffix: 'x'.repeat(40) }, BILLING, 'InvalidInput', /longer than 64/],
    ['a suffix with a blank', { customSuffix: 'no good' }, BILLING, 'ValidationError', /customSuffix/],
    ['a description of 1001 characters', { description: 'x'.repeat(1001) }, BILLING, 'ValidationError', /description/],
  ] as const)('is refused with %s', async (_what, more, service, code, message) => {
    await make()
    expect(await refusal(() => make(more, service))).toMatchObject({ code, message: expect.stringMatching(message) })
  })

  test('counts towards the quota of roles', async () => {
    const row = { accountId: account.accountId, path: '/', trustPolicy: '{}', createdAt: services.clock() }
    const names = Array.from({ length: 1000 }, (_, n) => `r${n}`)
    await services.db.role.createMany({
      data: names.map((name) => ({ ...row, id: `AROA${name}`, name, nameKey: name })),
    })
    expect(await refusal(() => make())).toMatchObject({ code: 'LimitExceeded' })
  })

  test('is not made as an ordinary role', async () => {
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }],
    })
    const input = { roleName: NAME, path: `/aws-service-role/${BILLING}/`, assumeRolePolicyDocument: document }
    expect(await refusal(async () => createRole(await root(), input))).toMatchObject({ code: 'InvalidInput' })
  })

  const policyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
  })
  test.each<[string, (call: Call) => Promise<unknown>]>([
    ['deleted', (call) => deleteRole(call, { roleName: NAME })],
    ['given a longer session', (call) => updateRole(call, { roleName: NAME, maxSessionDuration: 7200 })],
    ['given another trust policy', (call) => updateAssumeRolePolicy(call, { roleName: NAME, policyDocument })],
    ['given a managed policy', (call) => attachRolePolicy(call, { roleName: NAME, policyArn })],
    ['relieved of a managed policy', (call) => detachRolePolicy(call, { roleName: NAME, policyArn })],
    ['given an inline policy', (call) => putRolePolicy(call, { roleName: NAME, policyName: 'p', policyDocument })],
    ['relieved of an inline policy', (call) => deleteRolePolicy(call, { roleName: NAME, policyName: 'p' })],
    [
      'given a boundary',
      (call) => putRolePermissionsBoundary(call, { roleName: NAME, permissionsBoundary: policyArn }),
    ],
    ['relieved of its boundary', (call) => deleteRolePermissionsBoundary(call, { roleName: NAME })],
  ])('is not %s', async (_what, change) => {
    const before = await make()
    expect(await refusal(async () => change(await root()))).toMatchObject({
      code: 'UnmodifiableEntity',
      message: `Cannot perform the operation on the protected role '${NAME}' - this role is only modifiable by AWS`,
    })
    const where = { accountId_id: { accountId: account.accountId, id: before.id } }
    expect(await services.db.role.findUnique({ where })).toEqual(before)
  })

  test('can be described and tagged', async () => {
    await make()
    expect(await updateRoleDescription(await root(), { roleName: NAME, description: 'new' })).toMatchObject({
      description: 'new',
    })
    expect(await updateRole(await root(), { roleName: NAME, description: 'newer' })).toMatchObject({
      description: 'newer',
    })
    await tagRole(await root(), { roleName: NAME, tags: [{ key: 'team', value: 'red' }] })
    expect(await services.db.roleTag.count()).toBe(1)
  })
})

describe('the deletion of a service-linked role', () => {
  test('deletes it, with policies from before it was protected, and says so for seven days', async () => {
    const { id: roleId, accountId } = await make()
    const { trustPolicy: document } = await services.db.role.findFirstOrThrow()
    await services.db.rolePolicy.create({
      data: { accountId, roleId, name: 'old', nameKey: 'old', document, updatedAt: services.clock() },
    })
    const { deletionTaskId } = await remove()
    expect(deletionTaskId).toMatch(
      /^task\/aws-service-role\/billing\.example\.com\/AWSServiceRoleForBilling\/[\da-f-]{36}$/,
    )
    expect(await services.db.role.count()).toBe(0)
    expect(await read(deletionTaskId)).toMatchObject({ usedBy: [] })

    services.clock.advance(7 * 24 * 60 * 60 * 1000)
    await make()
    await remove()
    expect(await read(deletionTaskId)).toMatchObject({ usedBy: [] })
    services.clock.advance(1)
    await make()
    await remove()
    expect(await refusal(() => read(deletionTaskId))).toMatchObject({ code: 'NoSuchEntity' })
  })

  test('fails while the role is in an instance profile, and names it', async () => {
    await make()
    await createInstanceProfile(await root(), { instanceProfileName: 'Machine', path: '/m/' })
    await addRoleToInstanceProfile(await root(), { instanceProfileName: 'Machine', roleName: NAME })
    const { deletionTaskId } = await remove()
    expect(await services.db.role.count()).toBe(1)
    const arn = `arn:aws:iam::${account.accountId}:instance-profile/m/Machine`
    expect(await read(deletionTaskId)).toMatchObject({ usedBy: [arn] })
  })

  test.each([
    ['a role that is not there', 'None', 'NoSuchEntity'],
    ['an ordinary role', 'Engine', 'InvalidInput'],
    ['a bad name', 'no good', 'ValidationError'],
  ])('is refused for %s', async (_what, roleName, code) => {
    const statement = { Effect: 'Allow', Principal: { AWS: account.accountId }, Action: 'sts:AssumeRole' }
    const assumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    await createRole(await root(), { roleName: 'Engine', assumeRolePolicyDocument })
    expect(await refusal(() => remove(roleName))).toMatchObject({ code })
    expect(await services.db.role.count()).toBe(1)
  })

  test.each([
    ['no task', 'task/none', 'InvalidInput'],
    [
      'a task of nobody',
      `task/aws-service-role/${BILLING}/${NAME}/018f0000-0000-7000-8000-000000000000`,
      'NoSuchEntity',
    ],
    ['nothing', '', 'ValidationError'],
  ])('is not known by %s', async (_what, id, code) => {
    expect(await refusal(() => read(id))).toMatchObject({ code })
  })

  test('is known under the role that it was of, and in its account only', async () => {
    await make()
    const { deletionTaskId } = await remove()
    expect(await refusal(() => read(deletionTaskId.replace(NAME, 'Other')))).toMatchObject({ code: 'NoSuchEntity' })
    const other = await seedAccount(services, { accountId: '210987654321' })
    expect(await refusal(() => read(deletionTaskId, other))).toMatchObject({ code: 'NoSuchEntity' })
  })
})
