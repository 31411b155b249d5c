import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SERVICES } from '../support/aws-services.ts'
import { type Account, type Installation, openInstallation, type TestCaller } from '../support/installation.ts'
import { IAM, type Send, sender, STS } from './clients.ts'

const AS_JSON = { accept: 'application/json' }

let installation: Installation
let account: Account
let alice: TestCaller
let root: Send
let asAlice: Send
beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
  alice = await account.user({ name: 'alice', tags: { team: 'red & blue' } })
  root = sender(installation, account.rootKey)
  asAlice = sender(installation, alice.accessKeys[0]!)
})
afterAll(() => installation.stop())

async function json(send: Send, body: string, service: 'iam' | 'sts' = 'iam') {
  const { xml, ...wire } = await send(body, { headers: AS_JSON, service })
  expect(wire.headers.get('content-type')).toBe('application/json')
  return { ...wire, told: JSON.parse(xml) }
}

describe('an answer to who asks for JSON', () => {
  test('is what verifiers of presigned identity parse', async () => {
    const { told, headers } = await json(asAlice, `Action=GetCallerIdentity&${STS}`, 'sts')
    expect(told).toEqual({
      GetCallerIdentityResponse: {
        GetCallerIdentityResult: { UserId: alice.id, Account: account.accountId, Arn: alice.arn },
        ResponseMetadata: { RequestId: headers.get('x-amzn-requestid') },
      },
    })
  })

  test('has lists as arrays, times as seconds, truth values and numbers as themselves', async () => {
    const user = (await json(root, `Action=GetUser&${IAM}&UserName=alice`)).told.GetUserResponse.GetUserResult.User
    expect(user).toMatchObject({
      UserName: 'alice',
      CreateDate: Date.parse('2026-01-15T12:00:00Z') / 1000,
      Tags: [{ Key: 'team', Value: 'red & blue' }],
    })
    const groups = await json(root, `Action=ListGroupsForUser&${IAM}&UserName=alice`)
    expect(groups.told.ListGroupsForUserResponse.ListGroupsForUserResult).toEqual({ Groups: [], IsTruncated: false })
    const { told } = await json(root, `Action=GetAccountSummary&${IAM}`)
    expect(told.GetAccountSummaryResponse.GetAccountSummaryResult.SummaryMap).toMatchObject({ Users: 1, Groups: 0 })
  })

  test('has no result where the action has none', async () => {
    const { told } = await json(root, `Action=UntagUser&${IAM}&UserName=alice&TagKeys.member.1=none`)
    expect(told).toEqual({ UntagUserResponse: { ResponseMetadata: { RequestId: expect.any(String) } } })
  })
})

describe('an error to who asks for JSON', () => {
  test.each([
    [404, 'NoSuchEntity', `Action=GetUser&${IAM}&UserName=nobody`, 'The user with name nobody cannot be found.'],
    [400, 'InvalidAction', `Action=Nothing&${IAM}`, 'Could not find operation Nothing for version 2010-05-08'],
  ])('is %i %s in the same shape', async (status, code, body, message) => {
    const { told, headers, ...wire } = await json(root, body)
    expect(wire.status).toBe(status)
    expect(told).toEqual({
      Error: { Type: 'Sender', Code: code, Message: message },
      RequestId: headers.get('x-amzn-requestid'),
    })
  })

  test('without a signature is in JSON, too', async () => {
    const query = `${installation.url}/?Action=GetCallerIdentity&${STS}`
    const answer = await fetch(query, { headers: AS_JSON })
    expect([answer.status, await answer.json()]).toMatchObject([403, { Error: { Code: 'MissingAuthenticationToken' } }])
  })
})

test.each([
  [undefined, 'text/xml'],
  ['*/*', 'text/xml'],
  ['text/html, */*', 'text/xml'],
  ['application/json', 'application/json'],
  ['Application/JSON; charset=utf-8', 'application/json'],
  ['text/xml;q=0.5, application/json', 'application/json'],
  ['application/json;q=0.1, text/xml', 'text/xml'],
  ['application/json;q=0', 'text/xml'],
  ['application/jsonp', 'text/xml'],
])('Accept: %s is answered with %s', async (accept, type) => {
  const { headers } = await root(
    `Action=GetUser&${IAM}&UserName=nobody`,
    accept === undefined ? {} : { headers: { accept } },
  )
  expect(headers.get('content-type')).toBe(type)
})

const actions = SERVICES.flatMap(({ name, version, operations }) =>
  operations.map((operation) => ({ name, version, operation })),
)

const ANOTHER_ANSWER =
  /^(?:CreateAccessKey|GetSessionToken|DeleteAccountPasswordPolicy|(?:En|Dis)ableOutboundWebIdentityFederation)$/

test('every action answers in JSON what it answers in XML: the same members, or the same refusal', async () => {
  for (const { name: service, version, operation } of actions) {
    // What answers something else when it is asked again.
    if (ANOTHER_ANSWER.test(operation.name)) continue
    const body = `Action=${operation.name}&Version=${version}`
    const { xml, text } = await root(body, { service })
    // A report that is still being made for the one request may be there for the next.
    await installation.application.credentialReports.settled()
    const { told } = await json(root, body, service)
    const code = text('Code')
    if (code === undefined) expect(Object.keys(told)).toEqual([`${operation.name}Response`])
    else expect(told.Error).toMatchObject({ Code: code, Type: text('Type') })
    const names = new Set([...xml.matchAll(/<([A-Z]\w*)/g)].map((match) => match[1]))
    expect([operation.name, [...namesIn(told)].filter((member) => !names.has(member))]).toEqual([operation.name, []])
  }
})

/** Names of all structures' members; keys of maps are among them where they look the same. */
function* namesIn(value: unknown): Iterable<string> {
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    if (!Array.isArray(value) && name !== 'SummaryMap') yield name
    if (name !== 'SummaryMap') yield* namesIn(member)
  }
}
