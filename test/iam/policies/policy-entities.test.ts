import { beforeEach, describe, expect, test } from 'vitest'
import { type EntitiesArgs, entitiesPage } from '../../../src/iam/policies/policy-entities.ts'
import { uniqueId } from '../../../src/iam/identifiers.ts'
import { refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

let services: TestServices
let account: SeededAccount
let policyId: string

beforeEach(async () => {
  services = testServices(await freshDatabase())
  account = await seedAccount(services)
  policyId = (await account.createTestPolicy({ name: 'Shared', document: {} })).id
})

async function list(args: EntitiesArgs = {}, { accountId }: SeededAccount = account) {
  const page = entitiesPage(args)
  const row = await services.db.policy.findUniqueOrThrow({
    where: { accountId_id: { accountId, id: policyId } },
    select: page.select,
    relationLoadStrategy: 'join',
  })
  const { edges, pageInfo } = page.connection(row)
  return { names: edges.map(({ node: { type, name } }) => `${type} ${name}`), ...pageInfo }
}

const names = async (args: EntitiesArgs = {}) => (await list(args)).names
const user = (name: string, has: { path?: string; attached?: readonly string[]; boundary?: string } = {}) =>
  account.createTestUser({ name, accessKeys: 0, ...has })

async function group(name: string, path = '/') {
  const { accountId } = account
  const id = uniqueId('AGPA', services.random)
  const at = services.clock()
  await services.db.group.create({
    data: {
      accountId,
      id,
      name,
      nameKey: name.toLowerCase(),
      path,
      createdAt: at,
      attachedPolicies: { create: { policyId, attachedAt: at } },
    },
  })
}

async function role(name: string, { path = '/', attached = false, bounded = false }) {
  const { accountId } = account
  const id = uniqueId('AROA', services.random)
  const at = services.clock()
  await services.db.role.create({
    data: {
      accountId,
      id,
      name,
      nameKey: name.toLowerCase(),
      path,
      trustPolicy: '{}',
      createdAt: at,
      ...(bounded && { boundaryPolicyId: policyId }),
      ...(attached && { attachedPolicies: { create: { policyId, attachedAt: at } } }),
    },
  })
}

/** Every type in every use, under two paths. */
async function fill(): Promise<void> {
  await user('Ada', { attached: [policyId] })
  await user('bob', { boundary: policyId, path: '/staff/' })
  await user('Cyd', { attached: [policyId], boundary: policyId, path: '/staff/eu/' })
  await user('nobody')
  await group('Crew', '/staff/')
  await group('admins')
  await role('Engine', { attached: true })
  await role('Deploy', { bounded: true, path: '/staff/' })
  await role('Both', { attached: true, bounded: true })
}

describe('the entities of a policy', () => {
  test('are groups, roles and users, each by name and once', async () => {
    await fill()
    expect(await names()).toEqual([
      'GROUP admins',
      'GROUP Crew',
      'ROLE Both',
      'ROLE Deploy',
      'ROLE Engine',
      'USER Ada',
      'USER bob',
      'USER Cyd',
    ])
  })

  test('are filtered by type, use and path', async () => {
    await fill()
    expect(await names({ entityFilter: 'ROLE' })).toEqual(['ROLE Both', 'ROLE Deploy', 'ROLE Engine'])
    expect(await names({ entityFilter: 'GROUP' })).toEqual(['GROUP admins', 'GROUP Crew'])
    expect(await names({ policyUsageFilter: 'PERMISSIONS_BOUNDARY' })).toEqual([
      'ROLE Both',
      'ROLE Deploy',
      'USER bob',
      'USER Cyd',
    ])
    expect(await names({ policyUsageFilter: 'PERMISSIONS_POLICY', entityFilter: 'USER' })).toEqual([
      'USER Ada',
      'USER Cyd',
    ])
    expect(await names({ policyUsageFilter: 'PERMISSIONS_BOUNDARY', entityFilter: 'GROUP' })).toEqual([])
    expect(await names({ pathPrefix: '/staff' })).toEqual(['GROUP Crew', 'ROLE Deploy', 'USER bob', 'USER Cyd'])
    expect(await names({ pathPrefix: '/staff/e' })).toEqual(['USER Cyd'])
    expect(await names({ pathPrefix: '/%' })).toEqual([])
  })

  test.each(['LOCAL_MANAGED_POLICY', 'AWS_MANAGED_POLICY'] as const)('are none of type %s', async (entityFilter) => {
    await fill()
    expect(await list({ entityFilter })).toEqual({
      names: [],
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    })
  })

  test.each([1, 2, 3, 7, 8])('come in pages of %i that neither skip nor repeat', async (first) => {
    await fill()
    const all = await names()
    const found: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const page = await list({ first, after })
      found.push(...page.names)
      after = page.endCursor
      more = page.hasNextPage
    }
    expect(found).toEqual(all)
    const last = await list({ last: first })
    expect(last.names).toEqual(all.slice(-first))
    expect((await list({ last: first, before: last.startCursor })).names).toEqual(all.slice(0, -first).slice(-first))
  })

  test('keep their places when the one that a cursor was made of goes', async () => {
    await fill()
    const { endCursor: after } = await list({ first: 6 })
    await services.db.userPolicyAttachment.deleteMany({})
    expect(await names({ first: 1, after })).toEqual(['USER bob'])
  })

  test('are those of the account alone, where every account has a policy with this id', async () => {
    await fill()
    const other = await seedAccount(services, { accountId: '999999999999' })
    const at = { createdAt: services.clock(), updatedAt: services.clock() }
    await services.db.policy.create({
      data: { accountId: other.accountId, id: policyId, name: 'Shared', nameKey: 'shared', ...at },
    })
    await other.createTestUser({ name: 'stranger', attached: [policyId], accessKeys: 0 })
    expect((await list({}, other)).names).toEqual(['USER stranger'])
    expect(await names()).not.toContain('USER stranger')
  })

  test.each<[string, EntitiesArgs]>([
    ['a prefix without slash', { pathPrefix: 'staff' }],
    ['two ends', { first: 1, last: 1 }],
    ['a foreign cursor', { after: 'AAAA' }],
  ])('are not listed with %s', async (_what, args) => {
    expect((await refusal(() => entitiesPage(args))).code).toBe('ValidationError')
  })
})
