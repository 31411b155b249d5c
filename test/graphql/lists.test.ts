import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Account, type Answer, at, type Installation, openInstallation } from '../support/installation.ts'
import { statementsOf } from './statements.ts'
import { openWorld } from '../support/world.ts'

const DAY = 86_400_000

let installation: Installation

beforeAll(async () => {
  installation = await openInstallation()
})

afterAll(() => installation.stop())

/** Users with all that a page of a portal shows of them. */
async function fill(account: Account, count: number): Promise<void> {
  const policy = await account.createTestPolicy({
    name: 'Everywhere',
    document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } },
  })
  for (let n = 1; n <= count; n++) {
    const user = await account.createTestUser({
      name: `user-${String(n).padStart(3, '0')}`,
      tags: { team: n % 2 === 0 ? 'blue' : 'red', seat: String(n) },
      attached: [policy.id],
      accessKeys: 2,
    })
    await installation.db.mfaDevice.create({
      data: {
        accountId: account.accountId,
        id: `device-${n}`,
        name: `device-${n}`,
        nameKey: `/device-${n}`,
        seed: new Uint8Array(8),
        seedKeyId: 'none',
        userId: user.id,
        createdAt: installation.clock(),
        enabledAt: installation.clock(),
      },
    })
  }
}

const EVERYTHING = `{ users(first: 1000) { edges { node {
  name accessKeyAgeInDays accessKeyQuota { used }
  accessKeys { accessKeyId status description lastUsed { at } }
  tags { key value }
  mfaDevices { serialNumber user { name } }
  attachedPolicies { edges { node { policyName defaultVersion { policyDocument } } } }
  inlinePolicies { policyName policyDocument }
  permissionsBoundary { arn }
  loginProfile { createdAt }
} } } }`

/**
 * What a list asks of the database when compiled policies and targets are known. What is written in the background meanwhile can
 * only add to it, so the least of three times is what the list needs.
 */
async function costOf(
  ask: (query: string) => Promise<Answer>,
  query: string,
): Promise<{ answer: Answer; count: number }> {
  let answer = await ask(query)
  const counts: number[] = []
  for (let time = 1; time <= 3; time++) {
    const statements = await statementsOf(installation.pool, async () => {
      answer = await ask(query)
    })
    counts.push(statements.length)
  }
  return { answer, count: Math.min(...counts) }
}

describe('a list of users with everything below them', () => {
  const callers = {
    'whose policies look at nothing but names': [{ action: 'iam:*' }],
    'whose policies look at the tags of each user': [
      { action: 'iam:*', when: { StringNotEquals: { 'aws:ResourceTag/team': 'green' } } },
    ],
  }

  test.each(Object.entries(callers))(
    'costs a caller %s no statement more for each user, fifty or five',
    async (_who, allow) => {
      const counts: number[] = []
      for (const size of [5, 50]) {
        const account = await installation.openAccount()
        await fill(account, size)
        const caller = await account.user({ name: 'Caller', allow, accessKeys: 1 })
        const { answer, count } = await costOf(caller.ask, EVERYTHING)
        expect(answer.errors).toEqual([])
        expect(at(answer, 'users.edges.length')).toBe(size + 1)
        expect(at(answer, 'users.edges.1.node.accessKeys.length')).toBe(2)
        expect(at(answer, 'users.edges.1.node.mfaDevices.0.user.name')).toBe('user-001')
        counts.push(count)
      }
      // Rows are looked up together when they come up in one turn of the event loop, so that there can be a few more or fewer; one
      // for each user would be 45 more.
      const [ofFive = 0, ofFifty = Infinity] = counts
      expect(ofFifty).toBeLessThan(ofFive + 5)
      // Authentication, the list, perhaps the tags; and one statement for each relation where the database cannot join them.
      expect(counts[0]).toBeLessThan(15)
    },
  )

  test('shows when passwords were used to who may list, without reading any more for it', async () => {
    const account = await installation.openAccount()
    await fill(account, 5)
    const caller = await account.user({
      name: 'Caller',
      allow: [
        { action: 'iam:ListUsers', on: account.arn('user/') },
        { action: 'iam:GetUser', when: { StringEquals: { 'aws:ResourceTag/team': 'green' } } },
      ],
    })
    const names = await costOf(caller.ask, '{ users { edges { node { name } } } }')
    const { answer, count } = await costOf(caller.ask, '{ users { edges { node { name passwordLastUsedAt } } } }')
    expect(answer.errors).toEqual([])
    expect(count).toBe(names.count)
  })

  test('shows only what the tags of each user allow, one by one', async () => {
    const account = await installation.openAccount()
    await fill(account, 4)
    const caller = await account.user({
      name: 'Caller',
      allow: [
        { action: 'iam:ListUsers' },
        { action: 'iam:ListAccessKeys', when: { StringEquals: { 'aws:ResourceTag/team': 'blue' } } },
        { action: 'iam:ListUserTags', when: { StringEquals: { 'iam:ResourceTag/Team': 'red' } } },
      ],
    })
    const { data, codes } = await caller.ask(
      '{ users(search: "user-") { edges { node { name accessKeys { status } tags { key } } } } }',
    )
    const keys = [{ status: 'ACTIVE' }, { status: 'ACTIVE' }]
    const tags = [{ key: 'seat' }, { key: 'team' }]
    expect(data).toEqual({
      users: {
        edges: [
          { node: { name: 'user-001', accessKeys: null, tags } },
          { node: { name: 'user-002', accessKeys: keys, tags: null } },
          { node: { name: 'user-003', accessKeys: null, tags } },
          { node: { name: 'user-004', accessKeys: keys, tags: null } },
        ],
      },
    })
    expect(codes).toEqual(Array(4).fill('AccessDenied'))
  })

  test('reads nothing that the caller may not see anywhere', async () => {
    const account = await installation.openAccount()
    await fill(account, 3)
    const caller = await account.user({ name: 'Caller', allow: [{ action: 'iam:ListUsers' }] })
    const statements = await statementsOf(installation.pool, () =>
      caller.ask('{ users { edges { node { name accessKeys { accessKeyId } tags { key } mfaDevices { id } } } } }'),
    )
    const list = statements.find((text) => text.includes('"public"."user"')) ?? ''
    expect(list).not.toMatch(/access_key|user_tag|mfa_device/)
  })
})

describe('pages of users', () => {
  let account: Account
  beforeAll(async () => {
    account = await installation.openAccount()
    for (const name of ['delta', 'Alpha', 'charlie', 'Bravo', 'echo']) {
      installation.clock.advance(1000)
      await account.createTestUser({
        name,
        path: name === 'echo' ? '/far/away/' : '/',
        accessKeys: name === 'echo' ? 2 : 0,
      })
    }
  })

  const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $orderBy: UserOrder, $search: String,
      $accessKeyId: ID, $pathPrefix: String) {
    users(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy, search: $search,
        accessKeyId: $accessKeyId, pathPrefix: $pathPrefix) {
      edges { cursor node { name } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`

  interface Page {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly name: string } }[]
    readonly pageInfo: {
      readonly hasNextPage: boolean
      readonly hasPreviousPage: boolean
      readonly startCursor: string | null
      readonly endCursor: string | null
    }
  }

  async function page(variables: Readonly<Record<string, unknown>> = {}) {
    const answer = await account.root(PAGE, variables)
    expect(answer.errors).toEqual([])
    const { data }: { data: { users: Page } } = JSON.parse(answer.text)
    const { edges, pageInfo } = data.users
    return { names: edges.map(({ node }) => node.name), ...pageInfo }
  }

  test('go forward by name, without regard to case', async () => {
    const first = await page({ first: 2 })
    expect(first).toMatchObject({ names: ['Alpha', 'Bravo'], hasNextPage: true, hasPreviousPage: false })
    const second = await page({ first: 2, after: first.endCursor })
    expect(second).toMatchObject({ names: ['charlie', 'delta'], hasNextPage: true, hasPreviousPage: true })
    const third = await page({ first: 2, after: second.endCursor })
    expect(third).toMatchObject({ names: ['echo'], hasNextPage: false })
  })

  test('go backward', async () => {
    const last = await page({ last: 2 })
    expect(last).toMatchObject({ names: ['delta', 'echo'], hasPreviousPage: true, hasNextPage: false })
    const before = await page({ last: 2, before: last.startCursor })
    expect(before).toMatchObject({ names: ['Bravo', 'charlie'], hasPreviousPage: true, hasNextPage: true })
  })

  test.each([
    ['NAME', 'DESC', ['echo', 'delta', 'charlie', 'Bravo', 'Alpha']],
    ['CREATED_AT', 'ASC', ['delta', 'Alpha', 'charlie', 'Bravo', 'echo']],
    ['CREATED_AT', 'DESC', ['echo', 'Bravo', 'charlie', 'Alpha', 'delta']],
  ])('can be ordered by %s %s', async (field, direction, names) => {
    const orderBy = { field, direction }
    expect((await page({ orderBy })).names).toEqual(names)
    const first = await page({ orderBy, first: 3 })
    const rest = await page({ orderBy, first: 3, after: first.endCursor })
    expect([...first.names, ...rest.names]).toEqual(names)
  })

  test('neither skip nor repeat anybody when users come and go between them', async () => {
    const first = await page({ first: 2 })
    const early = await account.createTestUser({ name: 'aaron', accessKeys: 0 })
    const late = await account.createTestUser({ name: 'charles', accessKeys: 0 })
    await account.root('mutation { updateUser(input: { userName: "Bravo", newUserName: "zulu" }) { __typename } }')
    expect((await page({ first: 10, after: first.endCursor })).names).toEqual([
      'charles',
      'charlie',
      'delta',
      'echo',
      'zulu',
    ])
    for (const { id } of [early, late])
      await installation.db.user.delete({ where: { accountId_id: { accountId: account.accountId, id } } })
    await account.root('mutation { updateUser(input: { userName: "zulu", newUserName: "Bravo" }) { __typename } }')
    expect((await page({ first: 2 })).names).toEqual(['Alpha', 'Bravo'])
  })

  test.each([
    ['not one of ours', { after: 'bm9uc2Vuc2U' }],
    [
      'of another order',
      { after: Buffer.from('["n","bravo"]').toString('base64url'), orderBy: { field: 'CREATED_AT', direction: 'ASC' } },
    ],
    ['empty', { before: '' }],
  ])('refuse a cursor that is %s', async (_what, variables) => {
    const { errors } = await account.root(PAGE, variables)
    expect(errors).toMatchObject([{ message: 'Invalid Marker.', extensions: { code: 'ValidationError' } }])
  })

  test.each([
    [0, 'greater than or equal to 1'],
    [1001, 'less than or equal to 1000'],
  ])('refuse a size of %i', async (first, limit) => {
    const { errors } = await account.root(PAGE, { first })
    expect(errors).toMatchObject([
      {
        message: `1 validation error detected: Value '${first}' at 'first' failed to satisfy constraint: Member must have value ${limit}`,
        extensions: { code: 'ValidationError' },
      },
    ])
  })

  test('are searched by a part of the name in any case', async () => {
    expect((await page({ search: 'CH' })).names).toEqual(['charlie', 'echo'])
    expect((await page({ search: '%' })).names).toEqual([])
  })

  test('are searched by a pasted access key id, active or not, and by nothing less than the whole id', async () => {
    const [active, inactive] = await installation.db.accessKey.findMany({
      where: { accountId: account.accountId, user: { name: 'echo' } },
    })
    await installation.db.accessKey.update({ where: { id: inactive!.id }, data: { status: 'INACTIVE' } })
    for (const { id } of [active!, inactive!]) {
      expect((await page({ search: ` ${id}\n` })).names).toEqual(['echo'])
      expect((await page({ accessKeyId: id })).names).toEqual(['echo'])
      expect((await page({ search: id.slice(0, -1) })).names).toEqual([])
    }
    expect((await page({ accessKeyId: 'AKIAQAAAAAAAAAAAAAAA' })).names).toEqual([])
  })

  test('can be those below a path', async () => {
    expect((await page({ pathPrefix: '/far/' })).names).toEqual(['echo'])
    expect((await page({ pathPrefix: '/f' })).names).toEqual(['echo'])
    expect((await page({ pathPrefix: '/near/' })).names).toEqual([])
  })

  test('never show the root user', async () => {
    expect((await page({ search: 'root' })).names).toEqual([])
    const key = await installation.db.accessKey.findFirstOrThrow({ where: { userId: account.accountId } })
    expect((await page({ accessKeyId: key.id })).names).toEqual([])
  })

  test('never show another account', async () => {
    const other = await installation.openAccount()
    const foreign = await other.createTestUser({ name: 'foreigner' })
    expect((await page({ search: 'foreign' })).names).toEqual([])
    expect((await page({ search: foreign.accessKeys[0]!.id })).names).toEqual([])
  })
})

describe('the age of access keys', () => {
  const AGE = '{ user(name: "Owner") { accessKeyAgeInDays accessKeyQuota { used limit } } }'

  test('is that of the oldest active key in whole days', async () => {
    const account = await installation.openAccount()
    const owner = await account.createTestUser({ name: 'Owner', accessKeys: 0 })
    const age = async () => at(await account.root(AGE), 'user.accessKeyAgeInDays')
    expect(await age()).toBeNull()
    const old = await account.createTestAccessKey(owner.id)
    expect(await age()).toBe(0)
    installation.clock.advance(3 * DAY - 1)
    expect(await age()).toBe(2)
    installation.clock.advance(1)
    expect(await age()).toBe(3)
    await account.createTestAccessKey(owner.id)
    expect(await age()).toBe(3)
    await installation.db.accessKey.update({ where: { id: old.id }, data: { status: 'INACTIVE' } })
    expect(await age()).toBe(0)
    await installation.db.accessKey.updateMany({ where: { userId: owner.id }, data: { status: 'INACTIVE' } })
    expect(await age()).toBeNull()
    expect(at(await account.root(AGE), 'user.accessKeyQuota')).toEqual({ used: 2, limit: 2 })
  })
})

describe('node', () => {
  const NODE = `query ($id: ID!) { node(id: $id) { __typename id
    ... on User { name } ... on AccessKey { accessKeyId userName } ... on Policy { policyName } ... on MfaDevice { serialNumber }
  } }`

  test('finds what the global ids of other fields name', async () => {
    const { account, target, targetKey, managed, used, globalId } = await openWorld(installation)
    const answer = await account.root(`{ user(name: "Target") { id accessKeys { id } mfaDevices { id }
      attachedPolicies { edges { node { id } } } } }`)
    const {
      data,
    }: {
      data: {
        user: {
          id: string
          accessKeys: [{ id: string }]
          mfaDevices: [{ id: string }]
          attachedPolicies: { edges: [{ node: { id: string } }] }
        }
      }
    } = JSON.parse(answer.text)
    const { user } = data
    const found = async (id: string) => at(await account.root(NODE, { id }), 'node')
    expect(await found(user.id)).toEqual({ __typename: 'User', id: globalId('User', target.id), name: 'Target' })
    expect(await found(user.accessKeys[0].id)).toEqual({
      __typename: 'AccessKey',
      id: globalId('AccessKey', targetKey.id),
      accessKeyId: targetKey.id,
      userName: 'Target',
    })
    expect(await found(user.mfaDevices[0].id)).toMatchObject({
      __typename: 'MfaDevice',
      serialNumber: used.serialNumber,
    })
    expect(await found(user.attachedPolicies.edges[0].node.id)).toEqual({
      __typename: 'Policy',
      id: globalId('Policy', managed.id),
      policyName: 'Managed',
    })
  })

  test('answers for what belongs to another account as for what does not exist', async () => {
    const { target, targetKey, managed, used, globalId } = await openWorld(installation)
    const other = await installation.openAccount()
    const ids = {
      User: target.id,
      AccessKey: targetKey.id,
      Policy: managed.id,
      MfaDevice: Buffer.from(used.nodeId, 'base64').toString().split(':')[1]!,
    }
    for (const [type, id] of Object.entries(ids)) {
      const foreign = await other.root(NODE, { id: globalId(type, id) })
      const missing = await other.root(NODE, { id: globalId(type, 'AKIAQAAAAAAAAAAAAAAA') })
      expect([type, foreign.data, foreign.errors]).toEqual([type, { node: null }, []])
      expect([missing.data, missing.errors]).toEqual([{ node: null }, []])
    }
    const byId = await other.root('query ($id: ID!) { accessKey(id: $id) { userName } }', { id: targetKey.id })
    expect(byId.codes).toEqual(['NoSuchEntity'])
    const byArn = await other.root('query ($arn: ARN!) { policy(arn: $arn) { policyName } }', { arn: managed.arn })
    expect(byArn.codes).toEqual(['NoSuchEntity'])
  })

  test.each([
    ['no type', 'Missing:1'],
    ['nothing', ''],
    ['no id', 'User'],
    ['a type of the schema that is no node', 'Quota:1'],
    ['a member of every object', 'constructor:1'],
    ['a character that no database takes', 'User:\0'],
  ])('is null for an id that names %s', async (_what, text) => {
    const account = await installation.openAccount()
    const { data, codes } = await account.root(NODE, { id: Buffer.from(text).toString('base64') })
    expect([data, codes]).toEqual([{ node: null }, []])
  })

  test('does not find root among the users', async () => {
    const account = await installation.openAccount()
    const id = Buffer.from(`User:${account.accountId}`).toString('base64')
    expect(await account.root(NODE, { id })).toMatchObject({ data: { node: null }, errors: [] })
  })
})
