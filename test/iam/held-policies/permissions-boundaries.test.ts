import { beforeEach, describe, expect, test } from 'vitest'
import {
  deleteRolePermissionsBoundary,
  deleteUserPermissionsBoundary,
  putRolePermissionsBoundary,
  putUserPermissionsBoundary,
} from '../../../src/iam/held-policies/permissions-boundaries.ts'
import { createRole } from '../../../src/iam/roles/create-role.ts'
import { auditTrail, callAs, epochOf, refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

const DOCUMENT = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } }
const TRUST =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}}'

let services: TestServices
let account: SeededAccount

beforeEach(async () => {
  services = testServices(await freshDatabase())
  account = await seedAccount(services)
})

/** Each call is a second later, so that the trail has their order. */
const root = (action?: string) => {
  services.clock.advance(1000)
  return callAs(services, account.root, action)
}

/** The same operations on either kind. */
const kinds = [
  {
    kind: 'user',
    title: 'User',
    parameter: 'userName',
    make: async () => void (await account.createTestUser({ name: 'Limited', path: '/staff/' })),
    put: async (name: string, permissionsBoundary: string) =>
      putUserPermissionsBoundary(await root('iam:PutUserPermissionsBoundary'), { userName: name, permissionsBoundary }),
    remove: async (userName: string) =>
      deleteUserPermissionsBoundary(await root('iam:DeleteUserPermissionsBoundary'), { userName }),
  },
  {
    kind: 'role',
    title: 'Role',
    parameter: 'roleName',
    make: async () => void (await createRole(await root(), { roleName: 'Limited', assumeRolePolicyDocument: TRUST })),
    put: async (name: string, permissionsBoundary: string) =>
      putRolePermissionsBoundary(await root('iam:PutRolePermissionsBoundary'), { roleName: name, permissionsBoundary }),
    remove: async (roleName: string) =>
      deleteRolePermissionsBoundary(await root('iam:DeleteRolePermissionsBoundary'), { roleName }),
  },
]

describe.each(kinds)('the boundary of a $kind', ({ kind, title, parameter, make, put, remove }) => {
  beforeEach(make)

  test('is set, replaced and taken away; each is recorded and can change decisions', async () => {
    const one = await account.createTestPolicy({ name: 'One', document: DOCUMENT })
    const two = await account.createTestPolicy({ name: 'Two', path: '/limits/', document: DOCUMENT })
    const before = await epochOf(services, account.accountId)
    expect((await put('LIMITED', one.arn)).boundaryPolicyId).toBe(one.id)
    expect((await put('Limited', two.arn)).boundaryPolicyId).toBe(two.id)
    expect((await remove('Limited')).boundaryPolicyId).toBeNull()
    expect(await epochOf(services, account.accountId)).toBe(before + 3n)
    const [putAction, deleteAction] = ['Put', 'Delete'].map((verb) => `iam:${verb}${title}PermissionsBoundary`)
    expect((await auditTrail(services, account.accountId)).slice(-3)).toMatchObject([
      {
        action: putAction,
        result: 'SUCCESS',
        detail: { [parameter]: 'LIMITED', permissionsBoundary: one.arn },
      },
      {
        action: putAction,
        result: 'SUCCESS',
        detail: { [parameter]: 'Limited', permissionsBoundary: two.arn },
      },
      { action: deleteAction, result: 'SUCCESS', detail: { [parameter]: 'Limited' } },
    ])
  })

  test('cannot be taken away where there is none', async () => {
    expect(await refusal(() => remove('Limited'))).toEqual({
      code: 'NoSuchEntity',
      message: `${title} Limited does not have a permissions boundary.`,
    })
    expect((await auditTrail(services, account.accountId)).at(-1)).toMatchObject({
      result: 'FAILURE',
      errorCode: 'NoSuchEntity',
    })
  })

  test('is a policy of the account, called by its exact ARN', async () => {
    const policy = await account.createTestPolicy({ name: 'One', document: DOCUMENT })
    const others = await seedAccount(services, { accountId: '210987654321' })
    const foreign = await others.createTestPolicy({ name: 'One', document: DOCUMENT })
    for (const arn of [foreign.arn, policy.arn.replace('One', 'one'), 'arn:aws:iam::123456789012:policy/None'])
      expect(await refusal(() => put('Limited', arn))).toEqual({
        code: 'NoSuchEntity',
        message: `Scope ARN: ${arn} does not exist or is not attachable.`,
      })
    expect(await refusal(() => put('Limited', 'no ARN, though it is long'))).toEqual({
      code: 'ValidationError',
      message: 'Invalid ARN:  Could not be parsed!',
    })
  })

  test('needs somebody to limit', async () => {
    const { arn } = await account.createTestPolicy({ name: 'One', document: DOCUMENT })
    const missing = { code: 'NoSuchEntity', message: `The ${kind} with name Nobody cannot be found.` }
    expect(await refusal(() => put('Nobody', arn))).toEqual(missing)
    expect(await refusal(() => remove('Nobody'))).toEqual(missing)
  })
})

test('the root user has no boundary', async () => {
  const { arn } = await account.createTestPolicy({ name: 'One', document: DOCUMENT })
  expect((await refusal(() => kinds[0]!.put('<root_account>', arn))).code).toBe('ValidationError')
})
