import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createSigningFetch } from '../../src/client/index.ts'
import { openStream, type Stream, SUBSCRIBE } from './event-stream.ts'
import {
  type Account,
  type Installation,
  keyOf,
  openInstallation,
  policyOf,
  type TestCaller,
} from '../support/installation.ts'

let installation: Installation
let account: Account
let watcher: TestCaller

const LOOK = [{ action: 'cloudtrail:LookupEvents' }, { action: 'iam:GetUser' }]

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
  watcher = await account.user({ name: 'watcher', allow: LOOK })
})

afterAll(() => installation.stop())

/** What happened before is of an earlier moment. */
async function open(caller: TestCaller, filter: object | null = null, accept?: string): Promise<Stream> {
  installation.clock.advance(1)
  return await openStream(installation, keyOf(caller.accessKeys[0]!), filter, accept)
}

/** Somebody does something; it is written, and looked for. */
async function happen(who: TestCaller, query = '{ user { name } }'): Promise<void> {
  await who.ask(query)
  await installation.application.readQueue.flush()
  await installation.application.eventFeed.poll()
}

const added = (action: string, result: string) => ({
  event: 'next',
  data: { data: { auditEventAdded: { action, result } } },
})

test('events come as they happen, changes, reads and denials alike, to those who may see them', async () => {
  const stream = await open(watcher, { action: 'iam:GetUser' })
  expect([stream.status, stream.type]).toEqual([200, 'text/event-stream'])
  await happen(watcher)
  expect(await stream.next()).toEqual(added('iam:GetUser', 'SUCCESS'))
  const nobody = await account.user({ name: 'nobody' })
  await happen(nobody)
  expect(await stream.next()).toEqual(added('iam:GetUser', 'DENIED'))
})

test('opening a stream is an event itself, and so is every change', async () => {
  const stream = await open(watcher)
  await installation.application.readQueue.flush()
  await installation.application.eventFeed.poll()
  expect(await stream.next()).toEqual(added('cloudtrail:LookupEvents', 'SUCCESS'))
  await account.root('mutation { createUser(input: { userName: "newcomer" }) { user { name } } }')
  await installation.application.eventFeed.poll()
  expect(await stream.next()).toEqual(added('iam:CreateUser', 'SUCCESS'))
})

test('each listener gets what its filter lets through, nobody anything twice, and nobody another account', async () => {
  const stranger = await (await installation.openAccount()).user({ name: 'stranger', allow: LOOK })
  const [mine, denials, theirs] = await Promise.all([
    open(watcher, { principalArn: watcher.arn, action: 'iam:GetUser' }),
    open(watcher, { result: 'DENIED', action: 'iam:ListUsers' }),
    open(stranger, { action: 'iam:ListUsers' }),
  ])
  await happen(watcher)
  await happen(watcher, '{ users { edges { cursor } } }')
  await happen(stranger, '{ users { edges { cursor } } }')
  await installation.application.eventFeed.poll()
  await happen(watcher)
  expect([await mine.next(), await mine.next()]).toEqual([
    added('iam:GetUser', 'SUCCESS'),
    added('iam:GetUser', 'SUCCESS'),
  ])
  expect(await denials.next()).toEqual(added('iam:ListUsers', 'DENIED'))
  expect(await theirs.next()).toEqual(added('iam:ListUsers', 'DENIED'))
  installation.application.endStreams()
  expect(await Promise.all([mine.rest(), denials.rest(), theirs.rest()])).toEqual(
    Array.from({ length: 3 }, () => [{ event: 'complete', data: null }]),
  )
})

test('events of another gateway come as well, also late ones with earlier ids', async () => {
  const beside = await openInstallation({ beside: { database: installation.database, clock: installation.clock } })
  onTestFinished(() => beside.stop())
  const stream = await open(watcher, { action: 'iam:GetUser' })
  const there = beside.signs(keyOf(watcher.accessKeys[0]!))
  await there('{ user { name } }')
  installation.clock.advance(2_000)
  await happen(watcher)
  expect(await stream.next()).toEqual(added('iam:GetUser', 'SUCCESS'))
  await beside.application.readQueue.flush()
  await installation.application.eventFeed.poll()
  expect(await stream.next()).toEqual(added('iam:GetUser', 'SUCCESS'))
})

test('who may not look gets the denial instead of a stream, and it is recorded', async () => {
  const blind = await account.user({ name: 'blind', allow: [{ action: 'iam:*' }] })
  const stream = await open(blind)
  const [message] = await stream.rest()
  expect(message).toMatchObject({
    data: { errors: [{ extensions: { code: 'AccessDenied', authz: { action: 'cloudtrail:LookupEvents' } } }] },
  })
  expect((await account.trail()).filter(({ principalArn }) => principalArn === blind.arn)).toMatchObject([
    { result: 'DENIED', action: 'cloudtrail:LookupEvents' },
  ])
})

test('nobody who has not said who it is gets a stream', async () => {
  const response = await fetch(`${installation.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: SUBSCRIBE }),
  })
  expect(await response.text()).toContain('"code":"MissingAuthenticationToken"')
})

test.each(['application/json', '*/*', 'multipart/mixed, application/json'])(
  'a stream is for those who accept one by name: %s does not',
  async (accept) => {
    const send = createSigningFetch({ ...keyOf(watcher.accessKeys[0]!), now: installation.clock })
    const response = await send(`${installation.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query: SUBSCRIBE }),
    })
    expect(await response.text()).toContain('"code":"NotAcceptable"')
  },
)

test('a stream ends with the reason when its key is switched off, before another event is shown', async () => {
  const leaver = await account.user({ name: 'leaver', allow: LOOK })
  const stream = await open(leaver)
  await installation.db.accessKey.update({ where: { id: leaver.accessKeys[0]!.id }, data: { status: 'INACTIVE' } })
  installation.clock.advance(1_000)
  await happen(watcher)
  expect(await stream.rest()).toMatchObject([
    {
      event: 'next',
      data: { data: { auditEventAdded: null }, errors: [{ extensions: { code: 'InvalidClientTokenId' } }] },
    },
    { event: 'complete' },
  ])
})

test('an idle stream is looked at as well: it ends within half a minute after its permission', async () => {
  const demoted = await account.user({ name: 'demoted', allow: LOOK })
  const stream = await open(demoted, { action: 'iam:NeverHappens' })
  const document = JSON.stringify(policyOf([{ action: 'iam:GetUser' }]))
  await account.root(
    `mutation ($policyDocument: PolicyDocument!) {
      putUserPolicy(input: { userName: "demoted", policyName: "allowed", policyDocument: $policyDocument }) { __typename }
    }`,
    { policyDocument: document },
  )
  installation.clock.advance(30_000)
  await installation.application.eventFeed.poll()
  expect(await stream.rest()).toMatchObject([
    { event: 'next', data: { errors: [{ extensions: { code: 'AccessDenied', requestId: expect.any(String) } }] } },
    { event: 'complete' },
  ])
  expect((await account.trail()).filter(({ principalArn }) => principalArn === demoted.arn)).toMatchObject([
    { action: 'cloudtrail:LookupEvents', result: 'SUCCESS' },
    { action: 'cloudtrail:LookupEvents', result: 'DENIED' },
  ])
})

test('a bad filter is refused', async () => {
  const stream = await open(watcher, { action: '' })
  expect((await stream.rest())[0]).toMatchObject({ data: { errors: [{ extensions: { code: 'ValidationError' } }] } })
})
