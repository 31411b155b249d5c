import { getNamedType, isLeafType, isListType, isRequiredArgument } from 'graphql'
import { beforeAll, describe, expect, test } from 'vitest'
import { createSigningFetch } from '../../src/client/index.ts'
import { buildSchema } from '../../src/graphql/schema.ts'
import {
  type Account,
  type Answer,
  at,
  type Installation,
  keyOf,
  openInstallation,
  type TestCaller,
} from '../support/installation.ts'
import { longestPause } from '../support/pauses.ts'

/** Far above the noise of a busy machine, far below the seconds that each of these took. */
const LONGEST_PAUSE_MS = 1_000
/** Of lists in lists, which kept everybody waiting for 10 to 50 seconds; the embedded database works in the same thread. */
const LONGEST_PAUSE_OF_LISTS_MS = 1_500

let installation: Installation
let account: Account
let now = 0

beforeAll(async () => {
  installation = await openInstallation({ monotonic: () => now })
  account = await installation.openAccount()
})

/** A caller whom nobody has asked for anything yet. */
let callers = 0
const caller = (action: string | readonly string[] = 'iam:*'): Promise<TestCaller> =>
  account.user({ name: `caller-${++callers}`, allow: [{ action }] })

/** Fields of Query that can be asked with one text in all of their arguments that are texts. */
function readsByText(): readonly string[] {
  const texts = new Set(['String', 'ID', 'ARN'])
  return Object.values(buildSchema().getQueryType()!.getFields()).flatMap(({ name, type, args }) => {
    const byText = args.filter((argument) => texts.has(getNamedType(argument.type).name) && !isListType(argument.type))
    if (byText.length === 0 || args.some((argument) => isRequiredArgument(argument) && !byText.includes(argument)))
      return []
    const paged = args.some((argument) => argument.name === 'first') ? ['first: 1'] : []
    const given = [...byText.map((argument) => `${argument.name}: $${getNamedType(argument.type).name}`), ...paged]
    return [`${name}(${given.join(', ')})${isLeafType(getNamedType(type)) ? '' : ' { __typename }'}`]
  })
}

const aliased = (count: number, field: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `f${i}: ${field(i)}`).join(' ')

/** Users with their groups and the users of those. */
const nested = (outer: number, inner: number) =>
  `{ users(first: ${outer}) { edges { node { groups(first: 1000) { edges { node { users(first: ${inner}) { edges { node { name arn } } } } } } } } } }`

/** Keeps the processor at work. */
function busy(ms: number): void {
  const { user } = process.cpuUsage()
  while (process.cpuUsage().user - user < ms * 1000);
}

test('what stands still is seen, and what only waits is not', async () => {
  expect(await longestPause(async () => busy(150))).toBeGreaterThan(50)
  expect(await longestPause(() => new Promise((resolve) => setTimeout(resolve, 100)))).toBeLessThan(50)
})

describe('rows', () => {
  test('what asks for more than can ever be drawn is refused before it is read, with the number and the limit', async () => {
    const { ask } = await caller()
    const answer = await ask(
      '{ users(first: 1000) { edges { node { groups(first: 1000) { edges { node { users(first: 1000) { edges { node { name } } } } } } } } } }',
    )
    expect(answer.errors).toMatchObject([
      { message: expect.stringMatching(/10,011,000.*at most 100,000.*first/), extensions: { code: 'ValidationError' } },
    ])
  })

  test('fragments count wherever they are spread: a chain that doubles at each level is refused by its rows', async () => {
    const { ask } = await caller()
    // As long as a document may be with its fragments written out: 2^9 fields of pages.
    const chain = Array.from({ length: 9 }, (_, i) => `fragment F${i} on User { ...F${i + 1} ...F${i + 1} }`)
    const answer = await ask(
      `{ users(first: 100) { edges { node { ...F0 } } } } ${chain.join(' ')} fragment F9 on User { groups { edges { node { name } } } }`,
    )
    expect(answer.errors).toMatchObject([
      { message: expect.stringMatching(/asks for up to 512,100 rows/), extensions: { code: 'ValidationError' } },
    ])
  })

  test('what lists in lists may ask for is answered in turns, however much there is of it', async () => {
    const many = await installation.openAccount()
    const { ask } = await many.user({ name: 'reader', allow: [{ action: 'iam:*' }] })
    const { accountId } = many
    const createdAt = installation.clock()
    const named = (kind: string, n: number) =>
      Array.from({ length: n }, (_, i) => ({
        accountId,
        id: `${kind}${i}`,
        name: `${kind}${i}`,
        nameKey: `${kind}${i}`.toLowerCase(),
        createdAt,
      }))
    const users = named('AIDA', 150)
    const groups = named('AGPA', 10)
    await installation.db.user.createMany({ data: users })
    await installation.db.group.createMany({ data: groups })
    await installation.db.groupMember.createMany({
      data: groups.flatMap(({ id: groupId }) =>
        users.map(({ id: userId }) => ({ accountId, groupId, userId, addedAt: createdAt })),
      ),
    })
    expect((await ask(nested(1000, 1000))).codes).toEqual(['ValidationError'])
    // The plans must not hang on statistics that tests before left: the embedded database runs in this process.
    await installation.pool.query('analyze')
    let answer: Answer | undefined
    const pause = await longestPause(async () => {
      answer = await ask(nested(20, 150))
    })
    expect(answer?.codes).toEqual([])
    expect(answer?.text.split('"name"').length).toBeGreaterThan(28_000)
    expect(pause).toBeLessThan(LONGEST_PAUSE_OF_LISTS_MS)
  })

  test('pages that return little are given back, so that a tool pages on for as long as it likes', async () => {
    const { ask } = await caller()
    for (let page = 0; page < 30; page++) {
      const answer = await ask(
        '{ users(first: 1000) { edges { node { name tags { key } groups(first: 100) { edges { node { name } } } } } } }',
      )
      expect(answer.codes).toEqual([])
    }
  })
})

describe('policy documents', () => {
  const longest = (() => {
    const actions = Array.from({ length: 9_000 }, (_, i) => `"iam:x${i}"`)
    return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[${actions.join(',')}],"Resource":"*"}]}`
  })()

  test('a hundred aliases over one variable are a hundred documents, and others are answered meanwhile', async () => {
    const { ask } = await caller('iam:GetUser')
    const query = `query ($d: PolicyDocument!) { ${aliased(100, () => 'validatePolicy(document: $d) { issueCode }')} }`
    let codes: readonly string[] = []
    const pause = await longestPause(async () => {
      codes = (await ask(query, { d: longest })).codes
    })
    expect(codes.length).toBeGreaterThan(70)
    expect([...new Set(codes)]).toEqual(['Throttling'])
    expect(pause).toBeLessThan(LONGEST_PAUSE_MS)
  })

  test('more than can ever be drawn is refused with the number and the limit, as waiting would not help', async () => {
    const { ask } = await caller()
    const query = `query ($d: PolicyDocument!) {
      simulateCustomPolicy(input: { policyInputList: [${Array.from({ length: 40 }, () => '$d').join(', ')}], actionNames: ["iam:GetUser"] }) { evalDecision }
    }`
    const { errors } = await ask(query, { d: longest })
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(
          /^simulateCustomPolicy is given [0-9,]+ characters of policies; at most 2,000,000/,
        ),
        extensions: { code: 'ValidationError' },
      },
    ])
  })

  test('both doors say when to come back, and then let the caller in', async () => {
    const { accessKeys } = await caller()
    const send = createSigningFetch({ ...keyOf(accessKeys[0]!), now: installation.clock })
    const query = `query ($d: PolicyDocument!) { ${aliased(40, () => 'validatePolicy(document: $d) { line }')} }`
    const graphql = await send(`${installation.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { d: longest } }),
    })
    await graphql.text()
    expect([graphql.status, Number(graphql.headers.get('retry-after'))]).toEqual([200, expect.any(Number)])
    const simulate = () =>
      send(`${installation.url}/`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          Action: 'GetContextKeysForCustomPolicy',
          Version: '2010-05-08',
          'PolicyInputList.member.1': longest,
        }).toString(),
      })
    const refused = await simulate()
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('<Code>Throttling</Code>')])
    const wait = Number(refused.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(0)
    now += wait * 1000
    expect((await simulate()).status).toBe(200)
  })
})

describe('decisions', () => {
  test('thousands of questions are answered in turns, and no more than the caller may ask', async () => {
    const { ask } = await caller()
    const checks = Array.from({ length: 500 }, (_, i) => ({
      action: 'iam:GetUser',
      resource: account.arn(`user/nobody-${i}`),
    }))
    const query = `query ($c: [AccessCheck!]!) { viewer { ${aliased(24, () => 'can(checks: $c) { allowed }')} } }`
    let codes: readonly string[] = []
    const pause = await longestPause(async () => {
      codes = (await ask(query, { c: checks })).codes
    })
    // The field cannot be null, so that the first refusal stands for all.
    expect(codes).toEqual(['Throttling'])
    expect(pause).toBeLessThan(LONGEST_PAUSE_MS)
  })

  test('a simulation that costs more than can ever be drawn is refused with the number and the limit', async () => {
    const { ask } = await caller()
    const statement = { Effect: 'Allow', Action: 'iam:*', Resource: '*' }
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: Array.from({ length: 2_000 }, () => statement) })
    const answer = await ask(
      'query ($i: SimulateCustomPolicyInput!) { simulateCustomPolicy(input: $i) { evalDecision } }',
      {
        i: { policyInputList: [policy], actionNames: Array.from({ length: 1000 }, (_, i) => `iam:Get${i}`) },
      },
    )
    expect(answer.errors).toMatchObject([
      { message: expect.stringMatching(/at most 5000/), extensions: { code: 'ValidationError' } },
    ])
  })
})

describe('names', () => {
  const variables = { String: 'a'.repeat(300_000), ID: 'a'.repeat(300_000), ARN: `arn:${'a'.repeat(300_000)}` }
  const reads = readsByText()
  let curious: TestCaller
  beforeAll(async () => {
    curious = await caller()
  })

  test('are the arguments of most reads', () => {
    expect(reads.length).toBeGreaterThan(20)
  })

  test.each(reads)('a hundred aliases of %s with 300 kB are answered in turns', async (read) => {
    const declared = ['String', 'ID', 'ARN'].filter((type) => read.includes(`$${type}`))
    const query = `query (${declared.map((type) => `$${type}: ${type}!`).join(', ')}) { ${aliased(100, () => read)} }`
    let answer: Answer | undefined
    const pause = await longestPause(async () => {
      answer = await curious.ask(
        query,
        Object.fromEntries(Object.entries(variables).filter(([type]) => declared.includes(type))),
      )
    })
    expect(answer?.codes).not.toContain('InternalFailure')
    expect(answer?.text.length).toBeLessThan(1_000_000)
    expect(pause).toBeLessThan(LONGEST_PAUSE_MS)
  })
})

const canQuery = (fields: string) => `query ($c: [AccessCheck!]!) { viewer { can(checks: $c) { ${fields} } } }`

describe('simulations and explanations', () => {
  /** Two documents with as many different statements about the action as fit. */
  const documents = [0, 1].map((n) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: Array.from({ length: 900 }, (_, i) => ({
        Effect: 'Allow',
        Action: 'iam:Get*',
        Resource: `arn:aws:iam::*:user/${n}-${i}/*`,
      })),
    }),
  )

  test('a hundred simulations of two large documents are answered in turns, until the caller has asked enough', async () => {
    const { ask } = await caller()
    const input = {
      policyInputList: documents,
      actionNames: ['iam:GetUser', 'iam:GetRole', 'iam:GetGroup'],
      resourceArns: [account.arn('user/somebody')],
    }
    const query = `query ($i: SimulateCustomPolicyInput!) { ${aliased(100, () => 'simulateCustomPolicy(input: $i) { evalDecision }')} }`
    let answer: Answer | undefined
    const pause = await longestPause(async () => {
      answer = await ask(query, { i: input })
    })
    expect(answer?.codes.length).toBeGreaterThan(50)
    expect([...new Set(answer?.codes)]).toEqual(['Throttling'])
    expect(at(answer!, 'f0.0.evalDecision')).toBe('IMPLICIT_DENY')
    expect(pause).toBeLessThan(LONGEST_PAUSE_MS)
  })

  test('an explanation is one more decision, however many of its fields are asked for', async () => {
    const { ask } = await caller(['iam:*', 'sts:DecodeAuthorizationMessage'])
    const checks = Array.from({ length: 450 }, (_, i) => ({
      action: 'iam:GetUser',
      resource: account.arn(`user/x${i}`),
    }))
    const explain = 'statements { sid } again: statements { line } context { key } missingContextValues cut'
    // 5,000 in all: five times 900, and then 450 that are not explained.
    for (let i = 0; i < 5; i++) expect((await ask(canQuery(explain), { c: checks })).codes).toEqual([])
    expect((await ask(canQuery('allowed'), { c: checks })).codes).toEqual([])
    expect((await ask(canQuery('allowed'), { c: checks })).codes).toEqual(['Throttling'])
  })
})

describe('changes of access keys', () => {
  test('creation is held up by the limit of the configuration, and revocation never', async () => {
    const small = await openInstallation({ beside: installation, monotonic: () => now, keyChangesPerMinute: 3 })
    const { accessKeys } = await caller()
    const ask = small.signs(keyOf(accessKeys[0]!))
    const user = await account.createTestUser({ name: 'leaked', accessKeys: 1 })
    const set = (status: string) =>
      ask('mutation ($i: UpdateAccessKeyInput!) { updateAccessKey(input: $i) { accessKey { status } } }', {
        i: { userName: 'leaked', accessKeyId: user.accessKeys[0]!.id, status },
      })
    for (let i = 0; i < 3; i++) expect((await set('ACTIVE')).codes).toEqual([])
    const refused = await set('ACTIVE')
    expect(refused.errors).toMatchObject([{ extensions: { code: 'Throttling', retryAfterSeconds: 20 } }])
    for (let i = 0; i < 5; i++) expect(at(await set('INACTIVE'), 'updateAccessKey.accessKey.status')).toBe('INACTIVE')
    now += 20_000
    expect((await set('ACTIVE')).codes).toEqual([])
    const deleted = await ask(
      'mutation ($i: DeleteAccessKeyInput!) { deleteAccessKey(input: $i) { deletedAccessKeyId } }',
      {
        i: { userName: 'leaked', accessKeyId: user.accessKeys[0]!.id },
      },
    )
    expect(deleted.codes).toEqual([])
  })
})
