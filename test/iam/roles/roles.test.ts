import { beforeEach, describe, expect, test } from 'vitest'
import { attachRolePolicy, detachRolePolicy } from '../../../src/iam/held-policies/attached-policies.ts'
import { createRole } from '../../../src/iam/roles/create-role.ts'
import { deleteRole } from '../../../src/iam/roles/delete-role.ts'
import {
  deleteRolePermissionsBoundary,
  putRolePermissionsBoundary,
} from '../../../src/iam/held-policies/permissions-boundaries.ts'
import { deleteRolePolicy, putRolePolicy } from '../../../src/iam/held-policies/inline-policies.ts'
import { tagRole, untagRole } from '../../../src/iam/roles/tag-role.ts'
import { renderTrustPolicies } from '../../../src/iam/roles/trust-policy.ts'
import { updateAssumeRolePolicy, updateRole, updateRoleDescription } from '../../../src/iam/roles/update-role.ts'
import { deleteUser } from '../../../src/iam/users/delete-user.ts'
import { updateUser } from '../../../src/iam/users/update-user.ts'
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

const root = () => callAs(services, account.root)
const trustTo = (aws: unknown) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: aws }, Action: 'sts:AssumeRole' }],
  })
const anybody = () => trustTo(account.accountId)
const make = async (roleName: string, more: object = {}) =>
  createRole(await root(), { roleName, assumeRolePolicyDocument: anybody(), ...more })
const shown = async (role: { accountId: string; trustPolicy: string }) =>
  (await renderTrustPolicies(services.db, [role]))[0]
const DOCUMENT = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}'

const trustOf = (size: number) => {
  const text = anybody()
  return text.replace('"Statement"', `"Id":"${'x'.repeat(size - text.length - '"Id":"",'.length)}","Statement"`)
}
const sized = (size: number) => DOCUMENT.replace('s3:*', `s3:${'x'.repeat(size - DOCUMENT.length + 1)}`)

describe('a new role', () => {
  test('has what was asked for, and the change is recorded with a new epoch', async () => {
    const boundary = await account.createTestPolicy({ name: 'Limit', document: DOCUMENT })
    const before = await epochOf(services, account.accountId)
    const role = await make('Deploy', {
      path: '/ci/',
      description: 'deploys',
      maxSessionDuration: 7200,
      permissionsBoundary: boundary.arn,
      tags: [{ key: 'Team', value: 'red' }],
    })
    expect(role).toMatchObject({
      id: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      name: 'Deploy',
      path: '/ci/',
      description: 'deploys',
      maxSessionDuration: 7200,
      boundaryPolicyId: boundary.id,
      trustPolicy: anybody(),
    })
    expect(await services.db.roleTag.findMany({ where: { roleId: role.id } })).toMatchObject([
      { key: 'Team', value: 'red' },
    ])
    expect(await epochOf(services, account.accountId)).toBe(before + 1n)
    expect(await auditTrail(services, account.accountId)).toMatchObject([
      { result: 'SUCCESS', detail: { roleName: 'Deploy', roleId: role.id, tags: ['Team=red'] } },
    ])
  })

  test('lasts an hour unless said otherwise', async () => {
    expect(await make('Plain')).toMatchObject({ maxSessionDuration: 3600, path: '/', description: null })
  })

  test('is refused in IAM’s words', async () => {
    await make('Taken')
    expect(await refusal(() => make('TAKEN'))).toEqual({
      code: 'EntityAlreadyExists',
      message: 'Role with name TAKEN already exists.',
    })
    expect(await refusal(() => make('a', { maxSessionDuration: 3599 }))).toEqual({
      code: 'ValidationError',
      message:
        "1 validation error detected: Value '3599' at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600",
    })
    const missing = 'arn:aws:iam::123456789012:policy/none'
    expect(await refusal(() => make('a', { permissionsBoundary: missing }))).toEqual({
      code: 'NoSuchEntity',
      message: `Scope ARN: ${missing} does not exist or is not attachable.`,
    })
    expect((await refusal(() => make('a', { tags: [{ key: 'aws:x', value: '' }] }))).code).toBe('InvalidInput')
    expect((await refusal(() => make('no blanks'))).code).toBe('ValidationError')
  })

  test('is one of a thousand at most', async () => {
    const { accountId } = account
    await services.db.role.createMany({
      data: Array.from({ length: 999 }, (_, i) => ({
        accountId,
        id: `AROA${String(i).padStart(17, 'A')}`,
        name: `r${i}`,
        nameKey: `r${i}`,
        trustPolicy: anybody(),
        createdAt: services.clock(),
      })),
    })
    await make('Last')
    expect(await refusal(() => make('TooMany'))).toEqual({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for RolesPerAccount: 1000',
    })
  })
})

describe('a trust policy', () => {
  test('is stored by unique ids, its text otherwise kept, and shown with ARNs', async () => {
    const alice = await account.createTestUser({ name: 'Alice', path: '/staff/' })
    const other = await make('Other', { path: '/x/' })
    const text = `{ "Version": "2012-10-17",
      "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": { "AWS": [ "arn:aws:iam::123456789012:user\\/staff/Alice", "arn:aws:iam::123456789012:role/x/Other",
                                "123456789012", "arn:aws:sts::123456789012:assumed-role/Other/s1" ] } } ] }`
    const role = await make('Trusting', { assumeRolePolicyDocument: text })
    expect(role.trustPolicy).toBe(
      text
        .replace('arn:aws:iam::123456789012:user\\/staff/Alice', alice.id)
        .replace('arn:aws:iam::123456789012:role/x/Other', other.id),
    )
    expect(await shown(role)).toBe(
      text.replace('\\/', '/').replace('"123456789012"', '"arn:aws:iam::123456789012:root"'),
    )
  })

  test('follows a rename, and shows the bare id of whoever was deleted, also when the name is back', async () => {
    await account.createTestUser({ name: 'Alice', accessKeys: 0 })
    const role = await make('Trusting', { assumeRolePolicyDocument: trustTo('arn:aws:iam::123456789012:user/Alice') })
    await updateUser(await root(), { userName: 'Alice', newUserName: 'Alicia', newPath: '/staff/' })
    expect(await shown(role)).toBe(trustTo('arn:aws:iam::123456789012:user/staff/Alicia'))
    const { id } = await deleteUser(await root(), { userName: 'Alicia' })
    await account.createTestUser({ name: 'Alicia', path: '/staff/' })
    expect(await shown(role)).toBe(trustTo(id))
  })

  test('may name users and roles of other accounts', async () => {
    const foreign = await seedAccount(services, { accountId: '999999999999' })
    const bob = await foreign.createTestUser({ name: 'Bob' })
    const role = await make('Trusting', { assumeRolePolicyDocument: trustTo([bob.arn, '999999999999']) })
    expect(role.trustPolicy).toBe(trustTo([bob.id, '999999999999']))
    // An account that is named by its id reads back as its root, as at AWS.
    expect(await shown(role)).toBe(trustTo([bob.arn, 'arn:aws:iam::999999999999:root']))
  })

  test.each([
    'arn:aws:iam::123456789012:user/nobody',
    'arn:aws:iam::123456789012:user/alice',
    'arn:aws:iam::123456789012:user/wrong/Alice',
    'arn:aws:iam::123456789012:role/nothing',
    'arn:aws:iam::123456789012:group/Staff',
    'arn:aws:iam::123456789012:user/Al*',
    'arn:aws-cn:iam::123456789012:user/Alice',
    'arn:aws:iam::888888888888:root',
    '888888888888',
    'AIDAAAAAAAAAAAAAAAAAA',
  ])('is refused when it names %s', async (principal) => {
    await account.createTestUser({ name: 'Alice' })
    const message = `Invalid principal in policy: "AWS":"${principal}"`
    const malformed = { code: 'MalformedPolicyDocument', message }
    expect(await refusal(() => make('R', { assumeRolePolicyDocument: trustTo(principal) }))).toEqual(malformed)
    await make('R')
    const policyDocument = trustTo(principal)
    expect(await refusal(async () => updateAssumeRolePolicy(await root(), { roleName: 'R', policyDocument }))).toEqual(
      malformed,
    )
  })

  test('has 2048 characters at most, white space not counted', async () => {
    await make('Full', { assumeRolePolicyDocument: `${trustOf(2048)}  \n` })
    expect(await refusal(() => make('Over', { assumeRolePolicyDocument: trustOf(2049) }))).toEqual({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for ACLSizePerRole: 2048',
    })
  })

  test('must be one', async () => {
    expect(await refusal(() => make('R', { assumeRolePolicyDocument: DOCUMENT }))).toEqual({
      code: 'MalformedPolicyDocument',
      message: 'Missing required field Principal',
    })
  })
})

describe('changes of a role', () => {
  test('leave what they do not name', async () => {
    await make('R', { description: 'one', maxSessionDuration: 7200 })
    expect(await updateRole(await root(), { roleName: 'r', description: 'two' })).toMatchObject({
      description: 'two',
      maxSessionDuration: 7200,
    })
    expect(await updateRole(await root(), { roleName: 'R', maxSessionDuration: 3600 })).toMatchObject({
      description: 'two',
      maxSessionDuration: 3600,
    })
    expect(await updateRoleDescription(await root(), { roleName: 'R', description: '' })).toMatchObject({
      description: '',
    })
  })

  test('of its boundary need a policy, and one that is there', async () => {
    const boundary = await account.createTestPolicy({ name: 'Limit', document: DOCUMENT })
    const { id } = await make('R')
    const of = async () => (await services.db.role.findFirstOrThrow({ where: { id } })).boundaryPolicyId
    await putRolePermissionsBoundary(await root(), { roleName: 'R', permissionsBoundary: boundary.arn })
    expect(await of()).toBe(boundary.id)
    await deleteRolePermissionsBoundary(await root(), { roleName: 'R' })
    expect(await of()).toBeNull()
    expect((await refusal(async () => deleteRolePermissionsBoundary(await root(), { roleName: 'R' }))).code).toBe(
      'NoSuchEntity',
    )
  })

  test('of its tags take keys without regard to case, fifty at most', async () => {
    const { id: roleId } = await make('R', { tags: [{ key: 'Team', value: 'red' }] })
    await tagRole(await root(), { roleName: 'R', tags: [{ key: 'TEAM', value: 'blue' }] })
    expect(await services.db.roleTag.findMany({ where: { roleId } })).toMatchObject([{ key: 'TEAM', value: 'blue' }])
    const many = Array.from({ length: 50 }, (_, i) => ({ key: `k${i}`, value: '' }))
    expect(await refusal(async () => tagRole(await root(), { roleName: 'R', tags: many }))).toEqual({
      code: 'LimitExceeded',
      message: 'The number of tags has reached the maximum limit.',
    })
    await untagRole(await root(), { roleName: 'R', tagKeys: ['team', 'absent'] })
    expect(await services.db.roleTag.count({ where: { roleId } })).toBe(0)
  })

  test('of its inline policies count together', async () => {
    await make('R')
    const put = async (policyName: string, policyDocument: string) =>
      putRolePolicy(await root(), { roleName: 'R', policyName, policyDocument })
    await put('one', sized(6000))
    await put('two', sized(4240))
    await put('TWO', sized(4240))
    expect(await refusal(() => put('two', sized(4241)))).toEqual({
      code: 'LimitExceeded',
      message: 'Maximum policy size of 10240 bytes exceeded for role R',
    })
    await deleteRolePolicy(await root(), { roleName: 'R', policyName: 'one' })
    expect(await refusal(async () => deleteRolePolicy(await root(), { roleName: 'R', policyName: 'one' }))).toEqual({
      code: 'NoSuchEntity',
      message: 'The role policy with name one cannot be found.',
    })
  })

  test('attach ten managed policies at most, each once', async () => {
    await make('R')
    const arns: string[] = []
    for (let i = 0; i < 11; i++) arns.push((await account.createTestPolicy({ name: `p${i}`, document: DOCUMENT })).arn)
    for (const policyArn of [...arns.slice(0, 10), arns[0]!])
      await attachRolePolicy(await root(), { roleName: 'R', policyArn })
    expect(await refusal(async () => attachRolePolicy(await root(), { roleName: 'R', policyArn: arns[10]! }))).toEqual({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for PoliciesPerRole: 10',
    })
    await detachRolePolicy(await root(), { roleName: 'R', policyArn: arns[0]! })
    expect(
      await refusal(async () => detachRolePolicy(await root(), { roleName: 'R', policyArn: arns[0]! })),
    ).toMatchObject({
      code: 'NoSuchEntity',
    })
  })

  test('are refused for a role that is not there', async () => {
    const missing = { code: 'NoSuchEntity', message: 'The role with name none cannot be found.' }
    expect(await refusal(async () => updateRole(await root(), { roleName: 'none' }))).toEqual(missing)
    expect(await refusal(async () => deleteRole(await root(), { roleName: 'none' }))).toEqual(missing)
    const input = { roleName: 'none', policyName: 'p', policyDocument: '{' }
    expect(await refusal(async () => putRolePolicy(await root(), input))).toEqual(missing)
  })
})

describe('deleting a role', () => {
  test('waits until its policies are gone; tags, boundary and sessions do not keep it', async () => {
    const policy = await account.createTestPolicy({ name: 'P', document: DOCUMENT })
    await make('R', { tags: [{ key: 'a', value: 'b' }], permissionsBoundary: policy.arn })
    await putRolePolicy(await root(), { roleName: 'R', policyName: 'p', policyDocument: DOCUMENT })
    await attachRolePolicy(await root(), { roleName: 'R', policyArn: policy.arn })
    const refused = () => refusal(async () => deleteRole(await root(), { roleName: 'R' }))
    expect(await refused()).toEqual({
      code: 'DeleteConflict',
      message: 'Cannot delete entity, must delete policies first.',
    })
    await deleteRolePolicy(await root(), { roleName: 'R', policyName: 'p' })
    expect(await refused()).toEqual({
      code: 'DeleteConflict',
      message: 'Cannot delete entity, must detach all policies first.',
    })
    await detachRolePolicy(await root(), { roleName: 'R', policyArn: policy.arn })
    await deleteRole(await root(), { roleName: 'R' })
    expect(await services.db.role.count()).toBe(0)
  })
})
