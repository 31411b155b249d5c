import { beforeEach, describe, expect, test } from 'vitest'
import { BUILT_IN_POLICIES } from '../../../src/iam/policies/built-in/index.ts'
import { type PoliciesArgs, pageOfPolicies } from '../../../src/iam/policies/page-of-policies.ts'
import { ensureBuiltInPolicies } from '../../../src/store/built-in-policies.ts'
import { refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

let services: TestServices
let account: SeededAccount

beforeEach(async () => {
  services = testServices(await freshDatabase())
  account = await seedAccount(services)
})

async function list(args: PoliciesArgs) {
  const { where, orderBy, take, select, connection } = pageOfPolicies(account.accountId, args)
  const rows = await services.db.policy.findMany({ where, orderBy, take, select: { ...select, name: true } })
  const { edges, pageInfo } = connection(rows)
  return { names: edges.map(({ node }) => node.name), ...pageInfo }
}

const used = async (policyUsageFilter: PoliciesArgs['policyUsageFilter'], onlyAttached = false) =>
  (await list({ policyUsageFilter, onlyAttached })).names

const make = (name: string, path = '/') => account.createTestPolicy({ name, path, document: {} })

describe('the policies of an account', () => {
  test('come by name without regard to case, page by page, and those of others do not', async () => {
    for (const name of ['b', 'A', 'C']) await make(name)
    await (await seedAccount(services, { accountId: '999999999999' })).createTestPolicy({ name: 'x', document: {} })
    const first = await list({ first: 2 })
    expect(first).toMatchObject({ names: ['A', 'b'], hasNextPage: true })
    expect(await list({ first: 2, after: first.endCursor })).toMatchObject({ names: ['C'], hasNextPage: false })
  })

  test('are filtered by path, letter by letter', async () => {
    await make('a', '/ops_1/')
    await make('b', '/opsX1/')
    expect((await list({ pathPrefix: '/ops_' })).names).toEqual(['a'])
    expect((await refusal(() => list({ pathPrefix: 'ops' }))).code).toBe('ValidationError')
  })

  test('are filtered by attachment; a boundary is none', async () => {
    const attached = await make('Attached')
    const boundary = await make('Boundary')
    await account.createTestUser({ name: 'Bob', attached: [attached.id], boundary: boundary.id })
    expect((await list({ onlyAttached: true })).names).toEqual(['Attached'])
    expect((await list({ onlyAttached: false })).names).toEqual(['Attached', 'Boundary'])
  })

  test('are filtered by how they are used', async () => {
    const [attached, boundary, both] = [await make('Attached'), await make('Boundary'), await make('Both')]
    await make('Idle')
    await account.createTestUser({ name: 'Bob', attached: [attached.id, both.id], boundary: boundary.id })
    await account.createTestUser({ name: 'Eve', boundary: both.id })
    expect(await used('PERMISSIONS_POLICY')).toEqual(['Attached', 'Both'])
    expect(await used('PERMISSIONS_BOUNDARY')).toEqual(['Both', 'Boundary'])
    expect(await used('PERMISSIONS_BOUNDARY', true)).toEqual(['Both'])
    expect(await used(null)).toEqual(['Attached', 'Both', 'Boundary', 'Idle'])
  })

  test('are told from the built-in ones by scope, and stand among them by name', async () => {
    await ensureBuiltInPolicies(services, BUILT_IN_POLICIES)
    for (const name of ['AdministratorAccess', 'Mine']) await make(name)
    const builtIn = BUILT_IN_POLICIES.map(({ name }) => name)
    expect((await list({ scope: 'AWS' })).names).toEqual(builtIn)
    expect((await list({ scope: 'LOCAL' })).names).toEqual(['AdministratorAccess', 'Mine'])
    const all = ['AdministratorAccess', ...builtIn, 'Mine'].toSorted((a, b) =>
      a.toLowerCase() < b.toLowerCase() ? -1 : 1,
    )
    for (const scope of ['ALL', null, undefined] as const) expect((await list({ scope })).names).toEqual(all)
    const first = await list({ first: 1 })
    expect((await list({ after: first.endCursor })).names).toEqual(all.slice(1))
  })
})
