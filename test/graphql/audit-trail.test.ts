import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Account, at, type Installation, openInstallation } from '../support/installation.ts'
import { statementsOf } from './statements.ts'

let installation: Installation
let account: Account

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
})

afterAll(() => installation.stop())

/** The events of one answer, as far as they tell one call from another. */
async function eventsOf(requestId: string) {
  const events = (await account.trail()).filter((event) => event.requestId === requestId)
  return events.map(({ action, resource, result, errorCode }) => [action, resource, result, errorCode])
}

test('every field of Query that policies decide is a call of its own, and nothing nested in its answer is', async () => {
  const reader = await account.user({
    name: 'reader',
    allow: [{ action: ['iam:GetUser', 'iam:ListUsers', 'iam:ListAccessKeys'] }],
  })
  const { requestId } = await reader.ask(`{
    viewer { arn can(checks: [{ action: "iam:DeleteUser" }]) { allowed } }
    me: user { name tags { key } accessKeys { id } }
    again: user { name }
    users(first: 2) { edges { node { name accessKeys { id } } } }
  }`)
  expect(await eventsOf(requestId)).toHaveLength(3)
  expect(await eventsOf(requestId)).toEqual(
    expect.arrayContaining([
      ['iam:GetUser', reader.arn, 'SUCCESS', null],
      ['iam:GetUser', reader.arn, 'SUCCESS', null],
      ['iam:ListUsers', account.arn('user/'), 'SUCCESS', null],
    ]),
  )
})

test('a read that is allowed and fails says with which code', async () => {
  const { requestId } = await account.root('{ user(name: "missing") { name } users(first: 0) { edges { cursor } } }')
  const events = await eventsOf(requestId)
  expect(events.toSorted(([a], [b]) => String(a).localeCompare(String(b)))).toEqual([
    ['iam:GetUser', account.arn('user/missing'), 'FAILURE', 'NoSuchEntity'],
    ['iam:ListUsers', account.arn('user/'), 'FAILURE', 'ValidationError'],
  ])
})

test('a read writes nothing before its caller has the answer', async () => {
  const statements = await statementsOf(installation.pool, async () => {
    const { errors } = await account.root('{ account { id } }')
    expect(errors).toEqual([])
  })
  expect(statements.filter((text) => text.includes('audit_event'))).toEqual([])
})

test('names that nobody could have are recorded, too', async () => {
  const long = Array.from(installation.services.random(9_000), (byte) => String.fromCodePoint(0x4e00 + byte)).join('')
  const denied = await account.user({ name: 'denied' })
  for (const who of [account.root, denied.ask]) {
    const { codes, requestId } = await who('query ($name: String!) { user(name: $name) { name } }', { name: long })
    expect(codes).toEqual([who === denied.ask ? 'AccessDenied' : 'ValidationError'])
    expect(await eventsOf(requestId)).toHaveLength(1)
  }
})

test('the trail tells who did what by which key, from where, and how it ended', async () => {
  const auditor = await account.user({ name: 'auditor', allow: [{ action: 'cloudtrail:LookupEvents' }] })
  const refused = await auditor.ask('mutation { deleteUser(input: { userName: "auditor" }) { __typename } }')
  const answer = await auditor.ask(
    `query ($filter: AuditEventFilter) {
      auditEvents(first: 5, filter: $filter) {
        edges { node {
          __typename id eventId at requestId decisionId principalArn principalId accessKeyId sourceIdentity mfa sourceIp
          userAgent action resource result errorCode detail
        } }
        pageInfo { hasNextPage }
      }
    }`,
    { filter: { accessKeyId: auditor.accessKeys[0]!.id, result: 'DENIED' } },
  )
  expect(answer.errors).toEqual([])
  const eventId = at(answer, 'auditEvents.edges.0.node.eventId')
  expect(answer.data).toEqual({
    auditEvents: {
      edges: [
        {
          node: {
            __typename: 'AuditEvent',
            id: Buffer.from(`AuditEvent:${String(eventId)}`).toString('base64'),
            eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
            at: installation.clock().toISOString(),
            requestId: refused.requestId,
            decisionId: refused.errors[0]?.extensions.authz?.decisionId,
            principalArn: auditor.arn,
            principalId: auditor.id,
            accessKeyId: auditor.accessKeys[0]!.id,
            sourceIdentity: null,
            mfa: false,
            sourceIp: '127.0.0.1',
            userAgent: 'tests',
            action: 'iam:DeleteUser',
            resource: auditor.arn,
            result: 'DENIED',
            errorCode: 'AccessDenied',
            detail: { effect: 'IMPLICIT_DENY', reason: 'NO_IDENTITY_POLICY', mfaRequired: false },
          },
        },
      ],
      pageInfo: { hasNextPage: false },
    },
  })
})

test('another account sees nothing of it, neither in the list nor by id', async () => {
  const [event] = await account.trail()
  const other = await installation.openAccount()
  const stranger = await other.user({ name: 'stranger', allow: [{ action: 'cloudtrail:LookupEvents' }] })
  const { data, errors } = await stranger.ask(
    `query ($id: ID!, $filter: AuditEventFilter) {
      node(id: $id) { id }
      auditEvents(filter: $filter) { edges { cursor } }
    }`,
    { id: Buffer.from(`AuditEvent:${event!.id}`).toString('base64'), filter: { requestId: event!.requestId } },
  )
  expect(errors).toEqual([])
  expect(data).toEqual({ node: null, auditEvents: { edges: [] } })
})

test('an id that is none finds nothing', async () => {
  const id = Buffer.from('AuditEvent:nonsense').toString('base64')
  const { data, errors } = await account.root('query ($id: ID!) { node(id: $id) { id } }', { id })
  expect([data, errors]).toEqual([{ node: null }, []])
})
