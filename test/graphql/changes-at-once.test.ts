import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSigningFetch } from '../../src/client/index.ts'
import { IAM, sender } from '../aws-query/clients.ts'
import { type Account, type Installation, keyOf, openInstallation, type TestCaller } from '../support/installation.ts'

const TAG = 'mutation ($input: TagUserInput!) { tagUser(input: $input) { user { name } } }'
const TAKE = 'mutation ($input: DeleteUserPolicyInput!) { deleteUserPolicy(input: $input) { policyName } }'
const WAIT_MS = 10_000

let installation: Installation
let now = 0
let named = 0

beforeAll(async () => {
  installation = await openInstallation({ monotonic: () => now })
})

afterAll(() => installation.stop())

const tagging = (userName: string, value = 'x') => ({ input: { userName, tags: [{ key: 'made', value }] } })

/** People who may tag users, each with a key. */
async function people(account: Account, count: number): Promise<TestCaller[]> {
  const made: TestCaller[] = []
  while (made.length < count)
    made.push(await account.user({ name: `person-${++named}`, allow: [{ action: 'iam:TagUser' }] }))
  return made
}

/** Somebody who may tag users. */
async function person(account: Account): Promise<TestCaller> {
  const [somebody] = await people(account, 1)
  if (somebody === undefined) throw new Error('nobody was made')
  return somebody
}

/** The same person at another gateway. */
const at = (gateway: Installation, { accessKeys: [key] }: TestCaller) => {
  if (key === undefined) throw new Error('There is no key.')
  return gateway.signs(keyOf(key))
}

/** Keeps all turns of the account until they are ended, one or all that are left. */
function heldTurns(accountId: string) {
  const { changes } = installation.services
  const held = Array.from({ length: changes.atOnceOfAccount }, () => {
    const over = new EventTarget()
    const turn = changes.run({ accountId, caller: 'the test' }, async () => void (await once(over, 'end')))
    return async () => {
      over.dispatchEvent(new Event('end'))
      await turn
    }
  })
  const endOne = async () => await held.pop()?.()
  return { endOne, endAll: async () => await Promise.all(held.splice(0).map((end) => end())) }
}

const waiting = (count: number) => expect.poll(() => installation.services.changes.waiting, { interval: 5 }).toBe(count)

const tagsOf = async ({ accountId, id: userId }: { accountId: string; id: string }) =>
  (await installation.db.userTag.findMany({ where: { accountId, userId } })).map(({ key, value }) => `${key}=${value}`)

describe('changes of one account', () => {
  test('by a hundred callers at once are all made, each once and with its event and its decision', async () => {
    const account = await installation.openAccount()
    const { accountId } = account
    const callers = await people(account, 100)
    const before = await installation.db.account.findUniqueOrThrow({ where: { id: accountId } })
    const answers = await Promise.all(callers.map(({ name, ask }) => ask(TAG, tagging(name, name))))
    expect(answers.flatMap(({ codes }) => codes)).toEqual([])

    const tags = await installation.db.userTag.findMany({ where: { accountId } })
    expect(tags.map(({ value }) => value).toSorted()).toEqual(callers.map(({ name }) => name).toSorted())
    const events = await installation.db.auditEvent.findMany({ where: { accountId } })
    expect(new Set(events.map(({ requestId }) => requestId))).toEqual(
      new Set(answers.map(({ requestId }) => requestId)),
    )
    expect(events.map(({ result }) => result)).toEqual(callers.map(() => 'SUCCESS'))
    const decisions = await installation.db.decisionRecord.findMany({ where: { accountId } })
    expect(new Set(decisions.map(({ id }) => id))).toEqual(new Set(events.map(({ decisionId }) => decisionId)))
    const after = await installation.db.account.findUniqueOrThrow({ where: { id: accountId } })
    expect(after.policyEpoch).toBe(before.policyEpoch + 100n)
  })

  test('by one caller, however many, let those of another through', async () => {
    const account = await installation.openAccount()
    const [busy, other] = [await person(account), await person(account)]
    const { endAll } = heldTurns(account.accountId)
    const answered: string[] = []
    const send = async ({ name, ask }: TestCaller, who: string) => {
      const { codes } = await ask(TAG, tagging(name))
      answered.push([who, ...codes].join(' '))
    }
    const sent = Array.from({ length: 60 }, () => send(busy, 'busy'))
    await waiting(60)
    sent.push(send(other, 'other'))
    await waiting(61)
    await endAll()
    await Promise.all(sent)
    expect(new Set(answered)).toEqual(new Set(['busy', 'other']))
    expect(answered.indexOf('other')).toBeLessThan(5)
  })

  test.each(['that waited too long', 'that find too many waiting'])(
    '%s are 503 with Retry-After in both doors, before anything began',
    async (why) => {
      const account = await installation.openAccount()
      const { accountId } = account
      const caller = await person(account)
      const [key] = caller.accessKeys
      if (key === undefined) throw new Error('There is no key.')
      const { endAll } = heldTurns(accountId)
      const others: Promise<unknown>[] = []
      const full = why === 'that find too many waiting'
      for (let i = 0; i < (full ? 500 : 0); i++) {
        others.push(installation.services.changes.run({ accountId, caller: `other ${i}` }, async () => {}))
      }
      const graphql = createSigningFetch({ ...keyOf(key), now: installation.clock })(`${installation.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: TAG, variables: tagging(caller.name) }),
      })
      const aws = sender(
        installation,
        key,
      )(`Action=TagUser&${IAM}&UserName=${caller.name}&Tags.member.1.Key=made&Tags.member.1.Value=y`)
      if (!full) {
        await waiting(2)
        now += WAIT_MS
      }

      const inGraphQL = await graphql
      expect([inGraphQL.status, inGraphQL.headers.get('retry-after')]).toEqual([503, '2'])
      expect(await inGraphQL.json()).toMatchObject({
        errors: [{ path: ['tagUser'], extensions: { code: 'ServiceUnavailable', retryAfterSeconds: 2 } }],
      })
      const inXml = await aws
      expect([inXml.status, inXml.headers.get('retry-after'), inXml.text('Code'), inXml.text('Type')]).toEqual([
        503,
        '2',
        'ServiceUnavailable',
        'Receiver',
      ])
      await endAll()
      await Promise.all(others)
      expect(await tagsOf(caller)).toEqual([])

      // Not a row for each: whoever may not change anything now would fill the trail with it.
      expect(await account.trail()).toEqual([])
      await installation.application.tally.flush()
      expect(await account.trail()).toMatchObject([
        {
          action: 'iam:TagUser',
          principalArn: caller.arn,
          result: 'FAILURE',
          errorCode: 'ServiceUnavailable',
          detail: { count: 2 },
        },
      ])
      expect((await caller.ask(TAG, tagging(caller.name))).codes).toEqual([])
    },
  )

  test('are refused when the permission was taken away by a change before them', async () => {
    const account = await installation.openAccount()
    const caller = await person(account)
    const { endOne, endAll } = heldTurns(account.accountId)
    const taking = account.root(TAKE, { input: { userName: caller.name, policyName: 'allowed' } })
    await waiting(1)
    const asking = caller.ask(TAG, tagging(caller.name))
    await waiting(2)
    await endOne()
    expect([(await taking).codes, (await asking).codes]).toEqual([[], ['AccessDenied']])
    await endAll()
    expect(await tagsOf(caller)).toEqual([])
  })

  test('are refused when another gateway took the permission away while they waited for their turn', async () => {
    const beside = await openInstallation({ beside: installation })
    const account = await installation.openAccount()
    const caller = await person(account)
    const { endAll } = heldTurns(account.accountId)
    const asking = caller.ask(TAG, tagging(caller.name))
    await waiting(1)
    const rootElsewhere = beside.signs(keyOf(account.rootKey))
    const taken = await rootElsewhere(TAKE, { input: { userName: caller.name, policyName: 'allowed' } })
    await endAll()
    expect([taken.codes, (await asking).codes]).toEqual([[], ['AccessDenied']])
    expect(await tagsOf(caller)).toEqual([])
    await beside.stop()
  })
})

describe.runIf(process.env.TEST_DATABASE_URL)('on PostgreSQL', () => {
  test('a change that waits for the lock of the account is decided on what the holder of the lock leaves', async () => {
    const account = await installation.openAccount()
    const { accountId } = account
    const caller = await person(account)
    const holder = await installation.pool.connect()
    try {
      await holder.query('begin')
      await holder.query('update account set policy_epoch = policy_epoch + 1 where id = $1', [accountId])
      await holder.query('delete from user_policy where account_id = $1 and user_id = $2', [accountId, caller.id])
      const asking = caller.ask(TAG, tagging(caller.name))
      const waits = "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
      await expect.poll(async () => (await installation.pool.query(waits)).rowCount, { interval: 5 }).toBe(1)
      await holder.query('commit')
      expect((await asking).codes).toEqual(['AccessDenied'])
      expect(await tagsOf(caller)).toEqual([])
    } finally {
      holder.release()
    }
  })

  test('changes by twenty callers at each of two gateways are all made', async () => {
    const beside = await openInstallation({ beside: installation })
    const account = await installation.openAccount()
    const { accountId } = account
    const callers = await people(account, 40)
    const answers = await Promise.all(
      callers.map((caller, i) => (i % 2 === 0 ? caller.ask : at(beside, caller))(TAG, tagging(caller.name))),
    )
    expect(answers.flatMap(({ codes }) => codes)).toEqual([])
    expect(await installation.db.userTag.count({ where: { accountId } })).toBe(40)
    expect((await account.trail()).map(({ result }) => result)).toEqual(callers.map(() => 'SUCCESS'))
    await beside.stop()
  })
})
