import { beforeEach, describe, expect, test } from 'vitest'
import type { PageOrder } from '../../../src/iam/keyset-page.ts'
import { pageOfUsers, type UsersArgs } from '../../../src/iam/users/page-of-users.ts'
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

async function list(args: UsersArgs) {
  const { where, orderBy, take, select, connection } = await pageOfUsers(services.db, account.accountId, args)
  const rows = await services.db.user.findMany({ where, orderBy, take, select: { ...select, name: true } })
  const { edges, pageInfo } = connection(rows)
  return { names: edges.map(({ node }) => node.name), cursors: edges.map(({ cursor }) => cursor), ...pageInfo }
}

async function makeUsers(...names: string[]) {
  for (const name of names) {
    await account.createTestUser({ name, accessKeys: 0 })
    services.clock.advance(1000)
  }
}

describe('the users of an account', () => {
  test('come by name without regard to case, and root is not among them', async () => {
    await makeUsers('bob', 'Alice', '_x', 'carol', 'Bill', 'b-1')
    expect((await list({})).names).toEqual(['_x', 'Alice', 'b-1', 'Bill', 'bob', 'carol'])
  })

  test('are those of this account only', async () => {
    await makeUsers('bob')
    const other = await seedAccount(services, { accountId: '999999999999' })
    await other.createTestUser({ name: 'eve' })
    expect((await list({})).names).toEqual(['bob'])
  })

  test('come in the order that is asked for', async () => {
    await makeUsers('b', 'c', 'a')
    expect((await list({ orderBy: { field: 'NAME', direction: 'DESC' } })).names.join('')).toBe('cba')
    expect((await list({ orderBy: { field: 'CREATED_AT', direction: 'ASC' } })).names.join('')).toBe('bca')
    expect((await list({ orderBy: { field: 'CREATED_AT', direction: 'DESC' } })).names.join('')).toBe('acb')
  })
})

describe.each<PageOrder>([
  { field: 'NAME', direction: 'ASC' },
  { field: 'NAME', direction: 'DESC' },
  { field: 'CREATED_AT', direction: 'ASC' },
  { field: 'CREATED_AT', direction: 'DESC' },
])('pages by $field $direction', (orderBy) => {
  beforeEach(async () => {
    await makeUsers('a', 'b')
    // Three in the same instant: only the id tells them apart.
    for (const name of ['c', 'd', 'e']) await account.createTestUser({ name, accessKeys: 0 })
    services.clock.advance(1000)
    await makeUsers('f', 'g')
  })

  test('forwards and backwards together are the list, each user once', async () => {
    const all = (await list({ orderBy })).names
    const forwards: string[] = []
    for (let after: string | null = null; ; ) {
      const page = await list({ orderBy, first: 2, after })
      forwards.push(...page.names)
      expect(page.hasNextPage).toBe(forwards.length < all.length)
      expect(page.hasPreviousPage).toBe(after !== null)
      if (!page.hasNextPage) break
      after = page.endCursor
    }
    expect(forwards).toEqual(all)

    const backwards: string[] = []
    for (let before: string | null = null; ; ) {
      const page = await list({ orderBy, last: 3, before })
      backwards.unshift(...page.names)
      expect(page.hasPreviousPage).toBe(backwards.length < all.length)
      expect(page.hasNextPage).toBe(before !== null)
      if (!page.hasPreviousPage) break
      before = page.startCursor
    }
    expect(backwards).toEqual(all)
  })

  test('survive that the user of the cursor and users before it are deleted, and that others are added', async () => {
    const all = (await list({ orderBy })).names
    const { names, endCursor } = await list({ orderBy, first: 3 })
    await services.db.user.deleteMany({ where: { name: { in: [names[0]!, names[2]!] } } })
    await makeUsers('a0')
    const rest = (await list({ orderBy, after: endCursor })).names.filter((name) => name !== 'a0')
    expect(rest).toEqual(all.slice(3))
  })

  test('between two cursors are what lies between them', async () => {
    const { names, cursors } = await list({ orderBy })
    expect((await list({ orderBy, after: cursors[0], before: cursors[4] })).names).toEqual(names.slice(1, 4))
  })
})

describe('a filter', () => {
  test('by path prefix takes the prefix letter by letter', async () => {
    await account.createTestUser({ name: 'a', path: '/div_1/x/' })
    await account.createTestUser({ name: 'b', path: '/div_1/' })
    await account.createTestUser({ name: 'c', path: '/divX1/' })
    await account.createTestUser({ name: 'd', path: '/DIV_1/' })
    await account.createTestUser({ name: 'e', path: '/%/' })
    expect((await list({ pathPrefix: '/div_' })).names).toEqual(['a', 'b'])
    expect((await list({ pathPrefix: '/div_1/x' })).names).toEqual(['a'])
    expect((await list({ pathPrefix: '/%' })).names).toEqual(['e'])
    expect((await list({ pathPrefix: '/' })).names).toHaveLength(5)
  })

  test('by name finds parts in any case, and no wildcard hides in them', async () => {
    await makeUsers('deploy_bot', 'deployXbot', 'Alice')
    expect((await list({ search: 'DEPLOY_' })).names).toEqual(['deploy_bot'])
    expect((await list({ search: 'lic' })).names).toEqual(['Alice'])
    for (const search of ['%', '\\', 'nobody']) expect((await list({ search })).names).toEqual([])
  })

  test('that is empty or blank finds everybody', async () => {
    await makeUsers('a', 'b')
    for (const search of ['', '  ', null]) expect((await list({ search })).names).toEqual(['a', 'b'])
  })

  test('by a pasted access key id finds its owner, also when the key is inactive', async () => {
    const { accessKeys, id } = await account.createTestUser({ name: 'alice' })
    const inactive = await account.createTestAccessKey(id, { status: 'INACTIVE' })
    await account.createTestUser({ name: 'bob' })
    expect((await list({ search: ` ${accessKeys[0]!.id}\n` })).names).toEqual(['alice'])
    expect((await list({ search: inactive.id })).names).toEqual(['alice'])
    expect((await list({ search: inactive.id.slice(0, 19) })).names).toEqual([])
    expect((await list({ accessKeyId: inactive.id })).names).toEqual(['alice'])
    expect((await list({ accessKeyId: 'AKIAUNKNOWNUNKNOWN22' })).names).toEqual([])
  })

  test('by the key id of another account or of root finds nobody', async () => {
    const other = await seedAccount(services, { accountId: '999999999999' })
    const foreign = await other.createTestUser({ name: 'eve' })
    const rootKey = await account.createTestAccessKey(account.root.id)
    for (const { id } of [foreign.accessKeys[0]!, rootKey]) {
      expect((await list({ search: id })).names).toEqual([])
      expect((await list({ accessKeyId: id })).names).toEqual([])
    }
  })

  test('goes on through the pages', async () => {
    await makeUsers('x1', 'y', 'x2', 'x3')
    const first = await list({ search: 'x', first: 2 })
    expect(first).toMatchObject({ names: ['x1', 'x2'], hasNextPage: true })
    expect(await list({ search: 'x', first: 2, after: first.endCursor })).toMatchObject({
      names: ['x3'],
      hasNextPage: false,
    })
  })

  test.each([
    ['a prefix without slash', { pathPrefix: 'x' }],
    ['a key id that cannot be one', { accessKeyId: 'short' }],
    ['control characters', { search: 'a\u0000' }],
    ['a bad cursor', { after: 'x' }],
  ])('with %s is refused', async (_, args) => {
    expect((await refusal(() => list(args))).code).toBe('ValidationError')
  })
})
